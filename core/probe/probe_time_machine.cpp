// SPDX-License-Identifier: MIT
#include "core/probe/probe_time_machine.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/folded_name.h"
#include "core/base/one_line.h"
#include "core/base/text.h"
#include "core/base/plist.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;
constexpr const char* history_file = "com.apple.TimeMachine.SnapshotHistory.plist";
constexpr const char* machine_file = "com.apple.TimeMachine.MachineID.plist";
constexpr const char* machine_copy = "com.apple.TimeMachine.MachineID.plist.bckup";
constexpr const char* machine_aside = "com.apple.TimeMachine.MachineID.plist.tmp";
constexpr const char* results_file = "com.apple.TimeMachine.Results.plist";
constexpr std::int64_t fresh_seconds = 6 * 3600;        // a running backup touches its files at least this often
constexpr std::int64_t stale_seconds = 3600;            // a file written aside is renamed within seconds
constexpr std::chrono::milliseconds second_look{1100};  // a Mac deletes and renames: the file may be gone for a moment
constexpr std::int64_t unfinished_seconds = 26 * 3600;  // this long after a completion, writing is no longer just the next run
constexpr int full_percent = 95;
constexpr std::size_t most_named = 8, most_asked = 20;

bool ends_folded(std::string_view text, std::string_view ending) {
  return text.size() > ending.size() && lower_case(text.substr(text.size() - ending.size())) == ending;
}

std::string_view stem_of(std::string_view bundle) { return bundle.substr(0, bundle.rfind('.')); }

std::string quoted_list(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  for (const auto& name : names) {
    if (shown.size() == most_named) {
      shown.push_back("…");
      break;
    }
    shown.push_back("“" + shortened(one_line(name), 80) + "”");
  }
  return join(shown, ", ");
}

/// The bundle to read, or an observation that says why there is none.
struct Choice {
  std::string bundle;
  Observation none;
  void nothing_there(const std::string& sentence) {
    none = observed(Outcome::unreadable, sentence);
    none.history_count = 0;  // the share answers: if there was something before, it is gone (tell_what_is_gone)
  }
};

Choice choose_bundle(const Listing& listing, const std::string& item) {
  std::vector<std::string> bundles, fitting, unfinished;
  for (const auto& entry : listing.entries) {
    if (is_bundle_name(entry.name)) {
      bundles.push_back(entry.name);
      if (item.empty() || is_bundle_of(entry.name, item)) fitting.push_back(entry.name);
    } else if (ends_folded(entry.name, ".incomplete") && (item.empty() || folded_name(entry.name).starts_with(folded_name(item)))) {
      unfinished.push_back(entry.name);
    }
  }
  if (fitting.size() > 1 && !item.empty()) {  // the exact name goes before one with an identifier
    std::vector<std::string> stems;
    for (const auto& name : fitting) stems.emplace_back(stem_of(name));
    auto meant = names_meant(stems, item);
    if (meant.empty()) meant = names_meant(fitting, item);
    if (meant.size() == 1) fitting = {fitting[meant.front()]};
  }
  Choice choice;
  if (fitting.size() == 1) choice.bundle = fitting.front();
  else if (fitting.size() > 1)
    choice.none = observed(Outcome::unreadable, tr("Several Time Machine bundles may be meant: {names}. Enter the computer's name in this probe.", {{"names", quoted_list(fitting)}}));
  else if (!unfinished.empty())
    choice.none = observed(Outcome::never_backed_up,
                           tr("Only an unfinished first backup is there ({names}): it is still being made or was broken off.", {{"names", quoted_list(unfinished)}}));
  else if (!bundles.empty())
    choice.nothing_there(tr("No Time Machine bundle of “{item}” is there. There are: {names}.", {{"item", item}, {"names", quoted_list(bundles)}}));
  else if (listing.may_wait_for_a_disk)
    choice.none = observed(Outcome::unreadable, tr("No Time Machine bundle is in this folder, which is empty: if a disk or share belongs there, it is not mounted now. If none does, the backups that were in it are gone."));
  else if (listing.entries.empty())  // many servers hide what an account may not read
    choice.nothing_there(tr("This folder shows no name at all: what was in it is gone, or the account of this probe may not see it. Check what the account may see, and that the address is the share that the Macs back up to."));
  else
    choice.nothing_there(tr("No Time Machine bundle is in this folder: check that the address is the share that the Macs back up to."));
  if (listing.entries.size() >= most_share_entries) choice.none.history_count = -1;  // what it looks for may be among the names that were not taken
  return choice;
}

