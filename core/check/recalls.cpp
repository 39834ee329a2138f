// SPDX-License-Identifier: MIT
#include "core/check/recalls.h"

#include <algorithm>
#include <set>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/check/check.h"
#include "core/check/context.h"
#include "core/check/judge.h"

namespace mainstay {
namespace {

constexpr std::string_view families[] = {"windows-server", "windows", "iphone", "ipados", "ipad", "macos", "ios"};

/// Text from a feed for a sentence of a rule: braces would be taken for placeholders.
std::string worded(std::string_view text, std::size_t most) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '{', '(');
  std::replace(out.begin(), out.end(), '}', ')');
  return shortened(out, most);
}

bool speaks_of_injury(const Recall& recall) {
  const auto text = recall.hazard + " " + recall.title;
  for (const auto* word : {"fire", "burn", "shock", "electrocut", "explo", "death", "ignit", "smoke", "injur"})
    if (contains_folded(text, word)) return true;
  return false;
}

std::string element(std::string_view name, const std::string& text) { return "<" + std::string(name) + ">" + xml_escaped(text) + "</" + std::string(name) + ">"; }

std::string case_xml(const std::string& attributes, const std::string& when, const std::string& message) {
  return "<case " + attributes + "><when>" + when + "</when>" + element("message", message) + "</case>";
}

/// Yes or no and never unknown: what is not written down is no reason to ask about every device there is.
std::string certain(const std::string& condition) { return "<all><not><unsure>" + condition + "</unsure></not>" + condition + "</all>"; }

std::string any_of(const std::vector<std::string>& parts) { return parts.size() == 1 ? parts.front() : "<any>" + join(parts, "") + "</any>"; }

constexpr std::string_view wider_case = "wider";

/// The edition of Windows that an end of support is about, as SupportCycles tells them apart, and how a device's system names it.
constexpr std::string_view enterprise_named = "<glob field=\"os_name\">*enterprise*; *education*</glob>";
constexpr std::string_view edition_named = "<glob field=\"os_name\">*enterprise*; *education*; * pro*; *home*</glob>";
constexpr std::string_view long_term_named = "<glob field=\"os_name\">*ltsc*; *ltsb*; *iot*</glob>";
const std::string not_enterprise = "<not>" + std::string(enterprise_named) + "</not>";
const std::string not_home_or_pro = "<any>" + std::string(enterprise_named) + "<not>" + std::string(edition_named) + "</not></any>";

/// A device whose edition nobody told is asked about, where the match goes by the edition.
std::string edition_case_xml(const Recall& recall) {
  const auto condition = recall.match + recall.wider;
  if (recall.authority != end_of_support || (condition.find(not_enterprise) == std::string::npos && condition.find(not_home_or_pro) == std::string::npos)) return {};
  return "<case name=\"edition\" verdict=\"unknown\" severity=\"warning\" due=\"14\" effort=\"1\" question=\"os_name\"><when><not>" + std::string(edition_named) + "</not></when>" +
         element("message", tr("Whether “{name}” is concerned by “{title}” is not known: it has that build of Windows, and the inventory does not say which edition.", {{"name", "{name}"}, {"title", worded(recall.title, 160)}})) +
         element("step", tr("Read the edition under Settings, System, About, and enter it as system.")) + "</case>";
}

/// What is said of a device that a recall hits; of an end of support, before and after its day.
std::string cases_xml(const Recall& recall, bool ends, const std::string& number, const std::string& title) {
  const auto name = std::string("{name}");
  if (!ends) return case_xml("verdict=\"affected\"", "<yes/>", tr("“{name}” is recalled ({number}): {title}.", {{"name", name}, {"number", number}, {"title", title}}));
  const auto product = worded(recall.product.empty() ? recall.title : recall.product, 160);
  std::string xml;
  if (recall.announced)
    xml = case_xml("verdict=\"possible\" severity=\"warning\"", "<date_between field=\"today\" until=\"" + to_text(recall.announced) + "\"/>",
                   tr("“{name}”: {product} gets no security updates after {day}.", {{"name", name}, {"product", product}, {"day", spoken(recall.announced)}}));
  return xml + case_xml("verdict=\"affected\"", "<yes/>", recall.announced ? tr("“{name}”: {product} has had no security updates since {day}.", {{"name", name}, {"product", product}, {"day", spoken(recall.announced)}})
                                                                          : tr("“{name}”: {product} gets no security updates any more.", {{"name", name}, {"product", product}}));
}

