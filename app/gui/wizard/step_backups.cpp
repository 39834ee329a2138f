// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>

#include "app/gui/finding_words.h"
#include "app/gui/secret_dialog.h"
#include "app/gui/session.h"
#include "app/gui/trust_dialog.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/probe/probe_types.h"

namespace mainstay {
namespace {

constexpr std::size_t most_backups = 20;

const Probe* probe_of(const Plan& plan, const Id& backup) {
  const auto found = std::find_if(plan.probes.begin(), plan.probes.end(), [&](const Probe& probe) { return probe.backup_id == backup; });
  return found == plan.probes.end() ? nullptr : &*found;
}

/// How the backup is measured, or would be where it has no probe yet: by what goes with how it is made.
Probe::Type type_of(const Plan& plan, const Backup& backup) {
  const Probe* probe = probe_of(plan, backup.id);
  return probe ? probe->type : usual_probe(backup.method);
}
std::string type_key(const Plan& plan, const Id& backup) {
  const auto* record = find_in(plan.backups, backup);
  const auto* type = record ? probe_type(type_of(plan, *record)) : nullptr;
  return type ? std::string(type->id) : std::string();
}

/// A field of the backup's probe; the probe is made when first written.
StepField probe_field(const Id& backup, const std::string& key, const std::string& label, const std::string& title) {
  const FieldInfo* info = table_of("probe")->info->field(key);
  StepField field;
  field.label = label;
  field.name = tr("{field}, {record}", {{"field", label}, {"record", title}});
  field.id = key + ":" + backup.text;
  field.help = info->help.empty() ? std::string() : tr(info->help);
  field.get = [backup, info, key](const Plan& plan) {
    const Probe* probe = probe_of(plan, backup);
    return probe ? info->text(probe) : key == "type" ? type_key(plan, backup) : std::string();
  };
  field.set = [backup, key, title](const Plan& plan, const std::string& value) {
    if (const Probe* probe = probe_of(plan, backup)) return set_fields(plan, find_record(plan, probe->id), {{key, value}});
    return trimmed(value).empty() && key != "type" ? Change{} : added("probe", {{"name", title}, {"backup_id", backup.text}, {"type", key == "type" ? value : type_key(plan, backup)}, {key == "type" ? "name" : key, key == "type" ? title : value}});
  };
  return field;
}

/// How often backups of a kind usually run, in minutes, as text; empty where it differs too much to be guessed. macOS starts Time Machine every
/// hour unless told otherwise; the others are jobs of a night.
std::string usual_interval(Backup::Method method) {
  using Method = Backup::Method;
  switch (method) {
    case Method::time_machine: return "60";
    case Method::crashplan: case Method::nas_copy: case Method::cloud_backup: case Method::restic: case Method::borg: return "1440";
    case Method::disk_rotation: return "10080";
    default: return {};
  }
}
Backup::Method method_from(const std::string& key) {
  Backup backup;
  Backup::info().field("method")->set_text(&backup, key);
  return backup.method;
}

/// How the backup is made; how often it runs follows where that was not said, and a probe that has no address yet.
StepField method_field(const Plan& plan, const Backup& backup, const std::string& title) {
  StepField field = record_field(plan, "backup", backup.id, "method", title);
  field.set = [id = backup.id](const Plan& now, const std::string& value) {
    Change change = set_fields(now, find_record(now, id), {{"method", value}});
    const auto method = method_from(value);
    const auto* before = find_in(now.backups, id);
    const bool guessed = !before->interval_minutes || std::to_string(before->interval_minutes.count) == usual_interval(before->method);
    if (const auto every = usual_interval(method); guessed && before->run_at.empty() && !(every.empty() && !before->interval_minutes)) append(change, set_fields(now, find_record(now, id), {{"interval_minutes", every}}));
    const auto* usual = probe_type(usual_probe(method));
    if (const Probe* probe = probe_of(now, id); probe && usual && probe->url.empty()) append(change, set_fields(now, find_record(now, probe->id), {{"type", std::string(usual->id)}}));
    return change;
  };
  return field;
}

/// The backup's probe, made where there is none yet and it is known what it would be.
Id made_probe(StepPage& page, const Id& backup, const std::string& title) {
  if (!probe_of(page.plan(), backup)) {
    const auto type = type_key(page.plan(), backup);
    if (type.empty() || !page.apply(added("probe", {{"name", title}, {"backup_id", backup.text}, {"type", type}}))) return {};
  }
  const auto* probe = probe_of(page.plan(), backup);
  return probe ? probe->id : Id{};
}

/// Buttons that look at the backup now, end that, keep its password and trust its device.
void put_measuring(StepPage& page, const Backup& backup, const std::string& title) {
  Session& session = page.session();
  const Probe* probe = probe_of(page.plan(), backup.id);
  if (type_of(page.plan(), backup) == Probe::Type::unknown) return;  // nothing says how: the sentence above asks for it
  page.button(session.testing(backup.id) ? tr("Testing…") : tr("Test now"), "test:" + backup.id.text,
              [&page, id = backup.id] {
                if (!probe_of(page.plan(), id)) return page.say(tr("Say first where it can be measured: method and address."), true);
                page.session().test_backups({id});
              },
              tr("Test now, {record}", {{"record", title}}));
  if (session.testing(backup.id))
    page.button(tr("Cancel"), "cancel_test:" + backup.id.text, [&page] { page.session().cancel_test(); }, tr("Cancel the test of {record}", {{"record", title}}));
  if (takes_secret(type_of(page.plan(), backup)))
    page.button(tr("Keep its secret…"), "secret:" + backup.id.text,
                [&page, id = backup.id, title] {
                  page.CallAfter([&page, id, title] {
                    page.session().commit_pending();
                    if (const auto made = made_probe(page, id, title); !made.empty()) keep_probe_secret(&page, page.session(), made);
                  });
                },
                tr("Keep the secret of {record}", {{"record", title}}));
  if (probe && !untrusted_fingerprint(session, probe->id).empty())
    page.button(tr("Trust this device…"), "trust:" + backup.id.text, [&page, id = probe->id] { page.CallAfter([&page, id] { trust_device(&page, page.session(), id); }); },
                tr("Trust the device of {record}", {{"record", title}}));
}

void put_measurement(StepPage& page, const Backup& backup, const std::string& title) {
  for (const auto& status : page.document().backups()) {
    if (!(status.backup_id == backup.id)) continue;
    page.begin_cells(2);
    page.sentence(status.age_minutes < 0 ? tr("Measured age: not measured yet") : tr("Measured age: {age}", {{"age", spoken_minutes(status.age_minutes)}}));
    page.sentence(status.rpo.rpo_minutes ? tr("You can bear to lose: {rpo} ({activity})", {{"rpo", spoken_minutes(status.rpo.rpo_minutes.count)}, {"activity", title_of(page.plan(), status.rpo.activity_id)}})
                                         : tr("You can bear to lose: not known; tick the data it covers"));
    page.end_cells();
    page.status(status_of(status), backup_status_label(status), status.detail);
  }
  page.begin_row();
  put_measuring(page, backup, title);
  page.button(tr("Remove this backup"), "remove:" + backup.id.text,
              [&page, id = backup.id] {
                Change change;
                Plan ahead = page.plan();
                while (const Probe* probe = probe_of(ahead, id)) {
                  const Change one = removed(ahead, probe->id);
                  apply_to(ahead, one);
                  append(change, one);
                }
                const Change last = removed(ahead, id);
                append(change, last);
                change.note = last.note;
                page.apply(change);
              },
              tr("Remove {record}", {{"record", title}}));
  page.end_row();
}

void put_backup(StepPage& page, const Backup& backup) {
  const Plan& plan = page.plan();
  const std::string title = backup.name.empty() ? tr("Backup") : backup.name;
  page.section(title);
  page.begin_cells(2);
  page.text(record_field(plan, "backup", backup.id, "name", title));
  page.choice(method_field(plan, backup, title), field_options("backup", "method"));
  StepField every = record_field(plan, "backup", backup.id, "interval_minutes", title);
  every.label = tr("How often does it run?");
  every.name = tr("How often does it run, {record}", {{"record", title}});
  every.get = [id = backup.id](const Plan& now) {
    const auto ref = find_record(now, id);
    return ref ? ref.text("interval_minutes") : std::string();
  };
  page.choice(every, time_options({{60, tr("every hour")}, {240, tr("every 4 hours")}, {720, tr("twice a day")}, {1440, tr("every day")}, {10080, tr("every week")}}, find_record(plan, backup.id).text("interval_minutes"), "every {time}"));
  page.choice(record_field(plan, "backup", backup.id, "place", title), field_options("backup", "place"));
  page.text(record_field(plan, "backup", backup.id, "destination", title));
  page.choice(record_field(plan, "backup", backup.id, "immutable", title), field_options("backup", "immutable"));
  page.text(record_field(plan, "backup", backup.id, "keys_kept_at", title));
  page.end_cells();

  page.sentence(tr("Which data does it cover?"));
  page.begin_cells(2);
  for (const auto& resource : plan.resources) {
    if (resource.kind != Resource::Kind::data) continue;
    StepField field;
    field.label = resource.name;
    field.name = tr("{backup} covers {data}", {{"backup", title}, {"data", resource.name}});
    field.id = "protects:" + backup.id.text + ":" + resource.id.text;
    field.get = [from = backup.id, to = resource.id](const Plan& now) { return std::string(has_link(now, from, to, Link::Kind::protects) ? "yes" : ""); };
    field.set = [from = backup.id, to = resource.id](const Plan& now, const std::string& value) { return linked(now, from, to, Link::Kind::protects, value == "yes"); };
    page.check(field);
  }
  page.end_cells();

  page.choice(probe_field(backup.id, "type", tr("How Mainstay measures it"), title), field_options("probe", "type"));
  const auto fields = probe_fields(type_of(plan, backup));
  if (fields.empty()) page.sentence(tr("Choose above how it can be measured; then it can be tested at once. Where nothing fits, write down a restore test when you have tried one."), true);
  for (const auto& asked : fields) {
    page.text(probe_field(backup.id, std::string(asked.key), tr(asked.label), title));
    page.sentence(tr("{where} For example: {example}", {{"where", tr(asked.where)}, {"example", asked.example}}), true);
  }
  put_measurement(page, backup, title);
}

void build(StepPage& page) {
  const Plan& plan = page.plan();
  if (plan.backups.empty()) page.sentence(tr("No backup yet. Add one for each place to which a copy goes."));
  std::size_t number = 0;
  for (const auto& backup : plan.backups) {
    if (++number > most_backups) break;
    put_backup(page, backup);
  }
  if (number > most_backups) page.sentence(tr("The first {count} are shown; the Backups page holds the others.", {{"count", most_backups}}), true);
  page.section(tr("Add a backup"));
  page.add_form({{tr("Name"), "new_backup_name", {}}, {tr("Made with"), "new_backup_method", field_options("backup", "method")}}, tr("Add this backup"), "add_backup",
                [](const Plan&, const std::vector<std::string>& values) {
                  return nothing_typed(values) ? Change{} : added("backup", {{"name", values[0]}, {"method", values[1]}, {"interval_minutes", usual_interval(method_from(values[1]))}});
                });
}

}  // namespace

StepInfo backups_step() {
  return {"backups", tr("Backups"), tr("Which data has a copy, where, and how old is it really?"), tr("“The till's data goes to the NAS by Time Machine every hour, and to CrashPlan at night.”"),
          tr("a backup that nobody measures is a hope; Mainstay holds its real age against the work you said you could lose."), build, [](StepPage& page) {
            std::string shape;
            for (const auto& backup : page.plan().backups) shape += backup.id.text + backup.name + std::to_string(static_cast<int>(backup.method)) + std::to_string(static_cast<int>(type_of(page.plan(), backup))) + backup.run_at + (backup.interval_minutes ? std::to_string(backup.interval_minutes.count) : "") + (page.session().testing(backup.id) ? "…" : " ");
            for (const auto& probe : page.plan().probes) shape += untrusted_fingerprint(page.session(), probe.id);
            for (const auto& resource : page.plan().resources)
              if (resource.kind == Resource::Kind::data) shape += resource.id.text + resource.name;
            for (const auto& status : page.document().backups()) shape += status.detail;
            return shape;
          }};
}

}  // namespace mainstay
