// SPDX-License-Identifier: MIT
#include "core/report/told_together.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/base/text.h"

namespace mainstay {

std::vector<Alike> told_together(const std::vector<const Finding*>& findings) {
  using Said = std::tuple<std::string_view, Verdict, Severity, std::string_view>;
  const auto said = [](const Finding& f) { return Said(f.rule_id, f.verdict, f.severity, f.question); };
  std::map<Said, std::size_t> counts, places;
  for (const auto* finding : findings) ++counts[said(*finding)];
  std::vector<Alike> all;
  for (const auto* finding : findings) {
    const auto key = said(*finding);
    const auto place = counts[key] > most_told_apart ? places.emplace(key, all.size()).first->second : all.size();
    if (place == all.size()) all.emplace_back();
    all[place].findings.push_back(finding);
  }
  return all;
}

std::string names_of(const Alike& alike, const RecordIndex& records) {
  constexpr std::size_t most = 5;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < alike.findings.size() && (i < most || !alike.is_many()); ++i) names.push_back(records.title(alike.findings[i]->subject_id));
  if (names.size() < alike.findings.size()) names.push_back(tr("and {count} more", {{"count", alike.findings.size() - names.size()}}));
  return join(names, "\n");
}

bool is_summed_up(const std::vector<Alike>& all) {
  return std::any_of(all.begin(), all.end(), [](const Alike& alike) { return alike.is_many(); });
}

void Tally::add(const std::string& text, std::size_t count) {
  const auto [place, is_new] = places_.emplace(text, counts_.size());
  if (is_new) counts_.emplace_back(text, 0);
  counts_[place->second].second += count;
}

std::string Tally::spoken(std::size_t most) const {
  if (is_one()) return counts_.front().first;
  auto sorted = counts_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < sorted.size() && i < most; ++i) parts.push_back(tr("{what}: {count}", {{"what", sorted[i].first}, {"count", sorted[i].second}}));
  if (sorted.size() > most) parts.push_back(tr("and {count} more", {{"count", sorted.size() - most}}));
  return join(parts, "\n");
}

}  // namespace mainstay
