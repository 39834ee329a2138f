// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace mainstay {

/// The whole file, up to `limit` bytes. Throws Error{missing_file, io, refused} with a sentence that names it.
std::string read_file(const std::string& path, std::size_t limit = std::size_t(256) << 20);
/// Writes beside the target, durably, and renames over it: the old file stays whole until the new one is. A link is followed, a device is written to, a database
/// (a plan) is never written over. Throws Error{io, refused}.
void write_file(const std::string& path, std::string_view bytes);
/// Whether a file is a database of SQLite, as every plan is; false where it cannot be read.
bool is_database(const std::string& path);
/// The last part of a path.
std::string file_name(const std::string& path);
/// The user's own directory for Mainstay's data or settings (created on demand by the caller).
std::string user_data_directory();
std::string user_config_directory();

}  // namespace mainstay
