// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/model/finding.h"
#include "core/model/plan.h"
#include "core/model/timeline.h"

namespace mainstay::cli {

using Json = nlohmann::ordered_json;

/// Prints a line of text, or a JSON value, and notices a broken output.
void print(const std::string& line);
void print(const Json& value);
/// Prints rows in aligned columns; widths count characters, not bytes.
void print_table(const std::vector<std::vector<std::string>>& rows);

/// The JSON forms that scripts rely on.
Json json_of(const Plan& plan, const RecordRef& ref);
Json json_of(const Finding& finding);
Json json_of(const Plan& plan, const BackupStatus& status, const std::string& name);  ///< `name`: what the backup is called
/// An instant or date as ISO 8601, null where not known.
Json json_of(Instant instant);
Json json_of(Date date);

}  // namespace mainstay::cli
