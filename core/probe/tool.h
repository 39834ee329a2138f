// SPDX-License-Identifier: MIT
// Internal to probe: what probes that run a program share.
#pragma once
#include <string>
#include <vector>

#include "core/probe/probe_types.h"
#include "core/probe/run_command.h"

namespace mainstay {

/// A repository's address that is safe to hand to a backup program. Throws Error where it is empty or could be taken for an option.
std::string repository_of(const Probe& probe);
/// Runs a backup program within the probe's time; its output is kept for support. Throws Error where it is not installed, did not
/// end, or was ended.
CommandResult run_tool(CommandRequest request, ProbeContext& context);
/// The last line of a program's complaint, fit for a sentence.
std::string complaint_of(const CommandResult& result);

}  // namespace mainstay
