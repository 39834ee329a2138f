// SPDX-License-Identifier: MIT
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/response.h"

namespace mainstay::cli {
namespace {

void print_briefing(const Plan& plan, const Briefing& briefing) {
  const Args args{{"time", spoken(briefing.incident.activated_at)}, {"name", briefing.incident.name}};
  print(briefing.incident.is_exercise == Answer::yes ? tr("EXERCISE since {time}: {name}", args) : tr("ACTIVE since {time}: {name}", args));
  print(tr("Next steps:"));
  constexpr std::size_t most_steps = 10;
  for (std::size_t i = 0; i < briefing.next_steps.size() && i < most_steps; ++i) {
    print("  [ ] " + briefing.next_steps[i].action);
    if (!briefing.next_steps[i].who.empty()) print("      " + briefing.next_steps[i].who);
  }
  if (briefing.next_steps.size() > most_steps) print(tr("  … and {count} more, in the plan and in the window.", {{"count", briefing.next_steps.size() - most_steps}}));
  print(tr("Clocks:"));
  std::vector<std::vector<std::string>> rows;
  for (const auto& clock : briefing.clocks) {
    const auto left = clock.minutes_left;
    rows.push_back({"  " + title_of(plan, clock.activity_id), tr("back within {rto}", {{"rto", spoken_minutes(clock.rto_minutes)}}),
                    left < 0 ? tr("{time} over", {{"time", spoken_minutes(-left)}}) : tr("{time} left", {{"time", spoken_minutes(left)}})});
  }
  print_table(rows);
}

int print_json(const Briefing& briefing, bool already_active) {
  Json clocks = Json::array(), steps = Json::array();
  for (const auto& clock : briefing.clocks) clocks.push_back({{"activity", clock.activity_id.text}, {"rto_minutes", clock.rto_minutes}, {"minutes_left", clock.minutes_left}, {"due_at", json_of(clock.due_at)}});
  for (const auto& step : briefing.next_steps) steps.push_back({{"step", step.step_id.text}, {"action", step.action}, {"who", step.who}});
  const auto& incident = briefing.incident;
  print(Json{{"incident", incident.id.text}, {"activated_at", json_of(incident.activated_at)}, {"already_active", already_active}, {"is_exercise", incident.is_exercise == Answer::yes}, {"steps", steps}, {"clocks", clocks}});
  return Exit::fine;
}

/// The open step that somebody means: its id, or the first words of what is to be done. \throws Error where none or several fit.
const Briefing::NextStep& open_step(const Briefing& briefing, const std::string& typed) {
  const auto wanted = lower_case(trimmed(typed));
  std::vector<const Briefing::NextStep*> fitting;
  for (const auto& step : briefing.next_steps) {
    if (lower_case(step.step_id.text) == wanted || lower_case(step.action) == wanted) return step;
    if (!wanted.empty() && lower_case(step.action).starts_with(wanted)) fitting.push_back(&step);
  }
  if (fitting.size() == 1) return *fitting.front();
  if (fitting.empty()) throw Error(ErrorCode::not_found, tr("No open step begins with “{text}”. `activate FILE` lists them.", {{"text", shortened(clean_utf8(typed), 80)}}));
  std::vector<std::string> lines;
  for (const auto* step : fitting) lines.push_back(tr("{id}: {action}", {{"id", step->step_id.text}, {"action", step->action}}));
  throw Error(ErrorCode::ambiguous, tr("“{text}” begins {count} open steps; name one by its id:\n  {list}", {{"text", clean_utf8(typed)}, {"count", fitting.size()}, {"list", join(lines, "\n  ")}}));
}

void work_on_incident(const Invocation& in, Document& document, const Id& incident, Instant now) {
  if (in.has("--log") && trimmed(in.get("--log")).empty()) throw Error(ErrorCode::usage, tr("Say what happened: an entry of the log cannot be taken out again."));
  const auto briefing = incident_briefing(document.plan(), incident, now);
  const auto done = in.has("--done") ? open_step(briefing, in.get("--done")).step_id : Id{}, aside = in.has("--set-aside") ? open_step(briefing, in.get("--set-aside")).step_id : Id{};
  if (!done.empty()) document.apply(step_done_change(document.plan(), incident, done, document.author(), now));
  if (!aside.empty()) document.apply(step_set_aside_change(document.plan(), incident, aside, document.author(), now));
  if (in.has("--log")) document.apply(log_change(incident, LogEntry::Kind::note, in.get("--log"), document.author(), now, now));
  if (in.has("--stand-down")) document.apply(stand_down_change(document.plan(), incident, document.author(), now));
}

}  // namespace

int run_activate(const Invocation& in) {
  const auto document = in.open();
  const auto running = running_incident(document->plan());
  const auto now = document->now();
  if (in.has("--log") || in.has("--done") || in.has("--set-aside") || in.has("--stand-down")) {
    if (!running) throw Error(ErrorCode::refused, tr("No incident is running: activate the plan first."));
    work_on_incident(in, *document, running->id, now);
    if (in.json()) return print_json(incident_briefing(document->plan(), running->id, now), true);
    print(in.has("--stand-down") ? tr("Stood down. The log is kept in the plan.") : tr("Written down."));
    if (const auto left = incident_briefing(document->plan(), running->id, now).next_steps; !in.has("--stand-down") && !in.has("--log"))
      print(left.empty() ? tr("No step is open.") : tr("Next: {action}", {{"action", left.front().action}}));
    return Exit::fine;
  }
  const bool drill_over = running && running->is_exercise == Answer::yes && !in.has("--exercise") && in.has("--name");
  if (running && !drill_over && in.has("--name"))
    throw Error(ErrorCode::refused, tr("“{name}” is running already: write into its log with --log, or end it with --stand-down.", {{"name", running->name}}));
  if (drill_over) {  // the real thing ends a drill
    document->apply(stand_down_change(document->plan(), running->id, document->author(), now));
    if (!in.json()) print(tr("The exercise “{name}” was ended: this is real.", {{"name", running->name}}));
  }
  Id incident = running && !drill_over ? running->id : Id{};
  if (incident.empty()) {
    const auto by = in.has("--by") ? resolve_record(document->plan(), "person", in.get("--by")).id : Id{};
    const auto change = activation_change(document->plan(), {in.get("--name"), by, in.has("--exercise"), document->author(), now, document->content_hash()});
    document->apply(change);
    incident = change.edits.front().id;
  }
  const auto briefing = incident_briefing(document->plan(), incident, document->now());
  if (in.json()) return print_json(briefing, running && !drill_over);
  print_briefing(document->plan(), briefing);
  return Exit::fine;
}

}  // namespace mainstay::cli