/// The field of a device that a condition asks for and that people can read off it, as the fallback's question.
std::string asked_field(const std::string& condition) {
  for (const std::string field : {"model_number", "serial", "model_identifier", "model"})
    if (condition.find("field=\"" + field + "\"") != std::string::npos) return " question=\"" + field + "\"";
  return {};
}

/// What is said of a device that only a later notice fits: a question to a person, since free text marks no device by itself. Its case asks what the match of the rule leaves out.
std::string wider_case_xml(const Recall& recall, bool danger, const std::string& number, const std::string& title) {
  const Args args{{"name", "{name}"}, {"number", number}, {"title", title}};
  std::string xml = "<case name=\"" + std::string(wider_case) + "\" verdict=\"possible\" severity=\"error\" due=\"" + (danger ? "1" : "7") + "\" title=\"" +
                    xml_escaped(tr("Check whether the recall that was widened concerns “{name}”: {title}", args), true) + "\"><when><all>" + certain(recall.wider) + "<not>" + certain(recall.match) + "</not></all></when>" +
                    element("message", tr("The recall “{title}” ({number}) was accepted for other devices; a later notice covers more and may concern “{name}” too.", args));
  if (danger) xml += element("step", tr("Stop using it until you know better."));
  xml += element("step", tr("Compare its model, serial number and date with the notice as it is now."));
  if (!recall.url.empty()) xml += element("step", tr("Read the notice: {url}", {{"url", worded(recall.url, 300)}}));
  return xml + element("step", tr("If it is concerned, accept the recall once more, and this becomes what the notice asks for; if it is not, dismiss what was added.")) + "</case>";
}

/// The recall as a rule pack of one rule, so that one reader decides what a rule may say. The condition begins line 2, so that a fault in it is found.
std::string pack_text(const Recall& recall) {
  const auto condition = recall.wider.empty() ? recall.match : any_of({recall.match, recall.wider});
  const bool ends = recall.authority == end_of_support, danger = !ends && speaks_of_injury(recall);
  const auto title = worded(recall.title, 160), number = worded(tr("{authority} {number}", {{"authority", recall.authority}, {"number", recall.number}}), 100);
  const auto task = ends ? tr("Replace or renew “{name}”: {title}", {{"name", "{name}"}, {"title", title}}) : tr("“{name}” is recalled: {title}", {{"name", "{name}"}, {"title", title}});
  std::string xml = "<pack id=\"recalls\" title=\"Accepted recalls\" format=\"1\"><rule id=\"" + recall_slug(recall.authority, recall.number) + "\" kind=\"" + (ends ? "end-of-support" : "recall") +
                    "\" title=\"" + xml_escaped(task, true) + "\" applies_to=\"device\" severity=\"" + (danger ? "critical" : "error") + "\" due=\"" + (danger ? "1" : "30") +
                    "\" effort=\"2\" owner=\"" + (ends ? "it" : "safety") + "\"" + (recall.announced ? " announced=\"" + to_text(recall.announced) + "\"" : std::string()) + "><when>\n" + condition + "\n</when>";
  if (!recall.hazard.empty()) xml += element("hazard", worded(recall.hazard, 600));
  if (danger) xml += element("step", tr("Stop using it until you know better."));
  if (!ends) xml += element("step", tr("Compare its model, serial number and date with the notice."));
  if (!recall.remedy.empty()) xml += element("step", worded(recall.remedy, 1200));
  if (!recall.url.empty()) xml += element("step", tr("Read the notice: {url}", {{"url", worded(recall.url, 300)}}));
  if (!recall.wider.empty()) xml += wider_case_xml(recall, danger, number, title);
  xml += edition_case_xml(recall) + cases_xml(recall, ends, number, title);
  // What is not known is asked, with steps to find it out and none to stop anything.
  xml += "<fallback severity=\"warning\" due=\"7\" effort=\"1\"" + asked_field(condition) + ">" + element("message", tr("Whether the recall “{title}” ({number}) concerns “{name}” is not known: what decides it is not in the inventory.", {{"name", "{name}"}, {"number", number}, {"title", title}})) +
         element("step", tr("Look at the device, and enter its model number and serial number.")) + (recall.url.empty() ? std::string() : element("step", tr("Read the notice: {url}", {{"url", worded(recall.url, 300)}}))) + "</fallback>";
  if (!recall.url.empty()) xml += element("source", worded(recall.url, 300));
  xml += element("source", recall.announced && !ends ? tr("{number}, {day}", {{"number", number}, {"day", spoken(recall.announced)}}) : number);
  if (ends) xml += element("note", tr("The day is kept by volunteers at endoflife.date; makers do not always publish one."));
  if (recall.decided_on) xml += element("note", tr("Accepted by {person} on {day}.", {{"person", recall.decided_by.empty() ? tr("somebody") : worded(recall.decided_by, 80)}, {"day", spoken(recall.decided_on)}}));
  return xml + "</rule></pack>";
}

