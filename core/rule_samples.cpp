// SPDX-License-Identifier: MIT
#include "core/rule_samples.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/xml.h"
#include "core/check/check.h"
#include "core/exchange/plan_xml.h"

namespace mainstay {
namespace {

/// Far from the day on which somebody runs them, so that a sample says the same for ever.
constexpr const char* usual_day = "2026-11-24";

constexpr std::string_view sample_attributes[] = {"rule", "expect", "severity", "question", "says", "as_of", "plan_path", "point_age", "alarm", "warned", "other_age", "history_before", "history_now", "reach_before", "reach_now", "space_days"};
constexpr std::string_view expectations[] = {"affected", "possible", "unknown", "ended", "none"};

bool is_among(std::string_view word, std::span<const std::string_view> words) { return std::find(words.begin(), words.end(), word) != words.end(); }

struct Writer : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
};

Instant noon(Date day) { return Instant(std::int64_t(day.days) * 86400 + 43200); }

std::vector<Observation> readings(const RuleSample& s, Instant now) {
  if (s.point_age < 0) return {};
  std::vector<Observation> all;
  Observation o;
  o.uuid = "now";
  o.backup_id = Id{"b"};
  o.outcome = Observation::Outcome::read;
  o.read_at = now;
  o.last_point = o.last_attempt = now.plus_minutes(-s.point_age);
  o.alarm = s.alarm;
  o.warned = s.warned;
  o.history_count = s.history_now;
  const auto reach = [](Instant at, int days) { return days < 0 ? Instant() : at.plus_minutes(-days * minutes_per_day); };
  o.oldest_point = reach(now, s.reach_now);
  constexpr std::int64_t a_day = 1'000'000'000;
  if (s.space_days >= 0) o.bytes_free = s.space_days * a_day;
  if (s.other_age >= 0) {
    auto other = o;
    other.uuid = "other";
    other.probe_id = Id{"other"};
    other.read_at = now.plus_minutes(-1);
    other.last_point = other.last_attempt = now.plus_minutes(-s.other_age);
    all.push_back(other);
  }
  all.push_back(o);
  if (s.history_now == 0) {
    all.back().outcome = Observation::Outcome::never_backed_up;
    all.back().last_point = all.back().last_attempt = {};
  }
  for (int day = 1; s.space_days >= 0 && day < 10; ++day) {
    auto earlier = o;
    earlier.uuid = "day-" + std::to_string(day);
    earlier.read_at = now.plus_minutes(-day * minutes_per_day);
    earlier.last_point = earlier.last_attempt = earlier.read_at.plus_minutes(-s.point_age);
    earlier.bytes_free = (s.space_days + day) * a_day;
    all.push_back(earlier);
  }
  if (s.history_before >= 0 || s.reach_before >= 0) {
    o.uuid = "before";
    o.read_at = o.read_at.plus_minutes(-60);
    o.history_count = s.history_before;
    o.oldest_point = reach(now, s.reach_before);
    all.push_back(o);
  }
  return all;
}

std::string difference(const RuleSample& s, const Finding* finding) {
  if (s.expect == "none") return finding ? tr("nothing was expected, and it says: {message}", {{"message", finding->message}}) : std::string();
  if (!finding) return tr("{expected} was expected, and it says nothing", {{"expected", s.expect}});
  const auto verdict = verdict_name(finding->verdict);
  const Args args{{"expected", s.expect}, {"verdict", verdict}, {"severity", severity_name(finding->severity)}, {"wanted", s.severity}, {"question", finding->question}, {"asked", s.question}, {"says", s.says}, {"message", finding->message}};
  if (verdict != s.expect) return tr("{expected} was expected, and it is {verdict}: {message}", args);
  if (!s.severity.empty() && severity_name(finding->severity) != s.severity) return tr("the severity is {severity}, not {wanted}", args);
  if (!s.question.empty() && finding->question != s.question) return tr("it asks for “{question}”, not for “{asked}”", args);
  if (finding->message.find(s.says) == std::string::npos) return tr("“{says}” does not stand in: {message}", args);
  if ((finding->message + finding->title).find('{') != std::string::npos) return tr("a placeholder was left open: {message}", args);
  if (finding->steps.empty()) return tr("it names no step to take");
  if (!finding->question.empty() && finding->question_text.empty()) return tr("“{question}” has no words to ask it with", args);
  return {};
}

}  // namespace

