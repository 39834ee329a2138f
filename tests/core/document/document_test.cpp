// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/document.h"
#include "core/response.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

const Instant now(1'795'500'000);
DocumentContext context() { return {[] { return now; }, "Tess"}; }

struct Opened {
  std::string path = testing::fresh_folder() + "/p.mainstay";
  std::unique_ptr<Document> document = Document::create(path, "", "Bakery", context());
};

std::string site_name(const Document& document) { return document.plan().sites.at(0).name; }

Change rename_site(const Document& document, const std::string& name) {
  return set_fields(document.plan(), resolve_record(document.plan(), "site", "s"), {{"name", name}});
}

}  // namespace

TEST_CASE("two windows on one plan see each other's edits and lose none") {
  Opened one;
  one.document->apply(add_record("site", Id{"s"}, {{"name", "Shop"}}));
  const auto two = Document::open(one.path, context());
  two->apply(add_record("person", Id{"p"}, {{"name", "Mia"}}));
  one.document->apply(add_record("person", Id{"q"}, {{"name", "Tom"}}));
  CHECK(one.document->plan().people.size() == 2);
  two->refresh();
  CHECK(two->plan().people.size() == 2);
}

TEST_CASE("the same field changed in two places is a conflict that names it") {
  Opened one;
  one.document->apply(add_record("site", Id{"s"}, {{"name", "Shop"}}));
  const auto two = Document::open(one.path, context());
  two->apply(rename_site(*two, "Store"));
  try {
    one.document->apply(rename_site(*one.document, "Kiosk"));
    FAIL("no conflict");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::conflict);
    CHECK(std::string(error.what()).find("“Name”") != std::string::npos);
  }
  CHECK(site_name(*one.document) == "Store");
}

TEST_CASE("the region and the emergency number that it brings are one revision, and undo takes both back") {
  Opened one;
  one.document->apply(add_record("contact", Id{"contact-emergency"}, {{"name", "Police, fire, ambulance"}, {"kind", "emergency"}}));
  const auto before = one.document->history().size();
  one.document->apply(set_fields(one.document->plan(), find_record(one.document->plan(), Id{organisation_id}), {{"region", "new_zealand"}}));
  CHECK(one.document->plan().contacts.front().phone == "111");
  CHECK(one.document->history().size() == before + 1);
  one.document->undo();
  CHECK(one.document->plan().contacts.front().phone.empty());
  one.document->redo();
  CHECK(one.document->plan().contacts.front().phone == "111");
}

TEST_CASE("undo passes over what the machine wrote") {
  Opened one;
  one.document->apply(add_record("site", Id{"s"}, {{"name", "Shop"}}));
  auto machine = add_record("task", Id{"t"}, {{"name", "Look"}, {"subject_id", "s"}});
  machine.cause = Cause::machine;
  one.document->apply(rename_site(*one.document, "Store"));
  one.document->apply(machine);
  one.document->undo();
  CHECK(site_name(*one.document) == "Shop");
  CHECK(one.document->plan().tasks.size() == 1);
}

TEST_CASE("what a person puts on the checklist is about the one record, and undo takes it back") {
  Opened one;
  one.document->apply(add_record("device", Id{"d"}, {{"name", "Till phone"}, {"kind", "phone"}, {"brand", "Apple"}, {"model", "iPhone 6"}}));
  CHECK(one.document->put_on_checklist(Id{"d"}) > 0);
  for (const auto& task : one.document->plan().tasks) CHECK(task.subject_id == Id{"d"});
  const auto of_device = one.document->plan().tasks.size();
  CHECK(one.document->put_on_checklist(Id{"d"}) == 0);
  one.document->put_on_checklist();
  CHECK(one.document->plan().tasks.size() > of_device);
  one.document->undo();
  CHECK(one.document->plan().tasks.size() == of_device);
  one.document->undo();
  CHECK(one.document->plan().tasks.empty());
}

TEST_CASE("undoing the addition of something takes the tasks made for it along") {
  Opened one;
  one.document->apply(add_record("site", Id{"s"}, {{"name", "Shop"}}));
  auto machine = add_record("task", Id{"t"}, {{"name", "Look"}, {"subject_id", "s"}, {"rule_id", "r"}});
  machine.cause = Cause::machine;
  one.document->apply(machine);
  one.document->undo();
  CHECK(one.document->plan().sites.empty());
  CHECK(one.document->plan().tasks.empty());
  one.document->redo();
  CHECK(site_name(*one.document) == "Shop");
}