// --- conditions -----------------------------------------------------------------------------------------------------------------

std::string values_xml(const std::set<std::string>& values) {
  std::vector<std::string> kept;
  for (const auto& value : values)
    if (value.find(';') == std::string::npos) kept.push_back(xml_escaped(value));
  return join(kept, "; ");
}

std::string one_of(std::string_view field, const std::set<std::string>& values) { return "<in field=\"" + std::string(field) + "\">" + values_xml(values) + "</in>"; }

using Field = std::string Device::*;
constexpr std::pair<std::string_view, Field> model_fields[] = {{"model_number", &Device::model_number}, {"model_identifier", &Device::model_identifier}, {"model", &Device::model}};

std::set<std::string> values_of(const std::vector<const Device*>& devices, Field field) {
  std::set<std::string> values;
  for (const auto* device : devices)
    if (!trimmed(device->*field).empty() && (device->*field).find(';') == std::string::npos) values.insert(std::string(trimmed(device->*field)));
  return values;
}

/// That a device's kind is one of these, or not known.
std::string may_be_of(const std::set<std::string>& kinds) {
  const std::string unknown = "<unknown field=\"kind\"/>";
  return kinds.empty() ? unknown : any_of({unknown, one_of("kind", kinds)});
}

/// That nothing is known of a device's model.
std::string nothing_known() {
  std::string parts;
  for (const auto& [key, field] : model_fields) parts += "<unknown field=\"" + std::string(key) + "\"/>";
  return parts;
}

/// The most telling of the fields that a device has: "model" alone may name a whole line. `kinds`: what the recall is about.
std::string of_model(const std::vector<const Device*>& devices, const std::set<std::string>& kinds) {
  std::vector<std::string> parts;
  std::vector<const Device*> left = devices;
  std::string question;
  for (const auto& [key, field] : model_fields) {
    const auto values = values_of(left, field);
    std::erase_if(left, [&](const Device* d) { return !trimmed(d->*field).empty(); });
    if (values.empty()) continue;
    parts.push_back(certain(one_of(key, values)));
    if (question.empty()) question = one_of(key, values);
  }
  if (parts.empty()) return {};
  // Nothing known of its model, and brand and kind fit: that is worth a question.
  parts.push_back("<all>" + nothing_known() + may_be_of(kinds) + question + "</all>");
  return any_of(parts);
}

std::string of_these(const std::vector<const Device*>& devices) {
  std::vector<std::string> parts;
  std::vector<const Device*> left = devices;
  for (const auto& [key, field] : {std::pair<std::string_view, Field>{"serial", &Device::serial}, {"unique_id", &Device::unique_id}, {"name", &Device::name}}) {
    const auto values = values_of(left, field);
    std::erase_if(left, [&, f = field](const Device* d) { return !trimmed(d->*f).empty(); });
    if (!values.empty()) parts.push_back(certain(one_of(key, values)));
  }
  return parts.empty() ? "<no/>" : any_of(parts);
}

/// The family at the start of an end of support's number, "" for recalls.
std::string_view family_of(const Recall& recall) {
  if (recall.authority != end_of_support) return {};
  for (const auto family : families)
    if (recall.number.starts_with(family) && recall.number.size() > family.size() && recall.number[family.size()] == '-') return family;
  return {};
}

