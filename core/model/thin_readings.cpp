// SPDX-License-Identifier: MIT
#include "core/model/thin_readings.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace mainstay {
namespace {

bool says_the_same(const Observation& a, const Observation& b) {
  return std::tie(a.item, a.outcome, a.alarm, a.warned, a.last_point, a.history_count, a.oldest_point, a.presented_pin, a.settings) ==
         std::tie(b.item, b.outcome, b.alarm, b.warned, b.last_point, b.history_count, b.oldest_point, b.presented_pin, b.settings);
}

}  // namespace

std::vector<std::string> superfluous_readings(const std::vector<Observation>& readings, Instant before) {
  std::map<std::pair<std::string, std::string>, ReadingList> series;
  for (const auto& o : readings) series[{o.backup_id.text, o.probe_id.text}].push_back(&o);
  std::vector<std::string> superfluous;
  for (auto& [key, list] : series) {
    std::stable_sort(list.begin(), list.end(), [](const Observation* a, const Observation* b) { return a->read_at < b->read_at; });
    for (std::size_t i = 1; i + 1 < list.size(); ++i) {
      const auto& one = *list[i];
      if (one.read_at >= before) break;
      const bool between_equals = says_the_same(*list[i - 1], one) && says_the_same(one, *list[i + 1]);
      const bool first_of_day = list[i - 1]->read_at.date() != one.read_at.date();
      if (between_equals && !first_of_day) superfluous.push_back(one.uuid);
    }
  }
  return superfluous;
}

}  // namespace mainstay
