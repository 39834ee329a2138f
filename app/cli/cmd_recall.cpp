// SPDX-License-Identifier: MIT
#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/check/carried_recalls.h"
#include "core/check/recalls.h"
#include "core/feeds.h"

namespace mainstay::cli {
namespace {

std::string decision_word(const Recall& recall) { return Recall::info().field("decision")->spoken(&recall); }

const Recall& chosen(const Document& document, const Invocation& in) {
  if (!in.has("WHAT")) throw Error(ErrorCode::usage, tr("Say which recall: an id or its prefix, as “recall FILE list” shows them."));
  const auto typed = in.get("WHAT");
  // Numbers are typed as they stand in the notice, on the page or in an address: "26-606" and "26606", "SR/02362/26" and "sr-02362-26".
  std::vector<const Recall*> named;
  for (const auto& recall : document.plan().recalls) {
    const auto slug = recall_slug(recall.authority, recall.number);
    if (slug == recall_slug(recall.authority, recall_number(recall.authority, typed)) || slug == recall_slug(recall.authority, typed) || slug == recall_slug("", typed)) named.push_back(&recall);
  }
  if (named.size() == 1) return *named.front();
  if (named.size() > 1) {
    std::vector<std::string> ids;
    for (const auto* recall : named) ids.push_back(recall->id.text);
    throw Error(ErrorCode::usage, tr("Several recalls have the number “{number}”: name one by its id, {ids}.", {{"number", shortened(clean_utf8(typed), 60)}, {"ids", join(ids, ", ")}}));
  }
  const auto ref = resolve_record(document.plan(), "recall", typed);
  return *static_cast<const Recall*>(ref.record);
}

Json json_of_recall(const Plan& plan, const Recall& recall) {
  auto json = json_of(plan, RecordRef{table_of("recall"), &recall, recall.id});
  json["rule"] = recall_rule_id(recall);
  return json;
}

int list(const Document& document, const Invocation& in) {
  std::vector<const Recall*> recalls;
  for (const auto& recall : document.plan().recalls)
    if (in.has("--all") || recall.waits()) recalls.push_back(&recall);
  std::stable_sort(recalls.begin(), recalls.end(), [](const Recall* a, const Recall* b) { return a->score.value_or(0) > b->score.value_or(0); });
  if (in.json()) {
    Json json = Json::array();
    for (const auto* recall : recalls) json.push_back(json_of_recall(document.plan(), *recall));
    print(json);
    return Exit::fine;
  }
  if (recalls.empty()) print(tr("No recall waits for a decision. “mainstay-cli recall FILE fetch FEED” looks for some."));
  for (const auto* recall : recalls) {
    print_table({{std::to_string(recall->score.value_or(0)), recall->id.text, to_text(recall->announced), decision_word(*recall), shortened(recall->title, 100)}});
    for (const auto& line : split(recall->why, '\n')) print("    " + line);
  }
  return Exit::fine;
}

int show(const Document& document, const Invocation& in) {
  const auto& recall = chosen(document, in);
  if (in.json()) {
    print(json_of_recall(document.plan(), recall));
    return Exit::fine;
  }
  const RecordRef ref{table_of("recall"), &recall, recall.id};
  print(recall.title);
  for (const auto& field : Recall::info().fields) {
    if (field.key == "title" || field.is_unknown(&recall)) continue;
    print(tr("{label}: {value}", {{"label", field.label}, {"value", spoken_field(document.plan(), ref, field)}}));
  }
  return Exit::fine;
}

int fetch(Document& document, const Invocation& in) {
  if (!in.has("WHAT")) {
    std::vector<std::string> ids;
    for (const auto& feed : known_feeds()) ids.emplace_back(feed.id);
    throw Error(ErrorCode::usage, tr("Say what to fetch: a file, an address, or one of {feeds}.", {{"feeds", join(ids, ", ")}}));
  }
  FetchedRecalls fetched;
  const auto download = each_once(download_feed);
  document.apply_made([&] {
    fetched = fetch_recalls(document.plan(), in.get("WHAT"), document.now(), download);
    return fetched.change;
  });
  if (in.json()) {
    Json remarks = Json::array();
    for (const auto& remark : fetched.remarks) remarks.push_back(remark);
    print(Json{{"records", fetched.records}, {"new", fetched.fresh}, {"renewed", fetched.renewed}, {"decided", fetched.decided}, {"same", fetched.same}, {"carried", fetched.carried}, {"reopened", fetched.reopened}, {"widened", fetched.widened}, {"remarks", remarks}});
    return Exit::fine;
  }
  print(tr("Recalls read: {records}. {new} may concern devices of this plan and are new, {renewed} were renewed, {decided} are decided already.",
           {{"records", fetched.records}, {"new", fetched.fresh}, {"renewed", fetched.renewed}, {"decided", fetched.decided}}));
  if (fetched.same > 0) print(tr_count(static_cast<long long>(fetched.same), "One was known as it is.", "{count} were known as they are."));
  for (const auto& remark : fetched.remarks) print(remark);
  if (fetched.fresh > 0) print(tr("“mainstay-cli recall FILE list” shows them with the reasons."));
  return Exit::fine;
}

std::vector<Id> device_ids(const Plan& plan, const std::vector<std::string>& words) {
  std::vector<Id> ids;
  for (const auto& word : words)
    for (const auto& part : split(word, ',')) ids.push_back(resolve_record(plan, "device", part).id);
  return ids;
}

int accept(Document& document, const Invocation& in) {
  const auto& plan = document.plan();
  const auto& recall = chosen(document, in);
  auto condition = in.get("--match");
  if (!condition.empty()) condition = own_condition(plan, recall, condition);
  else {
    const auto devices = device_ids(plan, in.all("--devices"));
    condition = devices.empty() ? condition_to_accept(plan, recall) : recall_condition(plan, recall, devices, true);
  }
  const auto id = recall.id;
  document.apply(accept_recall(plan, recall, condition, document.now(), document.author()));
  const auto& accepted = *find_in(document.plan().recalls, id);
  const auto rule = recall_rule_id(accepted);
  const auto tasks = open_tasks_of(document.plan(), accepted);
  Json list = Json::array();
  for (const auto& finding : document.findings("recalls"))
    if (finding.rule_id == rule) list.push_back(json_of(finding));
  if (in.json()) print(Json{{"rule", rule}, {"findings", list}, {"tasks", tasks}});
  else {
    print(tr_count(static_cast<long long>(list.size()), "Accepted: it is the rule {rule} of this plan now, with one finding.", "Accepted: it is the rule {rule} of this plan now, with {count} findings.", {{"rule", rule}}));
    const CarriedRecalls carried(document.plan(), document.now());
    const auto told = [&](const Device& device) { return carried.tells_of(accepted, device.id); };
    if (std::any_of(document.plan().devices.begin(), document.plan().devices.end(), told)) print(tr("A rule pack tells of devices that it concerns already: for those there is no second finding and no second task."));
    if (tasks > 0) print(tr_count(static_cast<long long>(tasks), "One task for it is on the checklist.", "{count} tasks for it are on the checklist."));
  }
  return Exit::fine;
}

int dismiss(Document& document, const Invocation& in) {
  const auto& recall = chosen(document, in);
  const bool only_added = recall.waits() && recall.decision == Recall::Decision::accepted;
  document.apply(dismiss_recall(document.plan(), recall, in.get("--why"), document.now(), document.author()));
  if (in.json()) return Exit::fine;
  if (only_added) print(tr("Dismissed what a later notice added; the recall stays accepted as it was. Dismiss it once more to drop it altogether."));
  else print(tr("Dismissed for what it fits today; a later fetch asks again only where it fits more."));
  return Exit::fine;
}

}  // namespace

int run_recall(const Invocation& in) {
  const auto action = in.get("ACTION");
  if (action != "list" && action != "fetch" && action != "show" && action != "accept" && action != "dismiss")
    throw Error(ErrorCode::usage, tr("recall takes list, fetch, show, accept or dismiss, not “{action}”.", {{"action", shortened(clean_utf8(action), 60)}}));
  const auto document = in.open();
  if (action == "list") return list(*document, in);
  if (action == "show") return show(*document, in);
  if (action == "fetch") return fetch(*document, in);
  return action == "accept" ? accept(*document, in) : dismiss(*document, in);
}

}  // namespace mainstay::cli