/// What SupportCycles asks of a Windows computer beside its build: no server where it is about none, long-term or not, and not known to be of the other edition.
std::string which_windows(bool server, std::string_view cycle) {
  const bool long_term = cycle.ends_with("-lts") || cycle.find("-iot") != std::string_view::npos;
  std::string more = server ? "" : "<not><glob field=\"os_name\">*server*</glob></not>";
  more += long_term ? std::string(long_term_named) : "<not>" + std::string(long_term_named) + "</not>";
  if (!long_term && cycle.ends_with("-w")) more += not_enterprise;
  if (!long_term && cycle.ends_with("-e")) more += not_home_or_pro;
  return more;
}

/// The version of Windows that a cycle is about, however it is written (see SupportCycles): its build with or without what stands before it, or its release as in "23H2".
std::string windows_version(std::string_view cycle, const std::string& build) {
  const auto number = xml_escaped(build.substr(build.rfind('.') + 1)), whole = xml_escaped(build);
  const auto written = whole + "; " + whole + ".*; " + number + "; " + number + ".*; * " + number + "; *(" + number + ")*";
  std::string any = "<glob field=\"os_version\">" + written + "</glob><glob field=\"os_build\">" + written + "</glob>";
  if (const auto parts = split(cycle, '-'); parts.size() > 1 && parts[1].size() == 4 && parts[1][2] == 'h') {
    const auto release = xml_escaped(parts[1]);
    any += "<all><glob field=\"os_name\">*windows*" + xml_escaped(parts[0]) + "*</glob><any><glob field=\"os_version\">" + release + "</glob><glob field=\"os_name\">* " + release + "*</glob></any></all>";
  }
  return "<any>" + any + "</any>";
}

/// For ends of support that go by the system: its name and the versions that belong to the cycle. "" for others.
std::string of_system(const Recall& recall, bool by_edition = true) {
  const auto family = family_of(recall);
  const auto cycle = family.empty() ? std::string() : recall.number.substr(family.size() + 1);
  const auto globbed = [](const std::string& system, const std::string& version) {
    return certain("<all><glob field=\"os_name\">" + system + "</glob><glob field=\"os_version\">" + xml_escaped(version) + "; " + xml_escaped(version) + ".*</glob></all>");
  };
  if (family.starts_with("windows") && by_edition)
    return recall.models.empty() ? std::string()
                                 : certain("<all><glob field=\"os_name\">" + std::string(family == "windows" ? "*windows*" : "*windows*server*") + "</glob>" + certain(windows_version(cycle, recall.models)) +
                                           which_windows(family == "windows-server", cycle) + "</all>");
  if (family.starts_with("windows")) return recall.models.empty() ? std::string() : globbed(family == "windows" ? "*windows*" : "*windows*server*", recall.models);
  if (family == "macos") return globbed("*macos*; *os x*", cycle);
  if (family == "ios" || family == "ipados") return globbed(std::string(family), cycle);
  return {};
}

/// Each alternative of the match by itself, with the hash that a rule of this match alone has.
void add_parts(Rule& rule, const Condition& match, const std::string& cases) {
  if (match.op != Condition::Op::any) return rule.parts.push_back({match, sha256_hex(canonical_text(match) + cases)});
  for (const auto& part : match.parts) add_parts(rule, part, cases);
}

}  // namespace

std::string recall_rule_id(const Recall& recall) { return "recall:" + recall_slug(recall.authority, recall.number); }

Rule rule_of_recall(const Recall& recall) {
  const auto title = tr("match of the recall {number}", {{"number", recall.number}});
  auto rule = pack_from_xml(pack_text(recall), title).rules.at(0);
  rule.id = recall_rule_id(recall);
  rule.revision = static_cast<int>(std::clamp<std::int64_t>(recall.revision.value_or(1), 1, 1'000'000));
  std::string cases;
  for (const auto& c : rule.cases)
    if (c.name != wider_case) cases += std::string(verdict_name(c.verdict)) + canonical_text(c.when);
  add_parts(rule, rule.match, cases);
  return rule;
}

std::vector<Rule> recall_rules(const Plan& plan, std::vector<std::string>& troubles) {
  std::vector<Rule> rules;
  for (const auto& recall : plan.recalls) {
    if (recall.decision != Recall::Decision::accepted) continue;
    try {
      rules.push_back(rule_of_recall(recall));
    } catch (const Error& error) {
      troubles.emplace_back(error.what());
    }
  }
  return rules;
}

