// SPDX-License-Identifier: MIT
#include "core/check/waivers.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/base/codec.h"
#include "core/check/facts.h"

namespace mainstay {
namespace {

bool runs(const Waiver& w, Date today) { return w.until && w.until.days > today.days; }

/// The most that a waiver keeps, in bytes: what its field takes.
constexpr std::size_t most_kept = 20000;

std::string digest(const Id& subject) { return sha256_hex(subject.text).substr(0, 8); }

/// What a waiver of all subjects keeps, by what findings rest on: "facts=digests of the subjects", "," between these and ";" between groups. Before, it was "subject=facts" for each.
using Kept = std::map<std::string, std::set<std::string>>;
Kept kept_by(const std::string& text) {
  Kept kept;
  for (const auto& part : split(text, ';')) {
    const auto equals = part.find('=');
    if (equals == std::string::npos) continue;
    const auto before = part.substr(0, equals), after = part.substr(equals + 1);
    if (before.find('|') == std::string::npos) kept[after].insert(digest(Id{before}));
    else for (const auto& subject : split(after, ',')) kept[before].insert(subject);
  }
  return kept;
}

std::string text_of(const Kept& kept) {
  std::string text;
  for (const auto& [facts, subjects] : kept) text += (text.empty() ? "" : ";") + facts + "=" + join({subjects.begin(), subjects.end()}, ",");
  return text;
}

/// Keeps what a finding rests on where there is room for it; a subject that finds none is accepted as one that came since. What is kept is never given up for it.
void keep(Kept& kept, std::size_t& size, const Finding& f) {
  const auto facts = facts_text(f), subject = digest(f.subject_id);
  const auto more = subject.size() + 1 + (kept.contains(facts) ? 0 : facts.size() + 2);
  if (size + more > most_kept) return;
  size += more;
  kept[facts].insert(subject);
}

/// A waiver's kept facts of one finding's subject; nothing where it has none.
const std::string* facts_kept(const Kept& kept, const Finding& f) {
  const auto subject = digest(f.subject_id);
  for (const auto& [facts, subjects] : kept)
    if (subjects.contains(subject)) return &facts;
  return nullptr;
}

bool accepts_of_all(const Kept& kept, const Finding& f) {
  if (kept.empty()) return true;
  if (const auto* known = facts_kept(kept, f)) return !got_worse(*known, f);
  return std::any_of(kept.begin(), kept.end(), [&](const auto& one) { return is_no_graver(one.first, f); });
}

bool accepts(const Waiver& w, const Finding& f) {
  if (w.rule_id != f.rule_id) return false;
  if (!w.subject_id.empty()) return w.subject_id == f.subject_id && !got_worse(w.facts, f);
  // A fleet has many findings of one waiver: its text is taken apart once for all of them.
  thread_local std::string text;
  thread_local Kept kept;
  if (text != w.facts) kept = kept_by(text = w.facts);
  return accepts_of_all(kept, f);
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
      const auto before = kept_by(w.facts);
      auto kept = before;
      auto size = text_of(before).size();
      for (const auto& f : findings)
        if (f.rule_id == w.rule_id && !facts_kept(before, f) && accepts_of_all(before, f)) keep(kept, size, f);
      if (kept != before) facts = text_of(kept);
    } else if (w.facts.empty()) {
      for (const auto& f : findings)
        if (f.rule_id == w.rule_id && f.subject_id == w.subject_id) facts = facts_text(f);
      if (facts.size() > most_kept) facts.clear();  // rather held as it is than that no check can be kept
    }
    if (facts != w.facts) append(change, set_fields(plan, {table_of("waiver"), &w, w.id}, {{"facts", facts}}));
  }
  change.cause = Cause::machine;
  return change;
}

}  // namespace mainstay
