// SPDX-License-Identifier: MIT
#include "core/trouble_told.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_file = std::size_t(4) << 20, most_shown = 5;

std::string told_file() { return user_data_directory() + "/told-backups"; }

/// One line for each backup that was told, and one more where nothing is left of it: a hash of plan and backup, which says nothing to anybody else.
std::string line_for(const std::string& plan, const Id& backup, bool lost) { return sha256_hex(plan).substr(0, 16) + " " + sha256_hex(backup.text).substr(0, 16) + (lost ? " lost" : ""); }

std::set<std::string> told_lines() {
  std::error_code error;
  if (!fs::is_regular_file(told_file(), error)) return {};
  const auto lines = split(read_file(told_file(), largest_file), '\n');
  return {lines.begin(), lines.end()};
}

bool is_bad(const BackupStatus& status) { return status.state == BackupState::breached || status.state == BackupState::failed; }

/// Those among `to_tell` that nobody was told of yet.
std::vector<BackupStatus> untold(const std::set<std::string>& told, const PlanTrouble& trouble) {
  std::vector<BackupStatus> fresh;
  for (const auto& status : trouble.to_tell)
    if (is_bad(status) && !told.contains(line_for(trouble.plan, status.backup_id, status.lost_everything()))) fresh.push_back(status);
  return fresh;
}

/// Adds those that were told, and takes out those that are well again.
void remember(std::set<std::string>& lines, const PlanTrouble& trouble, const std::vector<BackupStatus>& told) {
  for (const auto& status : trouble.now)
    for (const bool lost : {false, true})
      if (!is_bad(status) && status.state != BackupState::unknown) lines.erase(line_for(trouble.plan, status.backup_id, lost));  // not known is not well again
  for (const auto& status : told)
    for (const bool lost : {false, true})
      if (!lost || status.lost_everything()) lines.insert(line_for(trouble.plan, status.backup_id, lost));
}

}  // namespace

bool tell_trouble(const std::vector<PlanTrouble>& plans, const std::function<bool(const TroubleNotice&)>& show) {
  const auto before = told_lines();
  std::vector<BackupStatus> fresh;
  std::vector<std::string> names;
  std::vector<std::vector<BackupStatus>> of_plan;
  for (const auto& plan : plans) {
    of_plan.push_back(untold(before, plan));
    fresh.insert(fresh.end(), of_plan.back().begin(), of_plan.back().end());
    names.insert(names.end(), of_plan.back().size(), plan.name);
  }
  const bool shown = fresh.empty() || show(trouble_notice(fresh, names));
  auto lines = told_lines();  // again: another program may have told something while this one was showing
  const auto known = lines;
  for (std::size_t i = 0; i < plans.size(); ++i) remember(lines, plans[i], shown ? of_plan[i] : std::vector<BackupStatus>{});
  if (lines != known) {
    std::error_code error;
    fs::create_directories(user_data_directory(), error);
    write_file(told_file(), join({lines.begin(), lines.end()}, "\n") + "\n");
  }
  return shown;
}

TroubleNotice trouble_notice(const std::vector<BackupStatus>& fresh, const std::vector<std::string>& from) {
  TroubleNotice notice;
  notice.title = tr_count(static_cast<long long>(fresh.size()), "A backup is in trouble", "{count} backups are in trouble");
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(most_shown, fresh.size()); ++i)
    lines.push_back(i < from.size() && !from[i].empty() ? tr("{plan}: {sentence}", {{"plan", from[i]}, {"sentence", fresh[i].detail}}) : fresh[i].detail);
  if (fresh.size() > most_shown) lines.push_back(tr("… and {count} more.", {{"count", fresh.size() - most_shown}}));
  notice.text = join(lines, "\n");
  return notice;
}

}  // namespace mainstay