bool is_readable(const Recall& recall) {
  try {
    rule_of_recall(recall);
    return true;
  } catch (const Error&) {
    return false;
  }
}

RecallNotice notice_of(const Recall& recall) {
  RecallNotice n{recall.authority, recall.number, recall.title, recall.brand, recall.product, recall.models, {}, recall.hazard, recall.remedy, recall.url, recall.announced, {}, {}, {}, {}, {}};
  const auto family = family_of(recall);
  if (family.empty()) return n;
  n.family = family;
  n.cycle_name = recall.number.substr(family.size() + 1);
  n.cycle = recall.product.starts_with(recall.brand) ? recall.product.substr(recall.brand.size()) : recall.product;
  return n;
}

std::string recall_condition(const Plan& plan, const Recall& recall, const std::vector<Id>& ids, bool only_these) {
  std::vector<const Device*> devices, without_brand;
  std::set<std::string> brands;
  for (const auto& id : ids) {
    const auto* device = find_in(plan.devices, id);
    if (!device) throw Error(ErrorCode::not_found, tr("There is no device “{id}”.", {{"id", id.text}}));
    devices.push_back(device);
  }
  if (devices.empty()) throw Error(ErrorCode::usage, tr("No device of this plan fits the recall any more: name some with --devices, or dismiss it."));
  if (only_these) return of_these(devices);
  if (auto by_system = of_system(recall); !by_system.empty()) return by_system;
  std::vector<std::string> parts;
  std::vector<const Device*> unmodelled, branded;
  for (const auto* device : devices) {
    const bool modelled = std::any_of(std::begin(model_fields), std::end(model_fields), [&](const auto& f) { return !trimmed(device->*f.second).empty() && (device->*f.second).find(';') == std::string::npos; });
    if (!modelled) unmodelled.push_back(device);
    else if (trimmed(device->brand).empty() || device->brand.find(';') != std::string::npos) without_brand.push_back(device);
    else branded.push_back(device);
  }
  if (!branded.empty()) {
    auto kinds = kinds_named(notice_of(recall));
    for (const auto* device : branded)
      if (device->kind != Device::Kind::unknown) kinds.insert(Device::info().field("kind")->text(device));
    parts.push_back("<all>" + certain(one_of("brand", values_of(branded, &Device::brand))) + of_model(branded, kinds) + "</all>");
  }
  for (const auto& [key, field] : model_fields)
    if (const auto values = values_of(without_brand, field); !values.empty()) parts.push_back(certain(one_of(key, values)));
  if (!unmodelled.empty()) parts.push_back(of_these(unmodelled));
  return any_of(parts);
}

std::string own_condition(const Plan& plan, const Recall& recall, const std::string& condition) {
  auto trial = recall;
  trial.match = condition;
  trial.wider.clear();
  rule_of_recall(trial);  // a fault is told where it stands in what was typed
  if (recall.authority == end_of_support) return condition;  // goes by the system, whoever made the computer
  const auto notice = notice_of(recall);
  const RecallMatcher matcher(plan);
  auto brands = matcher.brands_named(notice);
  const auto brand = std::string(trimmed(recall.brand));
  const bool named = !brand.empty() && brand.find(';') == std::string::npos;
  if (named) brands.insert(brand);
  std::erase_if(brands, [](const std::string& text) { return text.find(';') != std::string::npos; });
  std::vector<std::string> parts;
  if (!brands.empty()) {
    auto of_brand = "<word field=\"brand\">" + values_xml(brands) + "</word>";
    if (named) of_brand += "<word field=\"model\">" + xml_escaped(brand) + "</word>";
    parts.push_back("<all>" + certain("<any>" + of_brand + "</any>") + condition + "</all>");
  }
  parts.push_back("<all>" + (named || !brands.empty() ? std::string("<unknown field=\"brand\"/>") : std::string()) + certain(condition) + "</all>");
  std::vector<const Device*> others;
  if (const auto candidate = matcher.match(notice))
    for (const auto& id : candidate->devices)
      if (const auto* device = find_in(plan.devices, id); device && !brands.contains(std::string(trimmed(device->brand)))) others.push_back(device);
  if (!others.empty()) parts.push_back("<all>" + of_these(others) + condition + "</all>");
  return any_of(parts);
}

