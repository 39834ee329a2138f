// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/check/context.h"
#include "core/check/match_index.h"
#include "core/check/rule.h"

namespace mainstay {
namespace {

/// Choices are views; the texts of packs are kept here for as long as the program runs.
std::string_view kept(const std::string& text) {
  static std::set<std::string> texts;
  return *texts.insert(text).first;
}

bool is_whole_number(std::string_view text) {
  return !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Id attribute_id(const Plan& plan, const Id& subject, std::string_view attribute) {
  std::string name(attribute);
  std::replace(name.begin(), name.end(), '_', '-');
  const Id plain{subject.text + "-" + name};
  if (is_valid_id(plain.text) && !find_record(plan, plain)) return plain;
  return Id{"attribute-" + sha256_hex(subject.text + "\n" + std::string(attribute)).substr(0, 20)};
}

}  // namespace

std::vector<InventoryQuestion> inventory_questions(const Plan& plan) {
  const Graph graph{Plan()};
  const std::vector<Observation> none;
  const CheckContext context(plan, graph, none, system_now(), "", "");
  const auto packs = load_packs();
  const auto* devices = table_of("device");
  std::vector<const Rule*> asking;
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules)
      if (!rule.questions.empty() && std::find(rule.applies_to.begin(), rule.applies_to.end(), "device") != rule.applies_to.end()) asking.push_back(&rule);
  MatchIndex index(asking, *devices, context);
  std::vector<InventoryQuestion> questions;
  for (const auto& device : plan.devices) {
    const RecordRef ref{devices, &device, device.id};
    const auto subject = context.subject(ref);
    std::set<std::string> asked;
    for (const auto* rule : index.candidates(ref)) {
      if (evaluate(rule->match, subject) == Truth::no) continue;
      for (const auto& q : rule->questions) {
        if (evaluate(q.when, subject) == Truth::no || !asked.insert(q.attribute).second) continue;
        InventoryQuestion question{device.id, q.attribute, q.text, {}, context.value(ref, q.attribute), q.help};
        for (auto at = question.text.find("{name}"); at != std::string::npos; at = question.text.find("{name}", at + device.name.size())) question.text.replace(at, 6, title_of(plan, ref));
        if (!q.choices.empty()) question.choices.push_back({"", kept(tr("I don't know"))});
        for (const auto& [key, label] : q.choices) question.choices.push_back({kept(key), kept(label)});
        questions.push_back(std::move(question));
      }
    }
  }
  return questions;
}

Change answer_question(const Plan& plan, const Id& subject, std::string_view attribute, std::string_view value, Date today) {
  const auto ref = find_record(plan, subject);
  if (!ref) throw Error(ErrorCode::not_found, tr("There is no record “{id}” to answer about.", {{"id", subject.text}}));
  const std::string answer(trimmed(value));
  if (ref.table->info->field(attribute)) return set_fields(plan, ref, {{std::string(attribute), answer}});
  if (attribute.ends_with("_count") && !answer.empty() && answer != none_text && !is_whole_number(answer))
    throw Error(ErrorCode::bad_value, tr("“{value}” is no number of plugs or devices: type a whole number, or leave it empty if nobody has counted.", {{"value", answer}}));
  for (const auto& known : plan.attributes) {
    if (known.subject_id != subject || known.name != attribute) continue;
    if (known.value == answer) return {};
    return set_fields(plan, {table_of("attribute"), &known, known.id}, {{"value", answer}, {"seen_on", answer.empty() ? "" : to_text(today)}});
  }
  if (answer.empty()) return {};
  return add_record("attribute", attribute_id(plan, subject, attribute),
                    {{"subject_id", subject.text}, {"name", std::string(attribute)}, {"value", answer}, {"seen_on", to_text(today)}});
}

}  // namespace mainstay
