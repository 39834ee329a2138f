// SPDX-License-Identifier: MIT
// Internal to the importers: what Mainstay's own files, plan XML and CSV, share.
#pragma once
#include "core/exchange/importer.h"

namespace mainstay {

constexpr std::size_t largest_import = std::size_t(256) << 20;

void copy_record(const Table& table, const void* from, void* to);
/// What a file of Mainstay's own would change: all that it says otherwise, but for what a person typed. `next` is the plan as the file has it, `seen` how many records it holds.
void preview_own(ImportPreview& preview, const Plan& plan, const Plan& next, std::size_t seen, std::string_view name, const ImportOptions& options);

bool looks_like_plan_xml(std::string_view bytes, std::string_view name);
ImportPreview read_plan_xml(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options);

}  // namespace mainstay
