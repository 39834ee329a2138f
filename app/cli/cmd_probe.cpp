// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <unordered_map>

#include "app/cli/command.h"
#include "app/cli/measuring.h"
#include "app/cli/output.h"
#include "app/cli/trust_keys.h"
#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/one_line.h"
#include "core/base/private_file.h"
#include "core/discover.h"
#include "core/exchange/readings.h"
#include "core/probe/desktop_notice.h"
#include "core/probe/probe_order.h"
#include "core/probe/refused_logins.h"
#include "core/probe/shown_key.h"
#include "core/restore_session.h"
#include "core/trouble_told.h"

namespace mainstay::cli {
namespace fs = std::filesystem;
namespace {

/// A plan's backups by their ids.
std::unordered_map<std::string_view, const Backup*> backups_by_id(const Plan& plan) {
  std::unordered_map<std::string_view, const Backup*> backups;
  for (const auto& backup : plan.backups) backups.emplace(backup.id.text, &backup);
  return backups;
}

/// The probes to run, the failures of last time first. Those that are due leave out logins that were refused before: `held` counts them.
std::vector<Probe> chosen_probes(Document& document, const RecordRef& only, bool due, std::size_t& held) {
  std::vector<Probe> probes;
  std::map<std::string, Minutes> needed;
  if (due) {
    const auto backups = backups_by_id(document.plan());
    for (const auto& status : document.backups())
      if (const auto at = backups.find(status.backup_id.text); at != backups.end()) needed[status.backup_id.text] = looks_needed(*at->second, status.rpo.rpo_minutes);
  }
  for (const auto& probe : document.plan().probes) {
    if (only && probe.id != only.id && probe.backup_id != only.id) continue;
    if (!only && probe.paused == Answer::yes) continue;
    probes.push_back(probe);
  }
  if (due) {
    probes = due_probes(std::move(probes), document.observations(), document.now(), needed);
    held = std::erase_if(probes, [secrets = system_secrets()](const Probe& probe) { return is_refused_login(probe, secrets); });
  }
  return failures_first(std::move(probes), document.observations());
}

std::string held_back_words(std::size_t held) {
  return tr_count(static_cast<long long>(held), "    One login was refused before and was not tried again: change its address, account or secret, or run “probe” without --due.",
                  "    {count} logins were refused before and were not tried again: change their address, account or secret, or run “probe” without --due.");
}

std::string age_words(const BackupStatus& status) {
  return status.age_minutes < 0 ? tr("age not known") : tr("{age} old", {{"age", spoken_minutes(status.age_minutes)}});
}

std::string name_of(const std::unordered_map<std::string_view, const Backup*>& backups, const BackupStatus& status) {
  const auto at = backups.find(status.backup_id.text);
  return at == backups.end() || at->second->name.empty() ? status.backup_id.text : at->second->name;
}

void print_status(const std::string& name, const BackupStatus& status) {
  print_table({{backup_status_label(status), name, age_words(status)}});
  print("    " + one_line(status.detail));
}

/// The backup or probe that NAME means; nothing where there is none. Throws Error{ambiguous}.
RecordRef named(const Plan& plan, const std::string& name) {
  for (const auto* kind : {"backup", "probe"}) {
    try {
      return resolve_record(plan, kind, name);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::not_found) throw;
    }
  }
  return {};
}

/// Plan files in what was named: files as they are, folders with what lies in them, two levels deep.
std::vector<std::string> plan_files(const std::vector<std::string>& named) {
  std::vector<std::string> files;
  for (const auto& path : named) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (auto each = fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error); !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
      if (each.depth() >= 2) each.disable_recursion_pending();
      if (each->path().extension() == ".mainstay" && each->is_regular_file(error)) found.push_back(each->path().string());
    }
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

/// What two rounds of this user over the same plan file have in common.
std::string round_name(const std::string& file) {
  std::error_code error;
  const auto path = fs::weakly_canonical(file, error);
  return user_data_directory() + "/rounds/" + sha256_hex(error ? file : path.string()).substr(0, 16);
}

std::string left_words(const std::string& file) { return tr("{file} is being measured by another round, and was left to it.", {{"file", one_line(file)}}); }

int say_stopped(const StopSignals& stop, const Measured& measured) {
  std::fprintf(stderr, "mainstay-cli: %s\n", stopped_words(measured).c_str());
  return stop.exit_code();
}

/// The unattended round over many plans: measures what is due, prints what went wrong since the last time. A plan that cannot
/// be opened or written is named, and the others go on.
int run_due(const Invocation& in) {
  const StopSignals stop;
  Measured all;
  std::vector<std::string> named{in.get("FILE")};
  for (const auto& more : in.all("NAME")) named.push_back(more);
  const auto files = plan_files(named);
  Json list = Json::array();
  bool trouble = false, failed = false;
  std::vector<PlanTrouble> troubles;
  const auto refused_now = std::make_shared<RefusedNow>();
  for (const auto& file : files) {
    try {
      const auto document = Document::open(file, in.context());
      const auto before = document->backups();
      std::size_t read = 0, held = 0;
      const FileLock lock(round_name(file), std::chrono::milliseconds(0));  // a round that runs over into the next must not measure twice
      if (lock.busy() && !in.json()) print(left_words(file));
      if (!lock.busy()) {
        const auto round = measure(in, chosen_probes(*document, {}, true, held), refused_now, stop, [&](Readings batch) { read += batch.size(); document->add_observations(batch); });
        all.asked += round.asked, all.read += round.read;
      }
      if (stop.asked()) break;
      const auto now = document->backups();
      const auto fresh = newly_in_trouble(before, now);
      const auto known = backups_by_id(document->plan());
      const auto bad = std::count_if(now.begin(), now.end(), [](const BackupStatus& s) { return s.state != BackupState::ok; });
      trouble = trouble || bad > 0;
      if (in.json()) {
        Json backups = Json::array(), names = Json::array();
        for (const auto& status : now) backups.push_back(json_of(document->plan(), status, name_of(known, status)));
        for (const auto& status : fresh) names.push_back(name_of(known, status));
        list.push_back({{"file", file}, {"read", read}, {"left_to_another", lock.busy()}, {"held_back", held}, {"newly_in_trouble", names}, {"backups", backups}});
      } else {
        if (read > 0 || bad > 0) print(tr("{file}: {count} read, {fresh} newly breached or failed, {bad} of {all} not OK", {{"file", one_line(file)}, {"count", read}, {"fresh", fresh.size()}, {"bad", bad}, {"all", now.size()}}));
        if (held > 0) print(held_back_words(held));
        for (const auto& status : fresh) print_status(name_of(known, status), status);
      }
      if (in.has("--notify")) troubles.push_back({plan_identity(*document), document->plan().organisation().name, now, now});
    } catch (const Error& error) {
      failed = true;
      if (in.json()) list.push_back({{"file", file}, {"error", error.what()}});
      else std::fprintf(stderr, "mainstay-cli: %s\n", one_line(error.what()).c_str());
    }
    if (stop.asked()) break;
  }
  if (stop.asked()) return say_stopped(stop, all);
  if (in.has("--notify")) tell_trouble(troubles, [](const TroubleNotice& notice) { return show_desktop_notice(notice.title, notice.text, true); });  // not shown: nobody is signed in now, it is told later
  if (in.json()) print(list);
  if (files.empty()) throw Error(ErrorCode::missing_file, tr("No plan file lies in “{path}”.", {{"path", named.front()}}));
  return failed && files.size() == 1 ? Exit::failed : trouble || failed ? Exit::found : Exit::fine;
}

/// What lies on a share of Time Machine bundles, whose it is, and what would measure it.
int discover(Document& document, const Invocation& in, const RecordRef& named) {
  const auto& plan = document.plan();
  std::optional<Probe> via;  // a copy: the plan moves when the change is applied
  for (const auto& probe : plan.probes)
    if (probe.type == Probe::Type::time_machine && (!named || probe.id == named.id || probe.backup_id == named.id)) {
      if (via && !named && via->url != probe.url) throw Error(ErrorCode::usage, tr("Name the probe whose share is to be looked at."));
      if (!via) via = probe;
    }
  if (!via) throw Error(ErrorCode::refused, tr("There is no Time Machine probe to look through: add one with the address of the share."));
  const StopSignals stop;
  const auto search = find_bundles(*via, system_secrets(), in.clock, stop.token());
  if (stop.asked()) return say_stopped(stop, {});
  if (!search.presented_pin.empty() && pin_in(search.presented_pin) != via->pin)
    throw Error(ErrorCode::refused, tr("{problem} Trust the device first: mainstay-cli probe {file} --trust", {{"problem", search.problem}, {"file", in.get("FILE")}}));
  if (!search.problem.empty()) throw Error(ErrorCode::io, search.problem);
  const auto found = match_bundles(plan, *via, search.bundles);
  if (!in.has("--dry-run")) document.apply(found.change);
  Json list = Json::array();
  for (const auto& match : found.bundles) {
    const auto& reading = match.bundle.reading;
    const auto* state = match.known ? "known" : match.left_out ? "left_out" : "added";
    if (in.json()) {
      list.push_back({{"bundle", clean_utf8(match.bundle.name)}, {"computer", match.computer}, {"host_uuid", match.bundle.host_uuid}, {"model", match.bundle.model}, {"state", state},
                      {"device_id", match.device_id.empty() ? Json(nullptr) : Json(match.device_id.text)}, {"new_device", match.is_new_device}, {"why", match.why}, {"backup_id", match.backup_id.text},
                      {"probe_id", match.probe_id.text}, {"outcome", std::string(outcome_name(reading.outcome))}, {"last_point", json_of(reading.last_point)}, {"detail", reading.detail}});
      continue;
    }
    print(tr("{bundle}: {reading}", {{"bundle", one_line(match.bundle.name)}, {"reading", one_line(reading.detail)}}));
    print("    " + one_line(match.why));
    if (match.known) print(tr("    Measured already by “{probe}”.", {{"probe", one_line(title_of(plan, match.probe_id))}}));
    else if (!match.left_out) print(in.has("--dry-run") ? tr("    A backup and a probe would be added.") : tr("    A backup and a probe were added."));
  }
  if (in.json()) {
    print(Json{{"share", via->url}, {"added", found.added}, {"known", found.known}, {"passed_over", search.passed_over}, {"dry_run", in.has("--dry-run")}, {"bundles", list}, {"remarks", found.remarks}});
    return Exit::fine;
  }
  for (const auto& remark : found.remarks) print(remark);
  if (search.passed_over > 0) print(tr_count(static_cast<long long>(search.passed_over), "One more bundle was not looked into.", "{count} more bundles were not looked into."));
  if (found.added == 0) print(tr("Nothing is new."));
  else if (in.has("--dry-run")) print(tr("Nothing was written."));
  return Exit::fine;
}

}  // namespace

