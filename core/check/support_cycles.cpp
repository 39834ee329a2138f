// SPDX-License-Identifier: MIT
#include "core/check/support_cycles.h"

#include <algorithm>

#include "core/base/apple_models.h"
#include "core/base/text.h"
#include "core/check/match_recalls.h"

namespace mainstay {
namespace {

constexpr int by_identifier = 95, by_build = 90, by_build_of_some_edition = 70;
constexpr std::size_t most_named = 5;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The first `count` dotted parts: "10.0.19045.5131" -> "10.0.19045".
std::string first_parts(std::string_view version, int count) {
  for (std::size_t i = 0; i < version.size(); ++i)
    if (version[i] == '.' && --count == 0) return std::string(version.substr(0, i));
  return std::string(version);
}

/// macOS counts by its first number since 11, and by two before.
std::string macos_cycle(const std::string& version) { return version.starts_with("10.") ? first_parts(version, 2) : first_parts(version, 1); }

/// "10.0.22631" of what people and tools write: "22631.4602", "10.0 (22631)", "10.0.22631 Build 22631"; "" where no build of Windows 10 or later stands in it.
std::string windows_build(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    const auto begin = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    const auto number = text.substr(begin, i - begin);
    const bool is_patch = begin > 0 && text[begin - 1] == '.' && !text.substr(0, begin).ends_with("10.0.");  // the last of 10.0.19045.12345
    if (number.size() == 5 && number >= "10240" && !is_patch) return "10.0." + std::string(number);
  }
  return {};
}

/// "11-23h2" of "Windows 11 Pro" and "23H2", as the feed names its cycle; "" where no feature release is named.
std::string windows_release(std::string_view system, std::string_view version) {
  const auto folded = lower_case(std::string(system) + " " + std::string(version));
  const std::string_view product = folded.find("windows 11") != std::string::npos ? "11-" : folded.find("windows 10") != std::string::npos ? "10-" : "";
  if (product.empty()) return {};
  for (std::size_t i = 1; i + 4 <= folded.size(); ++i)
    if (folded[i - 1] == ' ' && is_digit(folded[i]) && is_digit(folded[i + 1]) && folded[i + 2] == 'h' && (folded[i + 3] == '1' || folded[i + 3] == '2') && (i + 4 == folded.size() || folded[i + 4] == ' '))
      return std::string(product) + folded.substr(i, 4);
  return {};
}

std::string edition_of(const std::string& system) {
  if (contains_folded(system, "enterprise") || contains_folded(system, "education")) return "e";
  if (contains_folded(system, " pro") || contains_folded(system, "home")) return "w";
  return {};
}

}  // namespace

std::string cycle_key(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto end = [&] {
    while (!word.empty() && word.back() == '.') word.pop_back();
    for (const std::string_view ordinal : {"st", "nd", "rd", "th"})
      if (word.size() > 2 && word.ends_with(ordinal) && is_digit(word[word.size() - 3])) word.resize(word.size() - 2);
    static constexpr std::string_view silent[] = {"", "iphone", "ipad", "apple", "generation", "gen", "inch", "the", "wi", "fi"};
    if (std::find(std::begin(silent), std::end(silent), word) == std::end(silent)) words.push_back(word);
    word.clear();
  };
  for (const char c : lower_case(name)) {
    if ((c >= 'a' && c <= 'z') || is_digit(c) || (c == '.' && !word.empty())) word += c;
    else end();
  }
  end();
  if (words.empty()) return "1";  // the first of its line has no number: "iPhone"
  std::sort(words.begin(), words.end());
  return join(words, " ");
}

void SupportCycles::add(const std::string& family, const std::string& cycle, const Device& device, const std::string& by, const std::string& edition, bool long_term) {
  if (cycle.empty()) return;
  members_[family + "/" + cycle].push_back({device.id, device.name, by, edition, long_term});
}