void follow_with_tasks(const Plan& plan, Change& change, std::vector<std::string> rules, Instant now) {
  const auto next = applied(plan, change);
  const Graph graph(next);
  std::vector<std::string> troubles;  // the check reports them
  const auto findings = check_plan({next, graph, {}, now, {}, {}}, load_packs(&troubles), {}, "recalls");
  // The task that asks for decisions is brought up to date where it is there; deciding makes none.
  if (std::any_of(plan.tasks.begin(), plan.tasks.end(), [](const Task& t) { return t.rule_id == waiting_rule; })) rules.emplace_back(waiting_rule);
  for (const auto& rule : rules) append(change, sync_tasks(next, findings, now.date(), rule));
}

std::string condition_to_accept(const Plan& plan, const Recall& recall) {
  if (recall.decision == Recall::Decision::accepted && !recall.wider.empty()) return any_of({recall.match, recall.wider});
  std::vector<Id> devices;
  if (const auto candidate = RecallMatcher(plan).match(notice_of(recall))) devices = candidate->devices;
  return recall_condition(plan, recall, devices, false);
}

std::string wider_condition(const Plan& plan, const Recall& recall, const std::vector<Id>& devices) {
  const auto joined = [&](const std::string& condition) { return recall.wider.empty() ? condition : any_of({recall.wider, condition}); };
  auto wider = recall;
  wider.wider = joined(recall_condition(plan, recall, devices, false));
  // What goes by the system, or was accepted for some devices by name, may be no wider in these words: then the devices themselves are named.
  const Graph graph{Plan()};
  const std::vector<Observation> nothing;
  const CheckContext context(plan, graph, nothing, Instant(), "", "");
  const auto rule = rule_of_recall(wider);
  const bool all = std::all_of(devices.begin(), devices.end(), [&](const Id& id) { return speaks_of(rule, context, id); });
  return all ? wider.wider : joined(recall_condition(plan, recall, devices, true));
}

bool speaks_of(const Rule& rule, const CheckContext& context, const Id& device) {
  const auto outcome = judge(rule, context.subject(context.record(device))).outcome;
  return outcome != Judgement::Outcome::out && outcome != Judgement::Outcome::silent;
}

namespace {

/// A condition that was made before it asked for the kind, with that asked for.
std::string narrowed(std::string condition, const std::set<std::string>& kinds) {
  const auto before = "<all>" + nothing_known();
  for (auto at = condition.find(before); at != std::string::npos; at = condition.find(before, at + before.size())) {
    const auto rest = std::string_view(condition).substr(at + before.size());
    if (!rest.starts_with(may_be_of({})) && !rest.starts_with("<any>" + may_be_of({}))) condition.insert(at + before.size(), may_be_of(kinds));
  }
  return condition;
}

/// A condition on Windows that was made when it went by the build alone, with the edition asked for too.
std::string with_edition(std::string condition, const Recall& recall) {
  const auto before = of_system(recall, false), now = of_system(recall);
  if (before.empty() || before == now) return condition;
  for (auto at = condition.find(before); at != std::string::npos; at = condition.find(before, at + now.size())) condition.replace(at, before.size(), now);
  return condition;
}

/// The devices that a rule surely hits.
std::set<Id> hit_by(const Rule& rule, const CheckContext& context) {
  std::set<Id> devices;
  for (const auto& device : context.plan.devices)
    if (const auto judged = judge(rule, context.subject(context.record(device.id))); judged.outcome == Judgement::Outcome::applies && judged.chosen->verdict == Verdict::affected) devices.insert(device.id);
  return devices;
}

}  // namespace