std::vector<RuleSample> rule_samples(std::string_view bytes, std::string_view source) {
  const auto document = parse_xml(bytes, source);
  const auto fail = [&](const pugi::xml_node& node, const std::string& reason) {
    throw Error(ErrorCode::bad_value, tr("The samples “{file}” cannot be used: {place}: {reason}.", {{"file", source}, {"place", position_in(bytes, node.offset_debug())}, {"reason", reason}}));
  };
  const auto root = document.document_element();
  if (local_name(root) != "samples") fail(root, tr("a file of samples begins with <samples>"));
  std::vector<RuleSample> all;
  for (const auto& node : root.children()) {
    if (node.type() != pugi::node_element) continue;
    if (local_name(node) != "sample") fail(node, tr("<{name}> is not known here", {{"name", node.name()}}));
    for (const auto& attribute : node.attributes())
      if (!is_among(attribute.name(), sample_attributes)) fail(node, tr("a <sample> has no attribute “{attribute}”", {{"attribute", attribute.name()}}));
    RuleSample s;
    s.rule = node.attribute("rule").value();
    s.expect = node.attribute("expect").value();
    s.severity = node.attribute("severity").value();
    s.question = node.attribute("question").value();
    s.says = node.attribute("says").value();
    s.as_of = node.attribute("as_of").as_string(usual_day);
    s.plan_path = node.attribute("plan_path").value();
    s.point_age = node.attribute("point_age").as_int(-1);
    s.alarm = node.attribute("alarm").as_bool();
    s.warned = node.attribute("warned").as_bool();
    s.other_age = node.attribute("other_age").as_int(-1);
    s.history_before = node.attribute("history_before").as_int(-1);
    s.history_now = node.attribute("history_now").as_int(-1);
    s.reach_before = node.attribute("reach_before").as_int(-1);
    s.reach_now = node.attribute("reach_now").as_int(-1);
    s.space_days = node.attribute("space_days").as_int(-1);
    s.file = source;
    s.line = place_in(bytes, node.offset_debug()).line;
    if (s.rule.empty()) fail(node, tr("a <sample> names its rule"));
    if (!is_among(s.expect, expectations)) fail(node, tr("expect=\"{value}\" must be affected, possible, unknown, ended or none", {{"value", s.expect}}));
    if (const auto day = parse_date(s.as_of); !day || !*day) fail(node, tr("as_of=\"{value}\" is no day such as 2016-02-18", {{"value", s.as_of}}));
    Writer writer;
    for (const auto& child : node.children()) child.print(writer, "", pugi::format_raw);
    s.records = std::move(writer.text);
    all.push_back(std::move(s));
  }
  return all;
}

std::string sample_fault(const std::vector<Pack>& packs, const RuleSample& s) {
  const auto plan = plan_from_xml("<plan format=\"1\">" + s.records + "</plan>", tr("{file}, line {line}", {{"file", s.file}, {"line", s.line}}));
  const Graph graph(plan);
  const auto now = noon(parse_date(s.as_of).value_or(Date()));
  const auto observations = readings(s, now);
  const auto findings = check_plan({plan, graph, observations, now, "hash", s.plan_path}, packs, {});
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.rule_id == s.rule; });
  return difference(s, found == findings.end() ? nullptr : &*found);
}

std::vector<std::string> missing_samples(const Pack& pack, const std::vector<RuleSample>& samples) {
  const auto kind = [](std::string_view verdict) { return std::string(verdict == "possible" ? "affected" : verdict); };
  std::vector<std::string> missing;
  for (const auto& rule : pack.rules) {
    std::set<std::string> wanted{"none"};
    for (const auto& c : rule.cases)
      if (c.verdict != Verdict::not_affected) wanted.insert(kind(verdict_name(c.verdict)));
    if (rule.has_fallback) wanted.insert("unknown");
    for (const auto& s : samples)
      if (s.rule == rule.id) wanted.erase(kind(s.expect));
    for (const auto& verdict : wanted) missing.push_back(tr("no sample of “{rule}” expects {verdict}", {{"rule", rule.id}, {"verdict", verdict}}));
  }
  return missing;
}

}  // namespace mainstay
