// SPDX-License-Identifier: MIT
// What rules ask about devices and places, and the answers.
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"

namespace mainstay::cli {
namespace {

std::string standing(const InventoryQuestion& q) { return !q.value.empty() ? tr("answered") : q.put_off_on ? tr("nobody knows") : tr("open"); }

int list(const Document& document, const Invocation& in) {
  const auto& plan = document.plan();
  const auto subject = in.has("SUBJECT") ? resolve_record(plan, "", in.get("SUBJECT")).id : Id();
  Json all = Json::array();
  std::size_t shown = 0;
  for (const auto& q : inventory_questions(plan, document.now())) {
    if (!in.has("--all") && !q.value.empty()) continue;
    if (!subject.empty() && q.subject_id != subject) continue;
    if (in.has("QUESTION") && q.attribute != in.get("QUESTION")) continue;
    ++shown;
    if (in.json()) {
      Json choices = Json::array();
      for (const auto& choice : q.choices)
        if (!choice.key.empty()) choices.push_back({{"key", choice.key}, {"label", choice.label}});
      all.push_back({{"subject_id", q.subject_id.text}, {"attribute", q.attribute}, {"question", q.text}, {"choices", choices}, {"value", q.value.empty() ? Json() : Json(q.value)}, {"put_off_on", json_of(q.put_off_on)},
                     {"help", q.help}, {"hazard", q.hazard}, {"rule", q.rule_id}, {"picture", q.picture}});
      continue;
    }
    print(tr("{subject} {attribute}: {question} ({standing})", {{"subject", q.subject_id.text}, {"attribute", q.attribute}, {"question", q.text}, {"standing", standing(q)}}));
    if (!q.value.empty()) print("    " + tr("It says “{value}”.", {{"value", q.value}}));
    if (!q.help.empty()) print("    " + q.help);
    std::vector<std::string> keys;
    for (const auto& choice : q.choices)
      if (!choice.key.empty()) keys.push_back(tr("{key} ({label})", {{"key", choice.key}, {"label", choice.label}}));
    if (!keys.empty()) print("    " + tr("Takes {keys}.", {{"keys", join(keys, ", ")}}));
  }
  if (in.json()) print(all);
  else if (shown == 0 && !subject.empty()) print(in.has("--all") ? tr("No rule asks anything about “{name}”.", {{"name", title_of(plan, subject)}}) : tr("No question about “{name}” is open.", {{"name", title_of(plan, subject)}}));
  else if (shown == 0) print(tr("No question is open."));
  return Exit::fine;
}

/// The question meant, so that a slip of the pen does not become a fact that nobody asks for.
InventoryQuestion asked(const Document& document, const Id& subject, const std::string& attribute) {
  const auto& plan = document.plan();
  std::vector<std::string> known;
  for (auto& q : inventory_questions(plan, document.now())) {
    if (q.subject_id != subject) continue;
    if (q.attribute == attribute) return q;
    known.push_back(q.attribute);
  }
  if (known.empty()) throw Error(ErrorCode::usage, tr("No rule asks anything about “{name}”.", {{"name", title_of(plan, subject)}}));
  throw Error(ErrorCode::usage, tr("No rule asks for “{attribute}” of “{name}”; they ask for {known}.", {{"attribute", shortened(clean_utf8(attribute), 60)}, {"name", title_of(plan, subject)}, {"known", join(known, ", ")}}));
}

int answer(Document& document, const Invocation& in) {
  if (!in.has("SUBJECT") || !in.has("QUESTION")) throw Error(ErrorCode::usage, tr("Say about what, and which question: questions FILE answer DEVICE QUESTION VALUE"));
  const auto& plan = document.plan();
  const auto subject = resolve_record(plan, "", in.get("SUBJECT")).id;
  const auto question = asked(document, subject, in.get("QUESTION"));
  if (in.get("ACTION") == "unknown") {
    document.apply(put_off_question(plan, subject, question.attribute, document.today(), document.author()));
    return Exit::fine;
  }
  if (!in.has("VALUE")) throw Error(ErrorCode::usage, tr("Say what was seen; {none} where somebody looked and there is nothing. Where nobody knows, say questions FILE unknown DEVICE QUESTION.", {{"none", none_text}}));
  const auto value = answer_key(question, in.get("VALUE"));
  if (!value) {
    std::vector<std::string> keys;
    for (const auto& choice : question.choices)
      if (!choice.key.empty()) keys.push_back(tr("{key} ({label})", {{"key", choice.key}, {"label", tr(choice.label)}}));
    throw Error(ErrorCode::bad_value, tr("“{value}” is no answer to that; it takes {keys}.", {{"value", shortened(clean_utf8(in.get("VALUE")), 60)}, {"keys", join(keys, ", ")}}));
  }
  if (value->empty() && !question.choices.empty()) document.apply(put_off_question(plan, subject, question.attribute, document.today(), document.author()));  // “I don't know”
  else document.apply(answer_question(plan, subject, question.attribute, *value, document.today(), document.author()));
  return Exit::fine;
}

}  // namespace

int run_questions(const Invocation& in) {
  const auto action = in.has("ACTION") ? in.get("ACTION") : std::string("list");
  if (action != "list" && action != "answer" && action != "unknown") throw Error(ErrorCode::usage, tr("questions takes list, answer or unknown, not “{action}”.", {{"action", shortened(clean_utf8(action), 60)}}));
  const auto document = in.open();
  return action == "list" ? list(*document, in) : answer(*document, in);
}

}  // namespace mainstay::cli