struct PlistReading {
  std::optional<Plist> list;
  std::string problem;
  Instant modified;
};

/// Reads one property list, with a second look where it was missing or cut short.
PlistReading read_list(const Share& share, const Share::Path& bundle, const char* name, ProbeContext& context, bool expected) {
  PlistReading reading;
  auto path = bundle;
  path.emplace_back(name);
  for (int look = 0; look < 2; ++look) {
    if (look == 1 && !context.fetch.pause(second_look)) break;
    const auto file = share.read(path);
    if (!file.problem.empty()) {
      reading.problem = file.problem;
      continue;
    }
    if (!file.found) {
      reading.problem = tr("the file is not there.");
      if (!expected) return reading;
      continue;
    }
    reading.modified = file.modified;
    try {
      auto list = parse_plist(file.bytes, name);
      if (list.type == Plist::Type::dict) {
        reading.list = std::move(list);
        reading.problem.clear();
        return reading;
      }
      reading.problem = tr("“{file}” is not what Time Machine writes.", {{"file", name}});
    } catch (const Error& problem) {
      reading.problem = problem.what();
    }
  }
  return reading;
}

/// Puts the newest completion and the count into `seen`; an empty sentence where that went well.
std::string take_history(const Plist& history, Instant now, Observation& seen) {
  const auto* snapshots = history.find("Snapshots");
  if (!snapshots || snapshots->type != Plist::Type::array) return tr("The bundle's history has no list of restore points in it, so its age is not known.");
  Instant newest, oldest;
  for (const auto& snapshot : snapshots->items) {
    const auto* date = snapshot.find("com.apple.backupd.SnapshotCompletionDate");
    if (!date || date->type != Plist::Type::date || !date->date) return tr("The bundle's history has a restore point without a date, so its age is not known.");
    newest = std::max(newest, date->date);
    oldest = oldest ? std::min(oldest, date->date) : date->date;
  }
  seen.history_count = static_cast<std::int64_t>(snapshots->items.size());
  if (!newest) {
    seen.outcome = Outcome::never_backed_up;
    return {};
  }
  if (newest.seconds > now.seconds && !is_plausible(newest, now))
    return tr("The newest restore point is dated in the future ({when}): the clock of the Mac or of this computer is wrong, so the age is not known.", {{"when", to_text(newest)}});
  if (!is_plausible(newest, now))
    return tr("The newest restore point is dated {when}, before Time Machine existed, so the age is not known.", {{"when", to_text(newest)}});
  seen.last_point = newest;
  if (is_plausible(oldest, now)) seen.oldest_point = oldest;
  seen.outcome = Outcome::read;
  return {};
}

void take_results(const PlistReading& results, Instant now, Observation& seen, std::vector<std::string>& notes) {
  if (!results.list) return;
  seen.bytes_used = std::max<std::int64_t>(results.list->integer_or("BytesUsed", -1), -1);
  seen.bytes_free = std::max<std::int64_t>(results.list->integer_or("BytesAvailable", -1), -1);
  if (!is_plausible(results.modified, now)) return;
  seen.last_attempt = std::max(seen.last_attempt, results.modified);
  const auto* running = results.list->find("Running");  // may stay true for ever after a run that broke off: believed only while fresh
  const bool says_so = running && (running->flag || running->integer != 0);
  if (says_so && now.seconds - results.modified.seconds < fresh_seconds) notes.push_back(tr("A backup seems to be running now."));
}

