// SPDX-License-Identifier: MIT
#include "core/exchange/sample_client.h"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view plist_head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
    "<plist version=\"1.0\">\n<dict>\n";
constexpr std::string_view plist_tail = "</dict>\n</plist>\n";

std::string snapshot(Instant at) {
  auto name = to_text(at);
  std::string digits;
  for (const char c : name)
    if (c >= '0' && c <= '9') digits += c;
  return fmt::format(
      "    <dict>\n      <key>com.apple.backupd.SnapshotCompletionDate</key><date>{}</date>\n"
      "      <key>com.apple.backupd.SnapshotName</key><string>{}-{}-{}-{}.backup</string>\n    </dict>\n",
      name, digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2), digits.substr(8, 6));
}

void write_bundle(const fs::path& bundle, Instant newest, const std::string& host) {
  std::error_code error;
  fs::create_directories(bundle / "bands", error);
  if (error) throw Error(ErrorCode::io, tr("The sample's folder “{path}” cannot be made.", {{"path", bundle.string()}}));
  std::string history(plist_head);
  history += "  <key>Snapshots</key>\n  <array>\n";
  for (int day = 20; day >= 0; --day) history += snapshot(newest.plus_minutes(-day * minutes_per_day));
  history += "  </array>\n";
  history += plist_tail;
  write_file((bundle / "com.apple.TimeMachine.SnapshotHistory.plist").string(), history);
  write_file((bundle / "com.apple.TimeMachine.MachineID.plist").string(),
             fmt::format("{}  <key>com.apple.backupd.HostUUID</key><string>{}</string>\n  <key>VerificationDate</key><date>{}</date>\n"
                         "  <key>VerificationState</key><integer>1</integer>\n{}", plist_head, host, to_text(newest.plus_minutes(-3 * minutes_per_day)), plist_tail));
  write_file((bundle / "Info.plist").string(),
             fmt::format("{}  <key>CFBundleInfoDictionaryVersion</key><string>6.0</string>\n  <key>band-size</key><integer>67108864</integer>\n"
                         "  <key>bundle-backingstore-version</key><integer>1</integer>\n  <key>diskimage-bundle-type</key><string>com.apple.diskimage.sparsebundle</string>\n"
                         "  <key>size</key><integer>17592186044416</integer>\n{}", plist_head, plist_tail));
  write_file((bundle / "token").string(), "");
}

}  // namespace

std::string sample_crashplan_address() {
  const char* set = std::getenv("MAINSTAY_SAMPLE_CRASHPLAN");
  return set && *set ? set : "http://127.0.0.1:18753";
}

void place_sample(Plan& plan, const std::string& folder) {
  for (auto& probe : plan.probes) {
    if (probe.url.starts_with("{sample}")) probe.url = folder + probe.url.substr(8);
    if (probe.url.starts_with("{crashplan}")) probe.url = sample_crashplan_address();
  }
}

void furnish_sample(const std::string& folder, Instant now) {
  const auto share = fs::path(folder) / "TimeMachine";
  write_bundle(share / "Till iMac.sparsebundle", now.plus_minutes(-40), "6D2F5A0E-0B1C-4C7E-9A53-1C4F0A7B2E11");
  write_bundle(share / "Office MacBook.sparsebundle", now.plus_minutes(-9 * minutes_per_day), "A81C30D4-77E2-4F0B-8D1E-5B90C2D6F722");
}

}  // namespace mainstay