Change narrowed_recalls(const Plan& plan, Instant now) {
  const Graph graph{Plan()};
  const std::vector<Observation> nothing;
  const CheckContext context(plan, graph, nothing, now, "", "");
  Change change;
  std::vector<std::string> rules;
  for (const auto& recall : plan.recalls) {
    if (recall.decision != Recall::Decision::accepted) continue;
    if (auto as_now = recall; family_of(recall).starts_with("windows")) {
      as_now.match = with_edition(recall.match, recall);
      as_now.wider = with_edition(recall.wider, recall);
      if ((as_now.match == recall.match && as_now.wider == recall.wider) || !is_readable(as_now)) continue;
      const auto told = tr("Since {day} it concerns only computers of the edition that it is about, and asks where the edition is not known.", {{"day", spoken(now.date())}});
      append(change, set_fields(plan, {table_of("recall"), &recall, recall.id}, {{"match", as_now.match}, {"wider", as_now.wider}, {"note", recall.note.empty() ? told : recall.note + "\n" + told}}));
      rules.push_back(recall_rule_id(recall));
      continue;
    }
    if ((recall.match + recall.wider).find(nothing_known()) == std::string::npos || !is_readable(recall)) continue;
    const auto hit = hit_by(rule_of_recall(recall), context);
    auto kinds = kinds_named(notice_of(recall));
    for (const auto& id : hit)
      if (const auto* device = find_in(plan.devices, id); device->kind != Device::Kind::unknown) kinds.insert(Device::info().field("kind")->text(device));
    auto as_now = recall;
    as_now.match = narrowed(recall.match, kinds);
    as_now.wider = narrowed(recall.wider, kinds);
    if ((as_now.match == recall.match && as_now.wider == recall.wider) || !is_readable(as_now) || hit_by(rule_of_recall(as_now), context) != hit) continue;
    const auto told = tr("Since {day} it asks only about devices that may be of its kind; what was accepted stays as it was.", {{"day", spoken(now.date())}});
    append(change, set_fields(plan, {table_of("recall"), &recall, recall.id}, {{"match", as_now.match}, {"wider", as_now.wider}, {"note", recall.note.empty() ? told : recall.note + "\n" + told}}));
    rules.push_back(recall_rule_id(recall));
  }
  if (change.empty()) return change;
  follow_with_tasks(plan, change, std::move(rules), now);
  change.note = tr("Let accepted recalls concern only devices of their kind and edition");
  change.cause = Cause::machine;
  return change;
}

namespace {

/// What it was known to fit, and what it fits today.
std::string fits_now(const Plan& plan, const Recall& recall) {
  const auto today = RecallMatcher(plan).match(notice_of(recall));
  return today ? with_fits(recall.fits, *today) : recall.fits;
}

std::string next_revision(const Recall& recall) { return std::to_string(recall.revision.value_or(1) + 1); }

}  // namespace

Change accept_recall(const Plan& plan, const Recall& recall, const std::string& condition, Instant now, const std::string& by) {
  auto accepted = recall;
  accepted.match = condition;
  accepted.wider.clear();
  rule_of_recall(accepted);  // refuses what cannot be read, before anything is stored
  std::vector<std::pair<std::string, std::string>> values{{"match", condition}, {"wider", ""}, {"fits", fits_now(plan, recall)}, {"decision", "accepted"}, {"decided_on", to_text(now.date())}, {"decided_by", by}};
  if (recall.decision == Recall::Decision::accepted && (recall.match != condition || !recall.wider.empty())) values.emplace_back("revision", next_revision(recall));
  auto change = set_fields(plan, {table_of("recall"), &recall, recall.id}, values);
  follow_with_tasks(plan, change, {recall_rule_id(recall)}, now);
  change.note = tr("Accept the recall {number}", {{"number", recall.number}});
  return change;
}

Change dismiss_recall(const Plan& plan, const Recall& recall, const std::string& why, Instant now, const std::string& by) {
  std::vector<std::pair<std::string, std::string>> values{{"wider", ""}, {"fits", fits_now(plan, recall)}, {"decided_on", to_text(now.date())}, {"decided_by", by}};
  if (recall.decision == Recall::Decision::accepted && !recall.wider.empty()) values.emplace_back("revision", next_revision(recall));
  else for (const auto& [key, text] : {std::pair{"match", ""}, {"decision", "dismissed"}}) values.emplace_back(key, text);
  if (!why.empty()) values.emplace_back("note", recall.note.empty() ? why : recall.note + "\n" + why);
  auto change = set_fields(plan, {table_of("recall"), &recall, recall.id}, values);
  follow_with_tasks(plan, change, {recall_rule_id(recall)}, now);
  change.note = tr("Dismiss the recall {number}", {{"number", recall.number}});
  return change;
}

std::size_t open_tasks_of(const Plan& plan, const Recall& recall) {
  const auto rule = recall_rule_id(recall);
  return static_cast<std::size_t>(std::count_if(plan.tasks.begin(), plan.tasks.end(), [&](const Task& t) { return t.rule_id == rule && t.state == Task::State::open; }));
}

}  // namespace mainstay