/// The room on the target: what the Mac was told at its last run, and what the server says now; the tighter one counts, since a
/// quota is seen by one and other people's files by the other.
void take_room(const Listing& root, Observation& seen, std::vector<std::string>& notes) {
  if (root.bytes_free >= 0) seen.bytes_free = seen.bytes_free < 0 ? root.bytes_free : std::min(seen.bytes_free, root.bytes_free);
  seen.bytes_total = root.bytes_total;
  if (seen.bytes_free < 0 || seen.bytes_total <= 0) return;
  if (seen.bytes_free < seen.bytes_total / 100 * (100 - full_percent))
    notes.push_back(tr("The target is nearly full: {percent} % of it is free.", {{"percent", static_cast<long long>(seen.bytes_free * 100 / seen.bytes_total)}}));
}

/// Traces of a backup that was broken off, and signs of one that writes without ever finishing.
void take_traces(const Share& share, const Share::Path& bundle, const std::vector<ShareEntry>& inside, Instant now, Observation& seen, std::vector<std::string>& notes) {
  Instant left, written;
  std::string what;
  for (const auto& entry : inside) {
    const bool aside = ends_folded(entry.name, ".plist.tmp") || entry.name == "lock";
    if (!aside && entry.name != "bands" && entry.name != "mapped") continue;
    auto when = entry.modified;
    if (!when) {
      auto path = bundle;
      path.push_back(entry.name);
      when = share.look(path, !aside).modified;
    }
    if (!is_plausible(when, now)) {
      if (aside && when && when < now && what.empty()) what = entry.name, left = when;
      continue;
    }
    written = std::max(written, when);
    if (aside && now.seconds - when.seconds >= stale_seconds && when > left) what = entry.name, left = when;
  }
  seen.last_attempt = std::max(seen.last_attempt, written);
  seen.warned = seen.warned || !what.empty();
  if (!what.empty()) notes.push_back(tr("A backup was broken off around {when} (“{file}” was left behind).", {{"when", spoken(left)}, {"file", shortened(one_line(what), 80)}}));
  const bool active = seen.last_attempt && now.seconds - seen.last_attempt.seconds < fresh_seconds;
  if (active && seen.last_point && seen.last_attempt.seconds - seen.last_point.seconds > unfinished_seconds)
    notes.push_back(tr("It is being written to (last change {when}), but nothing was completed since {point}.", {{"when", spoken(seen.last_attempt)}, {"point", spoken(seen.last_point)}}));
}

/// A first backup of the same computer beside the bundle: somebody may have pressed “start over”.
void note_beside(const std::vector<ShareEntry>& beside, const std::string& bundle, Observation& seen, std::vector<std::string>& notes) {
  const auto computer = folded_name(stem_of(bundle));
  for (const auto& entry : beside)
    if (ends_folded(entry.name, ".incomplete") && folded_name(entry.name).starts_with(computer)) {
      seen.warned = true;
      notes.push_back(tr("Beside it lies an unfinished new first backup (“{name}”): somebody may have let macOS start over.", {{"name", shortened(one_line(entry.name), 80)}}));
      return;
    }
}

/// How Time Machine's own check of the bundle ended, 2 = it failed; 0 where it was never checked, nothing where it cannot be told.
std::optional<std::int64_t> state_of_check(const Plist& machine) {
  const auto* state = machine.find("VerificationState");
  if (!state) return 0;
  const auto number = machine.integer_or("VerificationState", -1);
  if (number >= 0) return number;
  if (state->type == Plist::Type::text && state->text.size() == 1 && std::isdigit(static_cast<unsigned char>(state->text.front()))) return state->text.front() - '0';
  return {};
}

/// What the bundle says against itself; empty where it says nothing.
std::string alarm_in(const Plist& machine) {
  if (state_of_check(machine) == 2)
    return tr("Time Machine's own check of this backup failed: macOS will ask to delete it and start over. Before anyone agrees, copy the bundle aside.");
  if (const auto* declined = machine.find("RecoveryBackupDeclinedDate"); declined && declined->type == Plist::Type::date)
    return tr("macOS asked to delete this backup and start over, and somebody answered “later”: the copy is not to be trusted. Before anyone agrees, copy the bundle aside.");
  return {};
}

