// SPDX-License-Identifier: MIT
#include "core/check/waivers.h"

#include <algorithm>
#include <map>
#include <string>

#include "core/check/facts.h"

namespace mainstay {
namespace {

bool runs(const Waiver& w, Date today) { return w.until && w.until.days > today.days; }

/// What a waiver of all subjects keeps: "subject=facts" for each, ";" between them.
std::map<std::string, std::string> facts_by_subject(const std::string& text) {
  std::map<std::string, std::string> kept;
  for (const auto& part : split(text, ';'))
    if (const auto equals = part.find('='); equals != std::string::npos) kept.emplace(part.substr(0, equals), part.substr(equals + 1));
  return kept;
}

std::string text_of(const std::map<std::string, std::string>& kept) {
  std::string text;
  for (const auto& [subject, facts] : kept) text += (text.empty() ? "" : ";") + subject + "=" + facts;
  return text;
}

bool accepts(const Waiver& w, const Finding& f) {
  if (w.rule_id != f.rule_id) return false;
  if (!w.subject_id.empty()) return w.subject_id == f.subject_id && !got_worse(w.facts, f);
  const auto kept = facts_by_subject(w.facts);
  if (kept.empty()) return true;
  if (const auto known = kept.find(f.subject_id.text); known != kept.end()) return !got_worse(known->second, f);
  return std::any_of(kept.begin(), kept.end(), [&](const auto& one) { return is_no_graver(one.second, f); });
}

}  // namespace

bool is_waived(const Plan& plan, const Finding& finding, Date today) {
  return std::any_of(plan.waivers.begin(), plan.waivers.end(), [&](const Waiver& w) { return runs(w, today) && accepts(w, finding); });
}

bool waivers_lack_facts(const Plan& plan, Date today) {
  // Of all subjects there may always be one more.
  return std::any_of(plan.waivers.begin(), plan.waivers.end(), [&](const Waiver& w) { return runs(w, today) && (w.facts.empty() || w.subject_id.empty()); });
}

Change kept_in_waivers(const Plan& plan, const std::vector<Finding>& findings, Date today) {
  Change change;
  for (const auto& w : plan.waivers) {
    if (!runs(w, today)) continue;
    std::string facts = w.facts;
    if (w.subject_id.empty()) {
      auto kept = facts_by_subject(w.facts);
      for (const auto& f : findings)
        if (f.rule_id == w.rule_id && !kept.contains(f.subject_id.text) && accepts(w, f)) kept.emplace(f.subject_id.text, facts_text(f));
      facts = text_of(kept);
    } else if (w.facts.empty()) {
      for (const auto& f : findings)
        if (f.rule_id == w.rule_id && f.subject_id == w.subject_id) facts = facts_text(f);
    }
    if (facts != w.facts) append(change, set_fields(plan, {table_of("waiver"), &w, w.id}, {{"facts", facts}}));
  }
  change.cause = Cause::machine;
  return change;
}

}  // namespace mainstay