int run_probe(const Invocation& in) {
  std::error_code error;
  const auto& more = in.all("NAME");
  const bool many = fs::is_directory(in.get("FILE"), error) || std::any_of(more.begin(), more.end(), [](const std::string& word) { std::error_code none; return fs::exists(word, none); });
  if (in.has("--notify") && (!in.has("--due") || in.has("--out"))) throw Error(ErrorCode::usage, tr("--notify goes with --due, and not with --out."));
  if (in.has("--due") && !in.has("--out") && (many || in.has("--notify"))) return run_due(in);
  if (in.all("NAME").size() > 1) throw Error(ErrorCode::usage, tr("Name one backup or probe, or give --due and several plan files or folders."));
  const auto document = in.open();
  const auto& plan = document->plan();
  RecordRef only;
  if (in.has("NAME") && !(only = named(plan, in.get("NAME")))) {
    print(in.json() ? std::string("[]") : tr("No backup or probe is called “{name}”.", {{"name", in.get("NAME")}}));
    return Exit::found;
  }
  if (in.has("--discover")) return discover(*document, in, only);
  if (in.has("--dry-run")) throw Error(ErrorCode::usage, tr("--dry-run goes with --discover."));
  if (in.has("--changed-too") && !in.has("--trust")) throw Error(ErrorCode::usage, tr("--changed-too goes with --trust."));
  const Id only_backup = !only ? Id{} : only.kind() == "probe" ? Id{only.text("backup_id")} : only.id;
  Readings all;
  std::size_t held = 0;
  const auto refused_now = std::make_shared<RefusedNow>();
  std::optional<FileLock> round;
  if (in.has("--due") && !in.has("--out")) round.emplace(round_name(in.get("FILE")), std::chrono::milliseconds(0));
  const bool left = round && round->busy();
  if (left && !in.json()) print(left_words(in.get("FILE")));
  {
    const StopSignals stop;
    const auto measured = measure(in, left ? std::vector<Probe>() : chosen_probes(*document, only, in.has("--due"), held), refused_now, stop, [&](Readings batch) {
      if (!in.has("--out")) document->add_observations(batch);
      all.insert(all.end(), std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.end()));
    });
    if (in.has("--out") && (!stop.asked() || !all.empty())) write_file(in.get("--out"), readings_to_json(plan, all));
    if (stop.asked()) return say_stopped(stop, measured);
  }
  if (in.has("--out")) {
    if (!in.json()) print(tr_count(static_cast<long long>(all.size()), "Wrote one reading into {path}; the plan was not changed.", "Wrote {count} readings into {path}; the plan was not changed.", {{"path", in.get("--out")}}));
    return Exit::fine;
  }
  if (held > 0 && !in.json()) print(held_back_words(held));
  if (in.has("--trust")) {
    const auto trusted = trust_keys(*document, in, all);
    const StopSignals stop;
    const auto measured = measure(in, trusted, refused_now, stop, [&](Readings batch) {  // read at last: the verdict is about what it says now
      document->add_observations(batch);
      for (auto& reading : batch) std::erase_if(all, [&](const Observation& before) { return before.probe_id == reading.probe_id; }), all.push_back(std::move(reading));
    });
    if (stop.asked()) return say_stopped(stop, measured);
  }
  Json list = Json::array();
  bool all_ok = std::all_of(all.begin(), all.end(), [](const Observation& reading) { return is_answer(reading.outcome); });  // what could not be read is no good news
  bool any = false;
  const auto known = backups_by_id(plan);
  for (const auto& status : document->backups()) {
    if (only && status.backup_id != only_backup) continue;
    any = true;
    all_ok = all_ok && status.state == BackupState::ok;
    if (in.json()) list.push_back(json_of(plan, status, name_of(known, status)));
    else print_status(name_of(known, status), status);
  }
  if (in.json()) print(list);
  else if (!any) print(tr("This plan names no backup yet: add one with “mainstay-cli add FILE backup name=…”."));
  return all_ok ? Exit::fine : Exit::found;
}

}  // namespace mainstay::cli