SupportCycles::SupportCycles(const Plan& plan) {
  for (const auto& device : plan.devices) {
    for (const auto& [family, start] : {std::pair<std::string, std::string>{"iphone", "iPhone"}, {"ipad", "iPad"}}) {
      const auto& names = apple_model_names(device.model_identifier);
      const auto& name = names.empty() ? device.model : names.front();
      if (name.starts_with(start)) add(family, cycle_key(name), device, device.model_identifier.empty() ? device.model : device.model_identifier);
    }
    const auto& system = device.os_name;
    if (device.os_version.empty() && device.os_build.empty() && !contains_folded(system, "windows")) continue;
    if (contains_folded(system, "windows")) {
      const bool long_term = contains_folded(system, "ltsc") || contains_folded(system, "ltsb") || contains_folded(system, "iot");
      const std::string family = contains_folded(system, "server") ? "windows-server" : "windows";
      auto build = windows_build(device.os_version);
      if (build.empty()) build = windows_build(device.os_build);
      if (build.empty()) build = first_parts(device.os_version, 3);
      if (const auto release = windows_release(system, device.os_version); !build.starts_with("10.0.") && !release.empty()) add(family, release, device, device.os_version.empty() ? system : system + " " + device.os_version, edition_of(system), long_term);
      else add(family, build, device, build, edition_of(system), long_term);
    } else if (contains_folded(system, "macos") || contains_folded(system, "os x")) add("macos", macos_cycle(device.os_version), device, system + " " + device.os_version);
    else if (lower_case(system) == "ios") add("ios", first_parts(device.os_version, 1), device, system + " " + device.os_version);
    else if (lower_case(system) == "ipados") add("ipados", first_parts(device.os_version, 1), device, system + " " + device.os_version);
  }
}

std::optional<RecallCandidate> SupportCycles::match(const RecallNotice& notice, const std::function<bool(const Id&, int)>& wanted) const {
  const bool windows = notice.family.starts_with("windows"), model = notice.family == "iphone" || notice.family == "ipad";
  const auto cycle = windows ? first_parts(notice.models, 3) : model ? cycle_key(notice.cycle) : notice.cycle_name;
  // "11-23h2-w": a device may tell its build or the name of its release.
  const std::string keys[] = {cycle, windows ? notice.cycle_name.substr(0, notice.cycle_name.find('-', std::min(notice.cycle_name.size(), notice.cycle_name.find('-') + 1))) : std::string()};
  std::vector<const Member*> members;
  for (const auto& key : keys)
    if (const auto found = key.empty() ? members_.end() : members_.find(notice.family + "/" + key); found != members_.end())
      for (const auto& member : found->second) members.push_back(&member);
  const auto ends = [&](std::string_view tail) { return notice.cycle_name.ends_with(tail); };
  const bool of_long_term = ends("-lts") || ends("-iot") || notice.cycle_name.find("-iot") != std::string::npos;
  const std::string edition = windows && !of_long_term ? (ends("-w") ? "w" : ends("-e") ? "e" : "") : "";
  RecallCandidate candidate;
  std::size_t named = 0;
  for (const auto* one : members) {
    const auto& member = *one;
    if (windows && member.long_term != of_long_term) continue;
    if (!edition.empty() && !member.edition.empty() && edition != member.edition) continue;
    const bool guess = !edition.empty() && member.edition.empty();
    const int score = !windows && model ? by_identifier : guess ? by_build_of_some_edition : by_build;
    if (wanted && !wanted(member.id, score)) continue;
    candidate.score = std::max(candidate.score, score);
    candidate.devices.push_back(member.id);
    candidate.scores.push_back(score);
    if (++named > most_named) continue;
    const Args args{{"device", member.name}, {"by", member.by}, {"cycle", notice.product}, {"score", score}};
    candidate.why += (named > 1 ? "\n" : "") + (guess ? tr("“{device}”: {by} belongs to {cycle}, if that is its edition, which the inventory does not say ({score}).", args)
                                                      : tr("“{device}”: {by} belongs to {cycle} ({score}).", args));
  }
  if (candidate.devices.empty()) return {};
  if (named > most_named) candidate.why += "\n" + tr("And {count} more devices.", {{"count", named - most_named}});
  candidate.models = notice.models;
  return candidate;
}

}  // namespace mainstay
