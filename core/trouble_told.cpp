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

}  // namespace

std::vector<BackupStatus> untold_trouble(const std::string& plan, const std::vector<BackupStatus>& now) {
  std::vector<BackupStatus> fresh;
  if (std::none_of(now.begin(), now.end(), is_bad)) return fresh;
  const auto told = told_lines();
  for (const auto& status : now)
    if (is_bad(status) && !told.contains(line_for(plan, status.backup_id, status.lost_everything()))) fresh.push_back(status);
  return fresh;
}

void remember_told(const std::string& plan, const std::vector<BackupStatus>& told, const std::vector<BackupStatus>& now) {
  auto lines = told_lines();
  const auto before = lines;
  for (const auto& status : now)
    for (const bool lost : {false, true})
      if (!is_bad(status) && status.state != BackupState::unknown) lines.erase(line_for(plan, status.backup_id, lost));  // not known is not well again
  for (const auto& status : told)
    for (const bool lost : {false, true})
      if (!lost || status.lost_everything()) lines.insert(line_for(plan, status.backup_id, lost));
  if (lines == before) return;
  std::error_code error;
  fs::create_directories(user_data_directory(), error);
  write_file(told_file(), join({lines.begin(), lines.end()}, "\n") + "\n");
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
