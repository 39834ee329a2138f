// SPDX-License-Identifier: MIT
#pragma once
#include <string>

namespace mainstay {

/// The file of the user's settings that lists the command lines that probes may run, one a line.
std::string allowed_commands_file();
/// True where this user has listed the command line in that file, and nobody else can write to it.
bool is_allowed_command(const std::string& line);
/// Lists a command line there.
void allow_command(const std::string& line);

}  // namespace mainstay
