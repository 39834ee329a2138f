// SPDX-License-Identifier: MIT
#include "core/report/evidence_table.h"

#include <algorithm>

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::string_view columns[] = {"record", "business", "backup_id", "backup", "method", "place", "from", "to", "limit_minutes", "limit_set_by", "inside_percent", "told_percent", "inside_minutes", "past_minutes",
                                        "not_known_minutes", "greatest_age_minutes", "greatest_age_with_closed_minutes", "greatest_age_at", "closed", "runs_planned", "runs_made", "runs_missed", "runs_not_known", "readings",
                                        "readings_without_answer", "readings_of_failed_runs", "alarms", "restore_tests_passed", "restore_tests_not_passed", "readings_of_runs_with_warnings"};

std::string number(std::int64_t value) { return value < 0 ? std::string() : std::to_string(value); }

std::string percent(int permille) { return permille < 0 ? std::string() : std::to_string(permille / 10) + "." + std::to_string(permille % 10); }

/// What every row of a backup begins with.
std::vector<std::string> beginning(const Section& s, const BackupHistory& h, const Backup& backup, std::string record, std::string from, std::string to) {
  return {std::move(record), s.plan.organisation().name, backup.id.text, backup.name, label_of(backup, "method"), label_of(backup, "place"), std::move(from), std::move(to),
          h.rpo.rpo_minutes ? std::to_string(h.rpo.rpo_minutes.count) : std::string(), h.rpo.rpo_minutes ? title_of(s.plan, h.rpo.activity_id) : std::string()};
}

void add(TableBlock& table, const std::vector<std::string>& cells) {
  std::vector<Text> row;
  for (auto cell : cells) {
    std::replace_if(cell.begin(), cell.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    row.push_back(plain(std::move(cell)));
  }
  table.rows.push_back(std::move(row));
}

}  // namespace

TableBlock evidence_table(const Section& s, const Period& period, const std::vector<BackupHistory>& histories) {
  TableBlock table;
  table.flat = true;
  for (const auto& title : columns) table.columns.push_back({std::string(title), 1});
  for (const auto& h : histories) {
    const auto* backup = find_in(s.plan.backups, h.backup_id);
    if (!backup) continue;
    std::int64_t passed = 0, others = 0;
    for (const auto& test : s.plan.restore_tests)
      if (test.backup_id == h.backup_id && test.on && test.on.days >= period.first.days && test.on.days <= period.last.days) ++(test.result == RestoreTest::Result::pass ? passed : others);
    const bool counted = h.runs.planned > 0;
    auto row = beginning(s, h, *backup, "period", to_text(h.from), to_text(h.to));
    for (auto& cell : {percent(h.rpo.rpo_minutes ? h.inside_permille() : -1), percent(h.rpo.rpo_minutes ? h.told_permille() : -1), number(h.inside_minutes), number(h.outside_minutes), number(h.unknown_minutes), number(h.worst_minutes),
                       number(h.worst_whole_minutes), h.worst_minutes < 0 ? std::string() : to_text(h.worst_at), std::string(), counted ? number(h.runs.planned) : std::string(), counted ? number(h.runs.made) : std::string(),
                       counted ? number(h.runs.missed) : std::string(), counted ? number(h.runs.unknown) : std::string(), number(h.readings), number(static_cast<std::int64_t>(h.unreadable.size())), number(h.failed), number(h.alarms),
                       number(passed), number(others), number(h.warned)})
      row.push_back(cell);
    add(table, row);
    for (const auto& day : h.days) {
      auto cells = beginning(s, h, *backup, "day", to_text(day.day), to_text(day.day));
      const auto told = day.inside_minutes + day.outside_minutes, all = told + day.unknown_minutes;
      for (auto& cell : {percent(h.rpo.rpo_minutes && told > 0 ? static_cast<int>(day.inside_minutes * 1000 / told) : -1), percent(h.rpo.rpo_minutes && all > 0 ? static_cast<int>(told * 1000 / all) : -1), number(day.inside_minutes),
                         number(day.outside_minutes), number(day.unknown_minutes), number(day.worst_minutes), std::string(), std::string(), std::string(day.closed ? "yes" : "no"), std::string(), std::string(), std::string(),
                         std::string(), number(day.readings + day.unreadable), number(day.unreadable), number(day.failed), number(day.alarms), std::string(), std::string(), number(day.warned)})
        cells.push_back(cell);
      add(table, cells);
    }
  }
  return table;
}

}  // namespace mainstay