TEST_CASE("ticking a task leaves the content hash alone, renaming a place does not") {
  Opened one;
  one.document->apply(add_record("site", Id{"s"}, {{"name", "Shop"}}));
  const auto hash = one.document->content_hash();
  one.document->apply(add_record("task", Id{"t"}, {{"name", "Look"}, {"state", "done"}}));
  CHECK(one.document->content_hash() == hash);
  one.document->apply(rename_site(*one.document, "Store"));
  CHECK(one.document->content_hash() != hash);
}

TEST_CASE("an edit fires one event, a change of nothing fires none") {
  Opened one;
  int fired = 0;
  const auto subscription = one.document->subscribe([&] { ++fired; });
  one.document->apply(add_record("site", Id{"s"}, {{"name", "Shop"}}));
  one.document->apply(rename_site(*one.document, "Shop"));
  CHECK(fired == 1);
}

TEST_CASE("a running incident shows open steps and counts against each RTO") {
  Opened one;
  auto& d = *one.document;
  d.apply(add_record("activity", Id{"a"}, {{"name", "Sell"}, {"rto_minutes", "240"}}));
  d.apply(add_record("procedure", Id{"h"}, {{"name", "First hour"}, {"phase", "first_hour"}, {"criteria", "The plan is active"}}));
  d.apply(add_record("step", Id{"s1"}, {{"procedure_id", "h"}, {"position", "1"}, {"action", "Everybody out"}}));
  d.apply(add_record("step", Id{"s2"}, {{"procedure_id", "h"}, {"position", "2"}, {"action", "Count heads"}}));
  d.apply(activation_change(d.plan(), {"Fire", {}, false, "Tess", now, d.content_hash()}));
  const auto incident = running_incident(d.plan());
  REQUIRE(incident);
  d.apply(step_done_change(d.plan(), incident->id, Id{"s1"}, "Tess", now));
  const auto briefing = incident_briefing(d.plan(), incident->id, now.plus_minutes(60));
  REQUIRE(briefing.next_steps.size() == 1);
  CHECK(briefing.next_steps[0].action == "Count heads");
  REQUIRE(briefing.progress);
  CHECK(briefing.progress->procedure == "First hour");
  CHECK(briefing.progress->starts_when == "The plan is active");
  CHECK(briefing.progress->done == 1);
  CHECK(briefing.progress->all == 2);  // of this procedure, not of every one in the plan
  CHECK(briefing.clocks.at(0).minutes_left == 180);
  d.apply(add_record("step", Id{"s3"}, {{"procedure_id", "h"}, {"position", "3"}, {"action", "Call the landlord"}}));
  d.apply(step_set_aside_change(d.plan(), incident->id, Id{"s2"}, "Tess", now));
  const auto later = incident_briefing(d.plan(), incident->id, now.plus_minutes(60));
  REQUIRE(later.next_steps.size() == 1);
  CHECK(later.next_steps[0].action == "Call the landlord");
  CHECK(later.progress->done == 1);  // not done, and not asked for any more
  CHECK(later.progress->all == 2);
  CHECK(d.plan().log_entries.back().text == "Does not apply: Count heads");
  CHECK_THROWS_AS(step_set_aside_change(d.plan(), incident->id, Id{"nowhere"}, "Tess", now), Error);
  const auto entries = d.plan().log_entries.size();
  d.undo();  // takes back the newest edit of the plan, and leaves the log
  CHECK(d.plan().log_entries.size() == entries);
}

TEST_CASE("a step that was ticked in a drill can be removed and brought back, and the log keeps its words") {
  Opened one;
  one.document->apply(add_record("procedure", Id{"p"}, {{"name", "Alarm"}, {"phase", "activation"}}));
  one.document->apply(add_record("step", Id{"s"}, {{"action", "Count heads"}, {"procedure_id", "p"}}));
  one.document->apply(activation_change(one.document->plan(), {"Drill", {}, true, "Tess", now, ""}));
  const auto incident = one.document->plan().incidents.at(0).id;
  one.document->apply(step_done_change(one.document->plan(), incident, Id{"s"}, "Tess", now));
  one.document->apply(remove_record(one.document->plan(), resolve_record(one.document->plan(), "procedure", "p")));
  CHECK(one.document->plan().steps.empty());
  const auto& entry = one.document->plan().log_entries.back();
  CHECK(entry.text == "Done: Count heads");
  CHECK(entry.subject_id.empty());
  one.document->undo();
  CHECK(one.document->plan().steps.size() == 1);
  CHECK(one.document->plan().log_entries.back().subject_id == Id{"s"});
  CHECK_THROWS_AS(one.document->apply(set_fields(one.document->plan(), resolve_record(one.document->plan(), "log_entry", one.document->plan().log_entries.back().id.text), {{"text", "Other words"}})), Error);
}

