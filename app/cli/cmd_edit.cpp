// SPDX-License-Identifier: MIT
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/analysis/starter_guesses.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/model/emergency_contact.h"

namespace mainstay::cli {
namespace {

std::string kind_of(const Invocation& in) {
  const auto kind = in.get("KIND");
  if (!table_of(kind)) throw Error(ErrorCode::usage, tr("There is no kind of record “{kind}”; “mainstay-cli show --kinds” lists them.", {{"kind", kind}}));
  return kind;
}

/// An id field takes an id, a unique name or a prefix.
Values with_ids_resolved(const Plan& plan, std::string_view kind, Values values) {
  const auto& info = *table_of(kind)->info;
  for (auto& [key, text] : values) {
    const auto* field = info.field(key);
    if (!field || field->type != FieldType::id || text.empty()) continue;
    text = resolve_record(plan, field->refers_to == "*" ? std::string_view() : field->refers_to, text).id.text;
  }
  return values;
}

}  // namespace

int run_add(const Invocation& in) {
  const auto kind = kind_of(in);
  auto values = field_values(in.all("VALUES"));
  const auto document = in.open();
  Id id = new_id(kind);
  std::erase_if(values, [&](const auto& value) {
    if (value.first != "id") return false;
    id = Id{value.second};
    return true;
  });
  const bool has_name = std::any_of(values.begin(), values.end(), [](const auto& value) { return value.first == "name" && !trimmed(value.second).empty(); });
  if (table_of(kind)->info->field("name") && !has_name) throw Error(ErrorCode::usage, tr("Give it a name: name=…"));
  document->apply(add_record(kind, id, with_ids_resolved(document->plan(), kind, values)));
  print(id.text);
  return Exit::fine;
}

int run_set(const Invocation& in) {
  const auto kind = kind_of(in);
  const auto values = field_values(in.all("VALUES"));
  const auto document = in.open();
  const auto ref = resolve_record(document->plan(), kind, in.get("ID"));
  const auto number_of_help = [&] {
    const auto contact = find_record(document->plan(), Id{emergency_contact_id});
    return contact ? contact.text("phone") : std::string();
  };
  const auto number_before = number_of_help();
  auto change = set_fields(document->plan(), ref, with_ids_resolved(document->plan(), kind, values));
  // An income that is typed is said, also where it happens to be the starter plan's guess.
  if (kind == "activity" && std::any_of(values.begin(), values.end(), [](const auto& value) { return value.first == "income_per_day_cents"; }))
    change = with_income_confirmed(document->plan(), std::move(change), ref.id, document->author(), document->today());
  document->apply(change);
  if (const auto number = number_of_help(); kind == "organisation" && number != number_before)
    print(number.empty() ? tr("The emergency number of this region is not verified here: look it up and set the phone of “{contact}”.", {{"contact", title_of(document->plan(), Id{emergency_contact_id})}})
                         : tr("“{contact}” now has the region's number {number}. Check it once.", {{"contact", title_of(document->plan(), Id{emergency_contact_id})}, {"number", number}}));
  return Exit::fine;
}

int run_remove(const Invocation& in) {
  const auto kind = kind_of(in);
  const auto document = in.open();
  document->apply(remove_record(document->plan(), resolve_record(document->plan(), kind, in.get("ID"))));
  return Exit::fine;
}

int run_link(const Invocation& in) {
  auto values = field_values(in.all("VALUES"));
  const auto document = in.open();
  const auto from = resolve_record(document->plan(), "", in.get("FROM")), to = resolve_record(document->plan(), "", in.get("TO"));
  if (std::none_of(values.begin(), values.end(), [](const auto& v) { return v.first == "kind"; })) values.emplace_back("kind", "needs");
  values.emplace_back("from_id", from.id.text);
  values.emplace_back("to_id", to.id.text);
  auto change = add_record("link", new_id("link"), values);
  const auto kind = std::find_if(change.edits.begin(), change.edits.end(), [](const Edit& e) { return e.field == "kind"; })->after;
  for (const auto& link : document->plan().links)
    if (link.from_id == from.id && link.to_id == to.id && Link::info().field("kind")->text(&link) == kind) {
      print(link.id.text);  // it is there already
      return Exit::fine;
    }
  document->apply(change);
  print(change.edits.front().id.text);
  return Exit::fine;
}

}  // namespace mainstay::cli
