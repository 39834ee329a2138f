// SPDX-License-Identifier: MIT
#include <wx/wupdlock.h>

#include <algorithm>

#include "app/gui/list_detail.h"
#include "app/gui/wx_text.h"
#include "core/base/error.h"

namespace mainstay {
namespace {

std::string cause_words(Cause cause) {
  switch (cause) {
    case Cause::edit: return tr("Edit");
    case Cause::undo: return tr("Undo");
    case Cause::redo: return tr("Redo");
    case Cause::import: return tr("Import");
    case Cause::merge: return tr("Merge");
    case Cause::restore: return tr("Restore");
    case Cause::machine: break;
  }
  return tr("By Mainstay");
}

/// Who changed what, when: never rewritten.
class HistoryPage : public ListDetailPage {
 public:
  HistoryPage(wxWindow* parent, Session& session)
      : ListDetailPage(parent, session, tr("History"), tr("Every change since the plan was made. Nothing here is ever rewritten: taking something back is a change of its own.")) {
    bar()->AddStretchSpacer();
    undo_ = make_button(this, tr("&Undo the newest edit"), "history_undo", [this] { session_.undo(); });
    redo_ = make_button(this, tr("&Redo"), "history_redo", [this] { session_.redo(); });
    to_bar(undo_);
    to_bar(redo_);
    make_list(tr("Changes"), "history_list", {{tr("No."), 60}, {tr("When"), 170}, {tr("Who"), 120}, {tr("What"), 280}, {tr("How"), 100}},
              {tr("Nothing has been changed yet"), tr("Each change to the plan will stand here.")});
    arrange();
  }

  void refresh() override {
    revisions_ = document().history();
    std::sort(revisions_.begin(), revisions_.end(), [](const auto& a, const auto& b) { return a.number > b.number; });
    std::vector<TableList::Row> rows;
    for (const auto& revision : revisions_) {
      rows.push_back({std::to_string(revision.number), {std::to_string(revision.number), spoken(revision.time), revision.author, revision.note, cause_words(revision.cause)}});
      rows.back().order = {{1, to_text(revision.time)}};
    }
    undo_->Enable(document().undo_note().has_value());
    redo_->Enable(document().redo_note().has_value());
    fill_list(std::move(rows));
  }

 private:
  void show_selected() override {
    wxWindowUpdateLocker still(right());
    clear_detail();
    const auto id = list_->selected();
    for (const auto& revision : revisions_) {
      if (std::to_string(revision.number) != id) continue;
      add(revision.note, false);
      constexpr std::size_t most = 60;
      const auto edits = document().edits_of(revision.number);
      for (std::size_t i = 0; i < edits.size() && i < most; ++i) add(words(edits[i]), false);
      if (edits.size() > most) add(tr("… and {count} more.", {{"count", edits.size() - most}}), true);
      add(tr("Content hash {hash}", {{"hash", shortened(revision.content_hash, 16)}}), true);
    }
    right()->content_changed();
  }

  void add(const std::string& text, bool quiet) {
    detail()->Add(quiet ? make_hint(right(), text, gap_page) : make_text(right(), text, gap_page), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
  }

  /// Machine text of a field as people say it; ids as the titles of what they name.
  std::string words_of(const Table& table, const FieldInfo& field, const std::string& text) const {
    if (field.type == FieldType::id) return title_of(session_.plan(), Id{text});
    Plan scratch;
    void* record = table.append(scratch, Id{"scratch"});
    try {
      field.set_text(record, text);
    } catch (const Error&) {
      return text;  // a value that this version does not know
    }
    return field.spoken(record);
  }

  std::string words(const Edit& edit) const {
    const auto* table = table_of(edit.kind);
    const auto* field = table ? table->info->field(edit.field) : nullptr;
    const auto found = find_record(session_.plan(), edit.id);
    const auto title = found ? title_of(session_.plan(), found) : edit.id.text;
    const auto kind = table ? tr(table->info->label) : edit.kind;
    if (edit.field.empty()) return edit.after == present ? tr("{kind} “{title}” added", {{"kind", kind}, {"title", title}}) : tr("{kind} “{title}” removed", {{"kind", kind}, {"title", title}});
    const auto shown = [&](const std::string& text) { return text.empty() ? tr("not known") : shortened(field ? words_of(*table, *field, text) : text, 120); };
    if (edit.before.empty()) return tr("{title}, {field}: {after}", {{"title", title}, {"field", field ? tr(field->label) : edit.field}, {"after", shown(edit.after)}});
    return tr("{title}, {field}: {before} → {after}", {{"title", title}, {"field", field ? tr(field->label) : edit.field}, {"before", shown(edit.before)}, {"after", shown(edit.after)}});
  }

  wxButton *undo_, *redo_;
  std::vector<Revision> revisions_;
};

}  // namespace

Page* make_history_page(wxWindow* parent, Session& session, const PageInfo&) { return new HistoryPage(parent, session); }

}  // namespace mainstay
