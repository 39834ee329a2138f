// SPDX-License-Identifier: MIT
#include "core/check/facts.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "core/base/codec.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

std::string digest(std::string_view text) { return sha256_hex(text).substr(0, 10); }

/// What is counted, and may therefore be more or fewer.
bool is_count(std::string_view name) { return name.ends_with("count") || name.ends_with("_left") || name.ends_with("_unseen"); }

std::optional<long> number_in(std::string_view text) {
  long n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return n;
}

/// A count as it is; of a list each item by itself, so that one which only got shorter is told from one that names something new.
std::string kept_value(const Arg& fact) {
  if (is_count(fact.name) && number_in(fact.value)) return fact.value;
  std::vector<std::string> items;
  for (const auto& item : split(fact.value, ','))
    if (const auto text = trimmed(item); !text.empty()) items.push_back(digest(text));
  return join(items, ",");
}

/// Kept text, taken apart again.
struct Kept {
  std::string revision, severity, verdict;
  std::map<std::string, std::string> values;
  explicit Kept(std::string_view text) {
    const auto parts = split(std::string(text), '|');
    if (parts.size() < 3) return;
    revision = parts[0];
    severity = parts[1];
    verdict = parts[2];
    for (std::size_t i = 3; i < parts.size(); ++i)
      if (const auto colon = parts[i].find(':'); colon != std::string::npos) values[parts[i].substr(0, colon)] = parts[i].substr(colon + 1);
  }
};

/// What cannot be read counts as the highest: it makes nothing worse.
Severity kept_severity(std::string_view name) {
  for (const auto severity : {Severity::info, Severity::warning, Severity::error})
    if (severity_name(severity) == name) return severity;
  return Severity::critical;
}

bool is_sure(std::string_view verdict) { return verdict == verdict_name(Verdict::affected); }
bool is_unsure(std::string_view verdict) { return verdict == verdict_name(Verdict::unknown) || verdict == verdict_name(Verdict::possible); }

bool names_more(const std::string& before, const std::string& now) {
  const auto known = split(before, ',');
  const auto items = split(now, ',');
  return std::any_of(items.begin(), items.end(), [&](const std::string& item) { return std::find(known.begin(), known.end(), item) == known.end(); });
}

/// -1 better, 0 the same, 1 worse.
int change_of(std::string_view name, const std::string& before, const std::string& now) {
  if (before == now) return 0;
  if (is_count(name)) {
    const auto was = number_in(before), is = number_in(now);
    if (was && is) return *is > *was ? 1 : -1;
    if (is && before.empty()) return *is > 0 ? 1 : 0;
  }
  return !before.empty() && !now.empty() && names_more(before, now) ? 1 : 0;
}

}  // namespace

Args facts_of(const RuleCase& chosen, const CheckContext& context, const RecordRef& ref) {
  std::set<std::string_view> fields;
  add_fields(chosen.when, fields);
  for (const auto field : {"today", "name"}) fields.erase(field);  // the one moves by itself, the other is what people call it
  Args facts;
  for (const auto field : fields) facts.emplace_back(field, context.value(ref, field));
  return facts;
}

std::string facts_text(const Finding& f) {
  std::string text = std::to_string(f.rule_revision) + "|" + std::string(severity_name(f.severity)) + "|" + std::string(verdict_name(f.verdict));
  for (const auto& fact : f.facts) text += "|" + fact.name + ":" + kept_value(fact);
  return text;
}

bool is_no_graver(std::string_view kept, const Finding& finding) {
  const Kept other(kept);
  return kept_severity(other.severity) >= finding.severity && !(is_unsure(other.verdict) && is_sure(verdict_name(finding.verdict)));
}

bool got_worse(std::string_view kept, const Finding& finding) {
  const Kept before(kept), now(facts_text(finding));
  if (before.revision.empty()) return false;
  const bool same_rule = before.revision == now.revision;
  if (same_rule && kept_severity(before.severity) < finding.severity) return true;
  if (same_rule && is_unsure(before.verdict) && is_sure(now.verdict)) return true;
  bool worse = false, fewer = false;
  for (const auto& [name, value] : now.values) {
    const auto known = before.values.find(name);
    if (known == before.values.end()) worse = worse || (same_rule && !value.empty() && value != "0");
    else if (const int change = change_of(name, known->second, value); change > 0 && is_count(name)) return true;
    else {
      worse = worse || change > 0;
      fewer = fewer || (change < 0 && is_count(name));
    }
  }
  return worse && !fewer;
}

}  // namespace mainstay
