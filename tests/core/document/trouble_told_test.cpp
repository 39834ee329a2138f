// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cstdlib>

#include "core/trouble_told.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

/// What is remembered, in a folder of its own, and a desktop that notes what it is shown.
struct Desk {
  std::string before = std::getenv("XDG_DATA_HOME") ? std::getenv("XDG_DATA_HOME") : "";
  bool there = true;  ///< a desktop takes notices
  std::vector<std::string> shown;
  Desk() { ::setenv("XDG_DATA_HOME", testing::fresh_folder().c_str(), 1); }
  ~Desk() { before.empty() ? ::unsetenv("XDG_DATA_HOME") : ::setenv("XDG_DATA_HOME", before.c_str(), 1); }
  /// How many notices a look at these backups brings.
  std::size_t look(const std::vector<BackupStatus>& now) {
    const auto before_it = shown.size();
    told = tell_trouble({{"plan", "", now, now}}, [&](const TroubleNotice& notice) {
      if (there) shown.push_back(notice.text);
      return there;
    });
    return shown.size() - before_it;
  }
  bool told = false;
};

BackupStatus backup(BackupState state, const char* id = "b") {
  BackupStatus status;
  status.backup_id = Id{id};
  status.state = state;
  status.detail = std::string(id) + " is " + std::string(backup_state_name(state)) + ".";
  return status;
}

}  // namespace

TEST_CASE("each breach is told once, and the next one after it was well is told anew") {
  Desk desk;
  CHECK(desk.look({backup(BackupState::ok)}) == 0);
  CHECK(desk.look({backup(BackupState::breached)}) == 1);
  CHECK(desk.look({backup(BackupState::breached)}) == 0);
  CHECK(desk.look({backup(BackupState::unknown)}) == 0);
  CHECK(desk.look({backup(BackupState::breached)}) == 0);  // not known was not well again
  CHECK(desk.look({backup(BackupState::ok)}) == 0);
  CHECK(desk.look({backup(BackupState::breached)}) == 1);
}

TEST_CASE("a notice that no desktop showed is told later") {
  Desk desk;
  desk.there = false;
  CHECK(desk.look({backup(BackupState::breached)}) == 0);
  CHECK_FALSE(desk.told);
  desk.there = true;
  CHECK(desk.look({backup(BackupState::breached)}) == 1);
  CHECK(desk.told);
  CHECK(desk.look({backup(BackupState::breached)}) == 0);
}

TEST_CASE("a backup that is well again is forgotten although another one's notice could not be shown") {
  Desk desk;
  CHECK(desk.look({backup(BackupState::breached), backup(BackupState::ok, "c")}) == 1);
  desk.there = false;
  CHECK(desk.look({backup(BackupState::ok), backup(BackupState::failed, "c")}) == 0);
  desk.there = true;
  CHECK(desk.look({backup(BackupState::breached), backup(BackupState::failed, "c")}) == 1);
  CHECK(desk.shown.back().find("b is breached.") != std::string::npos);
  CHECK(desk.shown.back().find("c is failed.") != std::string::npos);
}

TEST_CASE("only the backups that may be told are told, and all that are well are forgotten") {
  Desk desk;
  const auto show = [](const TroubleNotice&) { return true; };
  int notices = 0;
  const auto count = [&](const TroubleNotice&) { return ++notices > 0; };
  tell_trouble({{"plan", "", {backup(BackupState::breached), backup(BackupState::breached, "c")}, {backup(BackupState::breached)}}}, count);
  CHECK(notices == 1);
  tell_trouble({{"plan", "", {backup(BackupState::ok)}, {}}}, show);
  tell_trouble({{"plan", "", {backup(BackupState::breached)}, {backup(BackupState::breached)}}}, count);
  CHECK(notices == 2);
}
