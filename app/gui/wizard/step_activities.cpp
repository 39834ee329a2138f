// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_activities = 40;

std::vector<std::pair<std::int64_t, std::string>> hurt_choices() {
  return {{60, tr("After 1 hour")},    {240, tr("After 4 hours")}, {480, tr("After 8 hours")}, {720, tr("After half a day")},  {1440, tr("After 1 day")},
          {2880, tr("After 2 days")}, {4320, tr("After 3 days")}, {7200, tr("After 5 days")},
          {10080, tr("After 1 week")}, {20160, tr("After 2 weeks")}, {43200, tr("After a month")}};
}
std::vector<std::pair<std::int64_t, std::string>> back_choices() {
  return {{30, tr("Half an hour")}, {60, tr("1 hour")},  {120, tr("2 hours")}, {240, tr("4 hours")}, {480, tr("8 hours")}, {720, tr("Half a day")}, {1440, tr("1 day")},
          {2880, tr("2 days")},     {4320, tr("3 days")}, {10080, tr("1 week")}, {20160, tr("2 weeks")}};
}
std::vector<std::pair<std::int64_t, std::string>> loss_choices() {
  return {{15, tr("15 minutes of work")}, {60, tr("1 hour of work")}, {240, tr("4 hours of work")}, {1440, tr("1 day of work")}, {4320, tr("3 days of work")}, {10080, tr("1 week of work")}};
}

/// The longest offered time that leaves half of the tolerance for catching up.
std::int64_t suggested_rto(std::int64_t mtpd) {
  std::int64_t best = 30;
  for (const auto& [minutes, words] : back_choices())
    if (minutes * 2 <= mtpd) best = minutes;
  return best;
}

/// Sets a time and records that the business itself said so; a longer stop also brings the RTO inside it.
Change set_time(const Plan& plan, const Id& id, const std::string& key, const std::string& value, Date today) {
  const Activity* activity = find_in(plan.activities, id);
  if (!activity) return {};
  std::vector<std::pair<std::string, std::string>> values{{key, value}, {"times_basis", "asserted"}, {"times_on", to_text(today)}};
  if (key == "mtpd_minutes" && !value.empty()) {
    const std::int64_t mtpd = std::stoll(value);
    const auto& rto = activity->rto_minutes;
    if (!rto || rto.count + activity->work_recovery_minutes.value_or(0) > mtpd) values.emplace_back("rto_minutes", std::to_string(suggested_rto(mtpd)));
  }
  return set_fields(plan, find_record(plan, id), values);
}

StepField time_field(StepPage& page, const Activity& activity, const std::string& key, const std::string& label) {
  StepField field = record_field(page.plan(), "activity", activity.id, key, activity.name);
  field.label = label;
  field.name = tr("{field}, {record}", {{"field", label}, {"record", activity.name}});
  field.get = [id = activity.id, key](const Plan& plan) { return find_record(plan, id).text(key); };
  field.set = [&page, id = activity.id, key](const Plan& plan, const std::string& value) { return set_time(plan, id, key, value, page.document().today()); };
  return field;
}

Change confirm_times(const Plan& plan, Date today) {
  Change all;
  for (const auto& activity : plan.activities) {
    if (!activity.mtpd_minutes && !activity.rto_minutes) continue;
    const Change one = set_fields(plan, find_record(plan, activity.id), {{"times_basis", "asserted"}, {"times_on", to_text(today)}});
    if (one.empty()) continue;
    if (all.empty()) all = one;
    else append(all, one);
  }
  all.note = tr("Confirm the times of all activities");
  return all;
}

void build(StepPage& page) {
  const Plan& plan = page.plan();
  if (plan.activities.empty()) page.sentence(tr("Nothing yet. A starter plan on page 1 brings a list, or add what you do below."));
  std::size_t number = 0;
  for (const auto& activity : plan.activities) {
    if (++number > most_activities) break;
    const std::string title = activity.name.empty() ? tr("Activity {number}", {{"number", number}}) : activity.name;
    page.section(title);
    page.begin_cells(3);
    page.choice(time_field(page, activity, "mtpd_minutes", tr("How soon would this really hurt?")), time_options(hurt_choices(), find_record(plan, activity.id).text("mtpd_minutes"), "After {time}"));
    page.choice(time_field(page, activity, "rto_minutes", tr("Back within")), time_options(back_choices(), find_record(plan, activity.id).text("rto_minutes")));
    Options loss = time_options(loss_choices(), find_record(plan, activity.id).text("rpo_minutes"), "{time} of work");
    loss.insert(loss.begin() + 1, {none_text, tr("It uses no data")});
    page.choice(time_field(page, activity, "rpo_minutes", tr("Data work you could lose")), loss);
    page.end_cells();
    page.begin_row();
    auto* name = page.text(record_field(plan, "activity", activity.id, "name", title));
    name->SetMinSize(wxSize(page.FromDIP(300), name->GetMinSize().y));
    page.button(tr("Remove"), "remove:" + activity.id.text, [&page, id = activity.id] { page.apply(removed(page.plan(), id)); }, tr("Remove {record}", {{"record", title}}));
    page.end_row();
  }
  if (number > most_activities) page.sentence(tr("The first {count} are shown; the Activities page holds the others.", {{"count", most_activities}}), true);
  if (!plan.activities.empty()) {
    page.section(tr("Are these times your own?"));
    page.sentence(tr("Times from a starter plan are guesses about a business like yours until somebody here agrees with them."), true);
    page.button(tr("Yes, these times are ours"), "confirm_times", [&page] {
      if (page.apply(confirm_times(page.plan(), page.document().today()))) page.say(tr("The times now count as your own word, dated today."));
    });
  }
  page.section(tr("Add an activity"));
  page.add_form({{tr("What you do"), "new_activity_name", {}}}, tr("Add this activity"), "add_activity", [](const Plan&, const std::vector<std::string>& values) {
    return trimmed(values[0]).empty() ? Change{} : added("activity", {{"name", values[0]}});
  });
}

}  // namespace

StepInfo activities_step() {
  return {"activities", tr("What must keep going"), tr("What must keep going, and how soon would a stop really hurt?"),
          tr("“Without the till we lose customers after half a day; we could retype one day of orders, not more.”"),
          tr("these times decide what is brought back first, and how fresh every backup has to be."), build, [](StepPage& page) {
            std::string shape;
            for (const auto& activity : page.plan().activities) shape += activity.id.text + activity.name + ' ';
            return shape;
          }};
}

}  // namespace mainstay
