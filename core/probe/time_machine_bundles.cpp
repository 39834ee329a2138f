// SPDX-License-Identifier: MIT
#include "core/probe/time_machine_bundles.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/one_line.h"
#include "core/base/plist.h"
#include "core/base/text.h"
#include "core/probe/probe_runner.h"
#include "core/probe/probe_time_machine.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

constexpr std::size_t most_bundles = 200;
constexpr std::chrono::seconds longest{1800};
constexpr std::size_t longest_word = 100;

/// Whose the bundle is, from what a Mac writes at the start of each backup, or the copy that it keeps of that.
void take_identity(const Share& share, const Share::Path& bundle, FoundBundle& found) {
  for (const auto* name : {"com.apple.TimeMachine.MachineID.plist", "com.apple.TimeMachine.MachineID.plist.bckup"}) {
    auto path = bundle;
    path.emplace_back(name);
    const auto file = share.read(path);
    if (!file.found || !file.problem.empty()) continue;
    try {
      const auto list = parse_plist(file.bytes, name);
      const auto text = [&](const char* key) {
        const auto* value = list.find(key);
        return value && value->type == Plist::Type::text ? shortened(one_line(value->text), longest_word) : std::string();
      };
      found.host_uuid = text("com.apple.backupd.HostUUID");
      found.model = text("com.apple.backupd.ModelID");
      found.network_address = text("com.apple.backupd.BackupMachineAddress");
      if (!found.host_uuid.empty()) return;
    } catch (const Error&) {
      continue;  // the reading says what is wrong with the bundle; without an identity it is matched by its name
    }
  }
}

}  // namespace

BundleSearch find_bundles(const Probe& probe, const Secrets& secrets, Clock clock, std::stop_token stop) {
  BundleSearch search;
  Fetch fetch;
  fetch.begin(longest, stop);
  fetch.trust(probe.pin);
  try {
    ProbeContext context{fetch, secrets, clock()};
    const auto share = open_share(probe, context);
    std::vector<std::string> names;
    const bool is_bundle = is_bundle_name(share.name);
    const auto listing = share.list({});
    if (listing.entries.empty() && !listing.problem.empty()) throw Error(ErrorCode::io, listing.problem);
    if (is_bundle) names.push_back(share.name);
    else
      for (const auto& entry : listing.entries)
        if (is_bundle_name(entry.name)) names.push_back(entry.name);
    std::sort(names.begin(), names.end());
    if (names.size() > most_bundles) search.passed_over = names.size() - most_bundles, names.resize(most_bundles);
    for (const auto& name : names) {
      if (fetch.stopped()) break;
      FoundBundle found;
      found.name = name;
      take_identity(share, is_bundle ? Share::Path{} : Share::Path{name}, found);
      auto own = probe;
      own.item = name;
      found.reading = run_probe(own, secrets, clock, stop);
      search.bundles.push_back(std::move(found));
    }
    if (names.empty()) search.problem = tr("No Time Machine bundle is in this folder: check that the address is the share that the Macs back up to.");
  } catch (const Error& problem) {
    search.problem = fetch.scrubbed_sentence(one_line(problem.what()));
  }
  search.presented_pin = fetch.presented_pin();
  return search;
}

}  // namespace mainstay