bool has(const std::vector<ShareEntry>& entries, std::string_view name) {
  return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.name == name; });
}

/// The bundle's own record of its checks, or the copy that macOS keeps of it; missed only where it is really not there, since an
/// alarm may stand in it.
PlistReading read_machine(const Share& share, const Share::Path& bundle, const std::vector<ShareEntry>& inside, ProbeContext& context) {
  const bool copied = has(inside, machine_copy);
  auto machine = read_list(share, bundle, machine_file, context, copied || has(inside, machine_file) || has(inside, machine_aside));
  if (!machine.list && copied) machine = read_list(share, bundle, machine_copy, context, false);
  return machine;
}

Observation read_bundle(const Share& share, const Share::Path& bundle, const std::string& name, const Listing& beside, ProbeContext& context) {
  Observation seen;
  seen.item = one_line(name);
  std::vector<std::string> notes;
  const auto inside = bundle.empty() ? beside.entries : share.list(bundle).entries;
  const auto machine = read_machine(share, bundle, inside, context);
  const auto results = read_list(share, bundle, results_file, context, has(inside, results_file));
  const auto history = read_list(share, bundle, history_file, context, true);  // last, so that its text is the one kept for support
  std::string trouble;
  if (history.list) trouble = take_history(*history.list, context.now, seen);
  else trouble = tr("The history of “{bundle}” could not be read: {reason}", {{"bundle", shortened(seen.item, 80)}, {"reason", history.problem}});
  if (context.fetch.stopped()) return seen;

  const auto alarm = machine.list ? alarm_in(*machine.list) : std::string();
  const auto* declined = machine.list ? machine.list->find("RecoveryBackupDeclinedDate") : nullptr;
  const bool unclear = machine.list ? !state_of_check(*machine.list) || (declined && declined->type != Plist::Type::date) : has(inside, machine_file) || has(inside, machine_copy);
  seen.warned = seen.warned || unclear;
  if (unclear) notes.push_back(tr("Whether Time Machine's own check of it passed cannot be read: look on the Mac whether it asks to start a new backup, and do not agree before the bundle is copied aside."));
  take_results(results, context.now, seen, notes);
  if (seen.last_point) seen.last_attempt = std::max(seen.last_attempt, seen.last_point);
  take_traces(share, bundle, inside, context.now, seen, notes);
  note_beside(beside.entries, name, seen, notes);
  take_room(beside, seen, notes);

  if (!trouble.empty()) {
    seen.outcome = Outcome::unreadable;
    notes.insert(notes.begin(), trouble);
  } else if (seen.outcome == Outcome::never_backed_up) {
    notes.insert(notes.begin(), tr("The bundle is there, and its own list of restore points is empty."));
  } else {
    notes.insert(notes.begin(), tr_count(seen.history_count, "One restore point, completed {when}.", "{count} restore points, the newest completed {when}.",
                                         {{"when", spoken(seen.last_point)}}));
  }
  if (!alarm.empty()) {
    seen.outcome = Outcome::failed;
    seen.alarm = true;
    notes.insert(notes.begin(), alarm);
  }
  seen.detail = join(notes, " ");
  return seen;
}

/// True for `8-4-4-4-12` hexadecimal digits, as macOS shows a Mac's hardware UUID.
bool is_hardware_id(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::string_view("0123456789abcdefABCDEF").find(text[i]) == std::string_view::npos) return false;
  }
  return true;
}

/// The bundle that says it belongs to the Mac of that hardware UUID; empty where none does, `all_said` where each said whose it is.
std::string bundle_of_machine(const Share& share, const std::vector<ShareEntry>& entries, const std::string& id, ProbeContext& context, bool& all_said) {
  std::size_t asked = 0;
  for (const auto& entry : entries) {
    if (!is_bundle_name(entry.name)) continue;
    if (++asked > most_asked) all_said = false;
    if (asked > most_asked) continue;
    const auto machine = read_list(share, {entry.name}, machine_file, context, false);
    const auto* host = machine.list ? machine.list->find("com.apple.backupd.HostUUID") : nullptr;
    if (host && host->type == Plist::Type::text && lower_case(host->text) == lower_case(id)) return entry.name;
    all_said = all_said && host;
  }
  return {};
}

