// SPDX-License-Identifier: MIT
// Internal to probe: what probes that run a program share.
#pragma once
#include <string>
#include <vector>

#include "core/probe/probe_types.h"
#include "core/probe/run_command.h"

namespace mainstay {

/// The file of the user's settings that lists the command lines that probes may run, one a line.
std::string allowed_commands_file();
/// True where this user has listed the command line in that file, and nobody else can write to it.
bool is_allowed_command(const std::string& line);
/// Lists a command line there.
void allow_command(const std::string& line);

/// A repository's address that is safe to hand to a backup program. Throws Error where it is empty or could be taken for an option.
std::string repository_of(const Probe& probe);
/// Runs a backup program within the probe's time; its output is kept for support. Throws Error where it is not installed, did not
/// end, or was ended.
CommandResult run_tool(CommandRequest request, ProbeContext& context);
/// The last line of a program's complaint, fit for a sentence.
std::string complaint_of(const CommandResult& result);

}  // namespace mainstay
