// SPDX-License-Identifier: MIT
// The only file that knows CLI11: turns the registry of verbs into its parser.
#include <clocale>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <CLI/CLI.hpp>

#include "app/cli/command.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay::cli {
namespace {

const Command all_commands[] = {
    {"new", "Create a plan file from a starter plan", {{"FILE", "the plan file to create", false}},
     {{"--template", "ID", "the starter plan (see --list); without it the plan is blank"}, {"--name", "TEXT", "the business's name"},
      {"--from", "PLAN", "copy another plan's content"}, {"--list", "", "list the starter plans"}, {"--refresh-sample", "FOLDER", "bring the sample client's backups in FOLDER up to now"}, {"--json", "", "print JSON"}}, run_new},
    {"show", "Show the plan, the records of a kind, or one record", {{"FILE", "the plan file", false}, {"KIND", "a kind of record, or the id of one record", false}, {"ID", "id, unique name or prefix", false}},
     {{"--kinds", "", "list the kinds and their fields"}, {"--probe-types", "", "list the ways to measure a backup and what each asks for"}, {"--json", "", "print JSON"}}, run_show},
    {"add", "Add a record; prints its id", {{"FILE", "the plan file"}, {"KIND", "a kind of record"}, {"VALUES", "field=value …", false, true}}, {}, run_add},
    {"set", "Set fields of a record", {{"FILE", "the plan file"}, {"KIND", "a kind of record"}, {"ID", "id, unique name or prefix"}, {"VALUES", "field=value …", true, true}}, {}, run_set},
    {"remove", "Remove a record and what is part of it", {{"FILE", "the plan file"}, {"KIND", "a kind of record"}, {"ID", "id, unique name or prefix"}}, {}, run_remove},
    {"link", "Tie two records together; prints the link's id", {{"FILE", "the plan file"}, {"FROM", "what needs, protects …"}, {"TO", "what is needed, protected …"}, {"VALUES", "kind=needs …", false, true}}, {}, run_link},
    {"find", "Search the whole plan", {{"FILE", "the plan file"}, {"TEXT", "the text to look for"}}, {{"--json", "", "print JSON"}}, run_find},
    {"import", "Import a plan, a list of records, or an inventory of devices", {{"FILE", "the plan file"}, {"SOURCE", "plan XML, CSV, a folder of CSV files or phone backups, or what an inventory program wrote"}},
     {{"--as", "FORMAT", "when the content does not tell: plan_xml, csv, csv:KIND, devices, ideviceinfo, mobile_plist, system_profiler, agent_xml, osquery"},
      {"--map", "HEADER=FIELD,…", "what columns of a device list mean; remembered for the next file of that kind", true}, {"--take-list", "", "where the file contradicts what a person typed, take the file's value"}, {"--dry-run", "", "only say what would happen"}, {"--json", "", "print JSON"}}, run_import},
    {"export", "Export as plan XML or as a folder of CSV files", {{"FILE", "the plan file"}, {"OUT", "a name that ends in .xml, or a folder"}}, {}, run_export},
    {"probe", "Measure the backups and hold them against the plan", {{"FILE", "the plan file; with --due also a folder of them"}, {"NAME", "one backup or probe; with --due more plan files or folders", false, true}},
     {{"--due", "", "only those whose turn it is; for cron and timers"}, {"--notify", "", "with --due: a notice on the desktop for each new breach, once"}, {"--out", "READINGS", "write the readings into a file for “import” elsewhere; the plan is left alone"},
      {"--discover", "", "list the Time Machine bundles on the probe's share, match them to the devices, and measure those that nothing measures"}, {"--dry-run", "", "with --discover: only show them"},
      {"--trust", "", "show the fingerprint of a device that nobody vouches for, and keep it"}, {"--yes", "", "trust without asking"}, {"--changed-too", "", "with --trust --yes: also a key that is another than the one trusted before"}, {"--at-once", "N", "how many probes run side by side (100, at most 300)"},
      {"--per-host", "N", "how many of them look at one computer (6)"}, {"--json", "", "print JSON"}}, run_probe},
    {"secret", "Keep a password or key on this computer, outside every plan: in the keyring, else in a file of your own", {{"ACTION", "keep (read from the input; for sftp:// also key:/PATH of a private SSH key, its passphrase then kept as NAME-passphrase), where or forget"}, {"NAME", "the name that probes give it"}}, {}, run_secret},
    {"restore", "Test a restore with a stopwatch: choose a sample, restore it with your own program, compare what came back",
     {{"FILE", "the plan file"}, {"ACTION", "start, stop, status or cancel", false}, {"BACKUP", "the backup; may be left out where only one is meant", false}},
     {{"--from", "FOLDER", "start: the original folder to choose from; else the folder of the protected data"}, {"--sample", "N", "start: at most so many files; without this and --mb, as many as tell the time of everything"}, {"--mb", "N", "start: at most so many MB"},
      {"--seed", "N", "start: choose the same files again"}, {"--again", "", "start: forget a test that is running"}, {"--at", "FOLDER", "stop: where it came back"},
      {"--until-last-file", "", "stop: count to the last file that was written, not to now"}, {"--took", "TIME", "stop: how long it took, where the clock is not to be believed"},
      {"--full-mb", "N", "stop: size of the whole set"}, {"--by", "PERSON", "stop: who did it"}, {"--record-only", "", "stop: leave the recovery time of the data alone"},
      {"--dry-run", "", "stop: compare and write nothing down"}, {"--manifest", "F", "keep the running test in this file"}, {"--json", "", "print JSON"}}, run_restore},
    {"check", "Check the plan against every rule", {{"FILE", "the plan file"}},
     {{"--pack", "ID", "only the rules of one pack"}, {"--min", "SEVERITY", "info, warning, error or critical and worse"}, {"--sync", "", "bring the checklist up to date"}, {"--json", "", "print JSON"}}, run_check},
    {"task", "Work on the checklist", {{"FILE", "the plan file"}, {"ACTION", "list, done, reopen, assign or note"}, {"ID", "task: id, unique name or prefix", false}, {"TO", "assign: a person; note: the text", false}},
     {{"--all", "", "list done and cleared ones too"}, {"--json", "", "print JSON"}}, run_task},
    {"recall", "Look for recalls that concern your devices, and decide on them", {{"FILE", "the plan file"}, {"ACTION", "list, fetch, show, accept or dismiss"}, {"WHAT", "fetch: a feed's name, a file or an address; else a recall's id or number", false}},
     {{"--all", "", "list decided ones too"}, {"--devices", "DEVICE,…", "accept: only these devices are concerned", true}, {"--match", "CONDITION", "accept: a condition of your own, as in a rule pack"},
      {"--why", "TEXT", "dismiss: the reason"}, {"--json", "", "print JSON"}}, run_recall},
    {"questions", "List what rules ask about devices and places, and answer it",
     {{"FILE", "the plan file"}, {"ACTION", "list, answer or unknown (“I don't know”)", false}, {"SUBJECT", "a device or place", false}, {"QUESTION", "the question's name, as the list shows it", false}, {"VALUE", "answer: what was seen", false}},
     {{"--all", "", "list answered ones too"}, {"--json", "", "print JSON"}}, run_questions},
    {"rules", "List rule packs, look for faults in one, or explain a verdict", {{"ACTION", "list, lint or explain"}, {"WORDS", "list: packs; lint: pack files or folders of them, without any the carried packs and your own; explain: the plan, and a device or other record", false, true}},
     {{"--rule", "ID", "explain: only this rule, also where it is not about the device"}, {"--samples", "FOLDER", "lint: try the packs on the samples there, too; without a folder on those in “samples” beside the packs", false, true}, {"--json", "", "print JSON"}}, run_rules},
    {"simulate", "Play a loss through, day by day", {{"FILE", "the plan file"}, {"MORE", "more that is lost, after --lose", false, true}},
     {{"--lose", "KIND|ID", "what is lost: premises, a kind, or records", true}, {"--days", "N", "for how many days (14)"}, {"--json", "", "print JSON"}}, run_simulate},
    {"activate", "Activate the plan: start the clocks and the log", {{"FILE", "the plan file"}},
     {{"--name", "TEXT", "what happened"}, {"--by", "PERSON", "who declares it"}, {"--exercise", "", "this is an exercise"}, {"--log", "TEXT", "write an entry into the running log"},
      {"--done", "STEP", "a step is done: its first words, or its id"}, {"--set-aside", "STEP", "a step does not apply this time"}, {"--stand-down", "", "end the running incident"}, {"--json", "", "print JSON"}}, run_activate},
    {"report", "Write a report", {{"FILE", "the plan file", false}, {"ID", "which report (see --list)", false}},
     {{"-o,--output", "OUT", "the file to write"}, {"--format", "FORMAT", "pdf, html or csv; else told from the name"}, {"--period", "MONTH", "for reports about a time: 2026-11, last (the month before this), or 2026-11-01..2026-11-15; else this month"}, {"--list", "", "list the reports"}, {"--json", "", "print JSON"}}, run_report},
    {"history", "Show who changed what and when", {{"FILE", "the plan file"}}, {{"--edits", "", "with every field"}, {"--json", "", "print JSON"}}, run_history},
    {"undo", "Take back the newest change", {{"FILE", "the plan file"}}, {}, run_undo},
    {"redo", "Bring back what was undone", {{"FILE", "the plan file"}}, {}, run_redo},
};

int exit_code(ErrorCode code) { return code == ErrorCode::usage || code == ErrorCode::ambiguous ? Exit::usage : Exit::failed; }

std::string long_name(std::string_view option) {
  const auto comma = option.find(',');
  return std::string(comma == std::string_view::npos ? option : option.substr(comma + 1));
}

/// Reads the day or instant of `--as-of`; a bare day means its noon, UTC.
Clock clock_as_of(const std::string& text) {
  const auto instant = parse_instant(text);
  if (!instant) throw Error(ErrorCode::usage, tr("--as-of takes a day or time such as 2026-11-24 or 2026-11-24T08:30:00Z, not “{text}”.", {{"text", text}}));
  if (instant->seconds < 0 || instant->seconds > Instant(Date::of(2999, 12, 31).days * std::int64_t{86400}).seconds)
    throw Error(ErrorCode::usage, tr("--as-of takes a day between 1970 and 2999, not “{text}”.", {{"text", text}}));
  const auto at = parse_date(text) ? instant->plus_minutes(12 * 60) : *instant;
  return [at] { return at; };
}

int run(int argc, char** argv) {
  CLI::App app{"Mainstay: a business continuity plan that checks itself.", "mainstay-cli"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "mainstay-cli 0.1.0");
  app.failure_message(CLI::FailureMessage::simple);  // the sentence, and where help is; a page of help would hide it
  std::string as_of;
  app.add_option("--as-of", as_of, "fix the clock: a day or an instant");
  std::map<std::string, std::vector<std::string>> words;
  std::map<std::string, bool> switches;
  const Command* chosen = nullptr;
  for (const auto& command : all_commands) {
    auto* verb = app.add_subcommand(std::string(command.name), std::string(command.help));
    verb->add_option("--as-of", as_of, "fix the clock: a day or an instant");
    const auto key = [&](std::string_view name) { return std::string(command.name) + " " + std::string(name); };
    for (const auto& p : command.positionals) {
      auto* option = verb->add_option(std::string(p.name), words[key(p.name)], std::string(p.help));
      option->required(p.required);
      if (!p.many) option->expected(1)->allow_extra_args(false);
    }
    for (const auto& o : command.options) {
      const auto name = key(long_name(o.name));
      if (o.value.empty()) verb->add_flag(std::string(o.name), switches[name], std::string(o.help));
      else {
        auto* option = verb->add_option(std::string(o.name), words[name], std::string(o.help))->type_name(std::string(o.value));
        option->allow_extra_args(false);
        if (o.may_stand_alone) option->expected(0, 1);
        else if (!o.many) option->expected(1);
      }
    }
    verb->callback([&chosen, &command] { chosen = &command; });
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? Exit::fine : Exit::usage;
  }
  Invocation invocation;
  const auto own = std::string(chosen->name) + " ";
  for (const auto& [name, values] : words)
    if (name.starts_with(own) && !values.empty()) invocation.words[name.substr(own.size())] = values;
  for (const auto& [name, on] : switches)
    if (name.starts_with(own) && on) invocation.words[name.substr(own.size())] = {};
  if (as_of.empty())
    if (const char* fixed = std::getenv("MAINSTAY_AS_OF"); fixed && *fixed) as_of = fixed;
  if (!as_of.empty()) invocation.clock = clock_as_of(as_of);
  const int code = chosen->run(invocation);
  if (std::fflush(stdout) != 0 && errno != EPIPE) throw Error(ErrorCode::io, tr("The output could not be written."));
  return code;
}

}  // namespace

std::span<const Command> commands() { return all_commands; }

}  // namespace mainstay::cli

int main(int argc, char** argv) {
  using namespace mainstay;
  std::setlocale(LC_ALL, "");
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has seen enough, such as head, is no error
  std::signal(SIGXFSZ, SIG_IGN);  // a file that would grow beyond what is allowed fails like a full disk, with a sentence
  try {
    return cli::run(argc, argv);
  } catch (const Error& error) {
    std::fprintf(stderr, "mainstay-cli: %s\n", error.what());
    return cli::exit_code(error.code());
  } catch (const std::bad_alloc&) {
    std::fputs("mainstay-cli: there is not enough memory for this.\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "mainstay-cli: something unexpected went wrong (%s); nothing was changed.\n", error.what());
  }
  return cli::Exit::failed;
}
