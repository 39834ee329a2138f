// SPDX-License-Identifier: MIT
// Internal to the importers: CSV whose columns are the fields of one kind of record.
#pragma once
#include "core/exchange/importer.h"

namespace mainstay {

bool looks_like_csv(std::string_view bytes, std::string_view name);
/// A list of the kind that its name or its columns tell. Throws Error{usage} where neither does.
ImportPreview read_csv(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options);
ImportPreview read_csv_as(const Plan& plan, const Table& table, std::string_view bytes, std::string_view name, const ImportOptions& options);
/// A folder with a file for each kind, person.csv and so on. Throws Error{missing_file} where there is none.
ImportPreview read_csv_folder(const Plan& plan, const std::string& path, const ImportOptions& options);

}  // namespace mainstay
