// SPDX-License-Identifier: MIT
#include "app/cli/trust_keys.h"

#include <unistd.h>

#include <cstdio>

#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/base/one_line.h"
#include "core/probe/shown_key.h"

namespace mainstay::cli {
namespace {

/// What a person types at a question; never waits where nobody sits.
std::string answer_to(const std::string& question) {
  if (!isatty(STDIN_FILENO)) throw Error(ErrorCode::usage, tr("Compare it with what the device itself shows, then say --trust --yes."));
  std::fputs(question.c_str(), stdout);
  std::fflush(stdout);
  std::string answer;
  for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) answer += static_cast<char>(c);
  return answer;
}

bool trusts_new(const Invocation& in) {
  if (in.has("--yes")) return true;
  const auto answer = answer_to(tr("Is it the same as the device itself shows? [y/N] "));
  return answer == "y" || answer == "Y";
}

bool trusts_changed(const Invocation& in) {
  if (in.has("--yes") && in.has("--changed-too")) return true;
  if (in.has("--yes") || !isatty(STDIN_FILENO)) {
    print(tr("    It was not trusted. If you know why the key changed and have compared it with what the device itself shows, say --trust --yes --changed-too."));
    return false;
  }
  const auto word = tr("changed");
  return answer_to(tr("If you know why it changed and the device itself shows the new one, type “{word}”: ", {{"word", word}})) == word;
}

}  // namespace

std::vector<Probe> trust_keys(Document& document, const Invocation& in, const std::vector<Observation>& readings) {
  bool any = false;
  std::vector<Probe> trusted;
  for (const auto& reading : readings) {
    const auto ref = reading.presented_pin.empty() ? RecordRef() : find_record(document.plan(), reading.probe_id);
    if (!ref) continue;
    any = true;
    const auto before = replaced_in(reading.presented_pin);
    const Args args{{"probe", one_line(title_of(document.plan(), ref))}, {"fingerprint", fingerprint_in(reading.presented_pin)}, {"key", pin_in(reading.presented_pin)}, {"before", before}};
    if (before == revoked_key) {
      print(tr("{probe}: the device shows the key {key}, which known_hosts calls revoked; it is not trusted.", args));
      continue;
    }
    if (before.empty()) print(tr("{probe}: the device shows the fingerprint {fingerprint}", args));
    else {
      print(tr("{probe}: the device shows ANOTHER key than the one that was trusted before. It was set up anew or its certificate renewed, or something else answers in its place.", args));
      print(tr("    trusted before: {before}", args));
      print(pin_in(reading.presented_pin) == fingerprint_in(reading.presented_pin) ? tr("    shown now:      {key}", args) : tr("    shown now:      {key}, fingerprint {fingerprint}", args));
    }
    if (before.empty() ? !trusts_new(in) : !trusts_changed(in)) continue;
    document.apply(set_fields(document.plan(), ref, {{"pin", pin_in(reading.presented_pin)}}));
    print(before.empty() ? tr("Trusted from now on; a change will be told.") : tr("The new key is trusted from now on, and the one before no more; a change will be told."));
    trusted.push_back(*find_in(document.plan().probes, reading.probe_id));
  }
  if (!any) print(tr("No device asked to be trusted."));
  return trusted;
}

}  // namespace mainstay::cli