/// The bundle meant on a share that was listed, or why there is none. A Mac deletes and renames: what is not there is looked for twice.
Choice look_for_bundle(const Share& share, Listing& listing, const std::string& item, ProbeContext& context) {
  Choice choice;
  for (int look = 0; look < 2; ++look) {
    if (look == 1) {
      if (!context.fetch.pause(second_look)) break;
      listing = share.list({});
      if (!listing.problem.empty()) {
        choice.none = observed(Outcome::unreadable, listing.problem);
        break;
      }
    }
    choice = choose_bundle(listing, item);
    if (!choice.bundle.empty()) break;
    bool all_said = true;
    if (is_hardware_id(item)) choice.bundle = bundle_of_machine(share, listing.entries, item, context, all_said);
    if (!all_said) choice.none.history_count = -1;
    if (!choice.bundle.empty() || choice.none.history_count != 0) break;
  }
  return choice;
}

/// Why the bundle at the probe's own address cannot be listed: where the folder above it answers and the bundle is not in it, it is not there.
Observation missing_bundle(const Probe& probe, const Share& bundle, const std::string& problem, ProbeContext& context) {
  const auto none = observed(Outcome::unreadable, problem);
  if (context.fetch.stopped() || context.fetch.login() == Fetch::Login::refused) return none;
  if (const auto look = bundle.look({}, true); look.found || !look.problem.empty()) return none;
  auto above = probe;
  above.url = std::string(trimmed(probe.url));
  while (above.url.ends_with('/')) above.url.pop_back();
  const auto slash = above.url.rfind('/');
  if (slash == std::string::npos) return none;
  above.url.resize(slash + 1);
  try {
    const auto share = open_share(above, context);
    auto listing = share.list({});
    if (!listing.problem.empty()) return none;
    const auto choice = look_for_bundle(share, listing, bundle.name, context);
    return choice.bundle.empty() ? choice.none : none;
  } catch (const Error&) {  // an address with nothing above it: what was said of the bundle itself stands
    return none;
  }
}

}  // namespace

bool is_bundle_name(std::string_view name) { return ends_folded(name, ".sparsebundle") || ends_folded(name, ".backupbundle"); }

bool is_bundle_of(std::string_view bundle, std::string_view computer) {
  const auto wanted = folded_name(computer);
  if (folded_name(bundle) == wanted) return true;
  const auto stem = folded_name(stem_of(bundle));
  if (stem == wanted) return true;
  if (wanted.empty() || !stem.starts_with(wanted) || stem.size() < wanted.size() + 7) return false;
  const char gap = stem[wanted.size()];
  return (gap == ' ' || gap == '_') && stem.find_first_not_of("0123456789abcdef-", wanted.size() + 1) == std::string::npos;
}

Observation probe_time_machine(const Probe& probe, ProbeContext& context) {
  const auto share = open_share(probe, context);
  const auto item = std::string(trimmed(probe.item));
  if (is_bundle_name(share.name) && !item.empty() && !is_bundle_of(share.name, item))
    return observed(Outcome::unreadable, tr("The address is the bundle “{bundle}”, and the probe is for “{item}”.", {{"bundle", one_line(share.name)}, {"item", item}}));
  auto listing = share.list({});
  if (is_bundle_name(share.name)) {
    if (listing.entries.empty() && !listing.problem.empty()) return missing_bundle(probe, share, listing.problem, context);
    return read_bundle(share, {}, share.name, listing, context);
  }
  if (!listing.problem.empty()) return observed(Outcome::unreadable, listing.problem);
  const auto choice = look_for_bundle(share, listing, item, context);
  return choice.bundle.empty() ? choice.none : read_bundle(share, {choice.bundle}, choice.bundle, listing, context);
}

}  // namespace mainstay
