// SPDX-License-Identifier: MIT
#include "core/probe/desktop_notice.h"

#include <cstdlib>

#include "core/base/codec.h"
#include "core/base/text.h"
#include "core/probe/run_command.h"

namespace mainstay {
namespace {

constexpr std::chrono::seconds patience{5};
constexpr std::size_t longest_title = 200, longest_text = 1500;
constexpr const char* icon = "mainstay";

/// A text for gdbus, as GVariant writes one: nothing in it can end it early.
std::string variant_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    if (c == '\n') out += "\\n";
    else if (c == '\t') out += "\\t";
    else out += c;
  }
  return out + "'";
}

bool runs(const std::string& program, std::vector<std::string> arguments) {
  if (!find_program(program)) return false;
  CommandRequest request;
  request.program = program;
  request.arguments = std::move(arguments);
  request.timeout = patience;
  const auto result = run_command(request);
  return result.problem.empty() && result.exit_code == 0;
}

}  // namespace

bool show_desktop_notice(const std::string& title, const std::string& text, bool urgent) {
  const auto head = shortened(clean_utf8(title), longest_title);
  const auto body = xml_escaped(shortened(clean_utf8(text), longest_text));  // desktops read markup in it
  if (runs("notify-send", {"--app-name=Mainstay", std::string("--icon=") + icon, urgent ? "--urgency=critical" : "--urgency=normal", "--", head, body})) return true;
  return runs("gdbus", {"call", "--session", "--timeout", "4", "--dest", "org.freedesktop.Notifications", "--object-path", "/org/freedesktop/Notifications", "--method",
                        "org.freedesktop.Notifications.Notify", "--", variant_text("Mainstay"), "uint32 0", variant_text(icon), variant_text(head), variant_text(body), "@as []",
                        urgent ? "{'urgency': <byte 2>}" : "{'urgency': <byte 1>}", "int32 -1"});
}

}  // namespace mainstay
