// SPDX-License-Identifier: MIT
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"

namespace mainstay::cli {

int run_history(const Invocation& in) {
  const auto document = in.open();
  const bool edits = in.has("--edits");
  Json list = Json::array();
  for (const auto& r : document->history(edits || in.json())) {
    if (in.json()) {
      Json changed = Json::array();
      for (const auto& e : r.edits) changed.push_back({{"kind", e.kind}, {"id", e.id.text}, {"field", e.field}, {"before", e.before}, {"after", e.after}});
      list.push_back({{"number", r.number}, {"uuid", r.uuid}, {"parent", r.parent}, {"time", to_text(r.time)}, {"author", r.author}, {"note", r.note}, {"cause", cause_name(r.cause)},
                      {"content_hash", r.content_hash}, {"edits", changed}});
      continue;
    }
    print(tr("{number}  {time}  {author}  {note}", {{"number", r.number}, {"time", to_text(r.time)}, {"author", r.author}, {"note", r.note}}));
    for (const auto& e : r.edits)
      print(e.field.empty() ? tr("      {kind} {id}: {what}", {{"kind", e.kind}, {"id", e.id.text}, {"what", e.after == present ? tr("added") : tr("removed")}})
                            : tr("      {kind} {id}, {field}: “{before}” → “{after}”", {{"kind", e.kind}, {"id", e.id.text}, {"field", e.field}, {"before", e.before}, {"after", e.after}}));
  }
  if (in.json()) print(list);
  if (const auto broken = document->first_broken_revision())
    throw Error(ErrorCode::damaged, tr("The history was altered outside Mainstay: revision {number} is not as it was written. The plan itself is whole.", {{"number", *broken}}));
  return Exit::fine;
}

int run_undo(const Invocation& in) {
  print(tr("Undone: {note}", {{"note", in.open()->undo()}}));
  return Exit::fine;
}

int run_redo(const Invocation& in) {
  print(tr("Redone: {note}", {{"note", in.open()->redo()}}));
  return Exit::fine;
}

}  // namespace mainstay::cli
