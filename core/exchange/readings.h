// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/exchange/importer.h"
#include "core/model/observation.h"

namespace mainstay {

/// Readings as a file that carries them out of a client's network: JSON, `{"format": "mainstay-readings", "version": 1, …}`,
/// times as ISO 8601 UTC. Holds no secret and no reply of a server.
std::string readings_to_json(const Plan& plan, const std::vector<Observation>& readings);

/// True for such a file, told by its start.
bool looks_like_readings(std::string_view bytes, std::string_view name);
/// The readings in such a file that belong to backups of this plan; each other one is a finding. They are united by UUID when
/// stored, so that a second import adds nothing. Throws Error{bad_value} for a file that is none, Error{refused} where no reading
/// belongs to this plan.
ImportPreview read_readings(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options = {});

}  // namespace mainstay
