// SPDX-License-Identifier: MIT
#include "core/probe/tool.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"

namespace mainstay {

std::string repository_of(const Probe& probe) {
  const std::string address(trimmed(probe.url));
  if (address.empty()) cannot_read(tr("This probe has no address: enter where the repository is."));
  // A plan may come from anybody, and programs such as ssh take a host that begins with a dash for an option.
  const bool control = std::any_of(address.begin(), address.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  bool dashed = address.front() == '-';
  for (std::size_t i = 1; i < address.size(); ++i) dashed = dashed || (address[i] == '-' && (address[i - 1] == ':' || address[i - 1] == '@' || address[i - 1] == '/' || address[i - 1] == ' ') && (i < 2 || address[i - 1] != '/' || address[i - 2] == '/'));
  if (control || dashed) cannot_read(tr("“{address}” is no address of a repository that can be used.", {{"address", shown(address)}}));
  return address;
}

CommandResult run_tool(CommandRequest request, ProbeContext& context) {
  request.timeout = context.fetch.time_left();
  request.allowed = context.fetch.time_allowed();
  request.stop = context.fetch.stop_token();
  const auto result = run_command(request);
  context.fetch.note_reply(result.out.empty() ? result.err : result.out);
  if (result.missing) cannot_read(tr("The program “{program}” is not installed on this computer.", {{"program", request.program}}));
  if (!result.problem.empty()) cannot_read(result.problem);
  return result;
}

std::string complaint_of(const CommandResult& result) {
  const auto lines = split(result.err, '\n');
  return lines.empty() ? std::string() : shown(lines.back());
}

}  // namespace mainstay
