// SPDX-License-Identifier: MIT
#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/model/backup.h"
#include "core/model/observation.h"
#include "core/probe/probe_runner.h"
#include "tests/support/plans.h"

namespace mainstay::testing {

/// Noon of the day that these tests take place on.
inline Instant noon() { return *parse_instant("2026-11-24T12:00:00Z"); }
inline Clock noon_clock() { return [] { return noon(); }; }

inline std::string plist(const std::string& members) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
         "<plist version=\"1.0\">\n<dict>\n" + members + "</dict>\n</plist>\n";
}

/// A SnapshotHistory with restore points completed at these times.
inline std::string history(const std::vector<std::string>& completed) {
  std::string items;
  for (const auto& when : completed)
    items += "<dict><key>com.apple.backupd.SnapshotCompletionDate</key><date>" + when +
             "</date>\n<key>com.apple.backupd.SnapshotName</key><string>2026-11-07-151453.backup</string></dict>\n";
  return plist("<key>Snapshots</key>\n<array>\n" + items + "</array>\n");
}

inline std::string machine_id(int state, const std::string& more = {}) {
  return plist("<key>VerificationState</key><integer>" + std::to_string(state) + "</integer>\n" + more);
}

inline void put(const std::filesystem::path& file, const std::string& bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

inline const std::string history_name = "com.apple.TimeMachine.SnapshotHistory.plist";
inline const std::string machine_name = "com.apple.TimeMachine.MachineID.plist";
inline const std::string results_name = "com.apple.TimeMachine.Results.plist";

/// A share with two Macs on it, as a NAS holds them: one backed up four hours ago, one three weeks ago.
inline std::string share_of_two_macs() {
  const std::filesystem::path share = fresh_folder();
  std::filesystem::permissions(share, std::filesystem::perms(0755));
  const auto fresh = share / "Front Desk.sparsebundle", stale = share / "M\xC3\xBCller & Co 0F1E2D3C-AA.sparsebundle";
  put(fresh / history_name, history({"2026-11-24T08:00:00Z", "2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z"}));
  put(fresh / machine_name, machine_id(1));
  put(fresh / results_name, plist("<key>Running</key><false/><key>BytesUsed</key><integer>4000000000000</integer><key>BytesAvailable</key><integer>100</integer>\n"));
  put(fresh / "Info.plist", plist("<key>band-size</key><integer>67108864</integer>"));
  put(fresh / "bands" / "0", "x");
  put(stale / history_name, history({"2026-11-03T08:00:00Z"}));
  put(stale / machine_name, machine_id(0));
  put(share / "notes.txt", "not a bundle");
  return share.string();
}

inline Probe time_machine_probe(const std::string& url, const std::string& item = {}) {
  Probe probe;
  probe.id = {"probe-1"};
  probe.backup_id = {"backup-1"};
  probe.type = Probe::Type::time_machine;
  probe.url = url;
  probe.item = item;
  probe.timeout_seconds = Number(20);
  return probe;
}

inline const Secrets no_secrets = [](const std::string&) { return std::optional<std::string>(); };

inline Observation read(const Probe& probe, const Secrets& secrets = no_secrets) { return run_probe(probe, secrets, noon_clock()); }

/// True where the sentence has the words in it.
inline bool says(const Observation& seen, const std::string& words) { return seen.detail.find(words) != std::string::npos; }

}  // namespace mainstay::testing