TEST_CASE("readings that another process stored are seen even where an edit of our own came between") {
  Opened one;
  one.document->apply(add_record("backup", Id{"b"}, {{"name", "NAS"}}));
  const auto two = Document::open(one.path, context());
  Observation reading;
  reading.uuid = "11111111-1111-4111-8111-111111111111";
  reading.backup_id = Id{"b"};
  reading.outcome = Observation::Outcome::read;
  reading.read_at = now;
  two->add_observations({reading});
  one.document->apply(add_record("person", Id{"p"}, {{"name", "Mia"}}));
  one.document->refresh();
  CHECK(one.document->observations().size() == 1);
}

TEST_CASE("after a conflict the window is told of what the other one wrote") {
  Opened one;
  one.document->apply(add_record("site", Id{"s"}, {{"name", "Shop"}}));
  const auto two = Document::open(one.path, context());
  two->apply(rename_site(*two, "Store"));
  int told = 0;
  const auto listening = one.document->subscribe([&] { ++told; });
  CHECK_THROWS_AS(one.document->apply(rename_site(*one.document, "Kiosk")), Error);
  CHECK(told == 1);
  CHECK(site_name(*one.document) == "Store");
}

TEST_CASE("time alone turns a backup late, and an open plan says so") {
  Instant clock = now;
  const auto path = testing::fresh_folder() + "/p.mainstay";
  const auto document = Document::create(path, "", "Bakery", {[&] { return clock; }, "Tess"});
  for (const auto& change : {add_record("activity", Id{"a"}, {{"name", "Sell"}, {"rpo_minutes", "60"}}), add_record("resource", Id{"d"}, {{"name", "Orders"}, {"kind", "data"}}), add_record("backup", Id{"b"}, {{"name", "NAS"}}),
                             add_record("link", Id{"l"}, {{"kind", "needs"}, {"from_id", "a"}, {"to_id", "d"}}), add_record("link", Id{"m"}, {{"kind", "protects"}, {"from_id", "b"}, {"to_id", "d"}})})
    document->apply(change);
  Observation reading;
  reading.uuid = "11111111-1111-4111-8111-111111111111";
  reading.backup_id = Id{"b"};
  reading.outcome = Observation::Outcome::read;
  reading.read_at = reading.last_point = now;
  document->add_observations({reading});
  int told = 0;
  const auto listening = document->subscribe([&] { ++told; });
  document->clock_moved();
  clock = clock.plus_minutes(1);
  document->clock_moved();
  CHECK(told == 0);
  CHECK(document->backups().at(0).state == BackupState::ok);
  const auto before = document->findings().size();
  clock = clock.plus_minutes(200);
  document->clock_moved();
  CHECK(told == 1);
  CHECK(document->backups().at(0).state != BackupState::ok);
  CHECK(document->findings().size() > before);
}

TEST_CASE("an address with a password inside never reaches the plan or its history") {
  Opened one;
  one.document->apply(add_record("backup", Id{"b"}, {{"name", "NAS"}}));
  CHECK_THROWS_AS(one.document->apply(add_record("probe", Id{"p"}, {{"name", "NAS"}, {"backup_id", "b"}, {"url", "https://mia:hush-hush@nas.local/"}})), Error);
  one.document->apply(add_record("probe", Id{"p"}, {{"name", "NAS"}, {"backup_id", "b"}, {"url", "sftp://mia@nas.local:22/share"}}));
  CHECK_THROWS_AS(one.document->apply(set_fields(one.document->plan(), resolve_record(one.document->plan(), "probe", "p"), {{"command", "restic -r rest:http://u:hush-hush@host/"}})), Error);
  CHECK(one.document->plan().probes.at(0).command.empty());
}
