// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/srchctrl.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/list_detail.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

/// Fields worth a column beside the title, in the order of the record; a tie's title names both its ends already.
std::vector<const FieldInfo*> column_fields(const RecordInfo& info) {
  std::vector<const FieldInfo*> fields;
  for (const auto& field : info.fields)
    if (field.key != "name" && field.type != FieldType::long_text && !(info.kind == "link" && field.required) && fields.size() < 2) fields.push_back(&field);
  return fields;
}

/// List and form for the records of one or more kinds.
class RecordPage : public ListDetailPage {
 public:
  RecordPage(wxWindow* parent, Session& session, const PageInfo& info) : ListDetailPage(parent, session, tr(info.title), "") {
    if (info.kinds == "*")
      for (const auto& table : Plan::tables()) tables_.push_back(&table);
    else
      for (const auto& kind : split(info.kinds, ',')) tables_.push_back(table_of(kind));
    table_ = tables_.front();
    if (tables_.size() > 1) {
      to_bar(make_label(this, tr("Show")));
      kind_ = new wxChoice(this, wxID_ANY);
      for (const auto* table : tables_) kind_->Append(wx(tr(table->info->plural)));
      kind_->SetSelection(0);
      set_accessible(kind_, tr("Kind of record shown"), "record_kind");
      kind_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { choose(tables_[static_cast<std::size_t>(kind_->GetSelection())]); });
      to_bar(kind_);
    }
    filter_ = new wxSearchCtrl(this, wxID_ANY);
    filter_->SetDescriptiveText(wx(tr("Only those with …")));
    filter_->SetMinSize(wxSize(FromDIP(180), -1));
    set_accessible(filter_, tr("Show only records with this text"), "record_filter");
    filter_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { refresh(); });
    to_bar(filter_, 1);
    add_ = make_button(this, tr("&Add"), "record_add", [this] { add(); });
    to_bar(add_);
    remove_ = make_button(this, tr("Re&move"), "record_remove", [this] { remove_selected(); });
    to_bar(remove_);
    heading_ = make_record_heading(right());
    detail()->Add(heading_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    detail()->Add(make_form(), wxSizerFlags().Expand());
    list_kind();
    arrange();
  }

  void refresh() override {
    const auto& info = *table_->info;
    const auto fields = column_fields(info);
    const auto wanted = utf8(filter_->GetValue());
    std::vector<TableList::Row> rows;
    rows.reserve(table_->size(plan()));
    for (std::size_t i = 0; i < table_->size(plan()); ++i) {
      const RecordRef ref{table_, table_->at(plan(), i), table_->id_at(plan(), i)};
      TableList::Row row{ref.id.text, {title_of(plan(), ref)}};
      for (const auto* field : fields) {
        row.cells.push_back(spoken_field(plan(), ref, *field));
        if (field->type == FieldType::date || field->type == FieldType::instant || field->type == FieldType::minutes || field->type == FieldType::money) row.order.emplace(row.cells.size() - 1, field->text(ref.record));
      }
      if (wanted.empty() || std::any_of(row.cells.begin(), row.cells.end(), [&](const auto& cell) { return contains_folded(cell, wanted); })) rows.push_back(std::move(row));
    }
    fill_list(std::move(rows), table_->size(plan()) > 0);
  }

  void show_record(const Id& id) override {
    const auto ref = find_record(plan(), id);
    if (!ref || std::find(tables_.begin(), tables_.end(), ref.table) == tables_.end()) return;
    filter_->ChangeValue({});
    choose(ref.table);
    ListDetailPage::show_record(id);
  }

 private:
  void choose(const Table* table) {
    if (table != table_) {
      form_->commit();
      table_ = table;
      if (kind_) kind_->SetSelection(static_cast<int>(std::find(tables_.begin(), tables_.end(), table) - tables_.begin()));
      list_kind();
    }
    refresh();
  }

  void list_kind() {
    std::vector<TableList::Column> columns{{tr(table_->info->label), 240}};
    for (const auto* field : column_fields(*table_->info)) columns.push_back({tr(field->label), 140});
    make_list(tr(table_->info->plural), "record_list", columns, {tr("Nothing here yet"), tr(table_->info->help), tr("Add the first one"), [this] { add(); }});
    set_help(tr(table_->info->help));
    Layout();
  }

  void show_selected() override {
    const Id id{list_->selected()};
    form_->show(id);
    const auto ref = find_record(plan(), id);
    heading_->set_text(ref ? title_of(plan(), ref) : std::string());
    const bool only_one = table_->info->kind == "organisation";  // a plan has one business, always
    add_->Enable(!only_one && !document().read_only());
    remove_->Enable(static_cast<bool>(ref) && !only_one && !table_->info->append_only && !document().read_only());
  }

  void add() {
    filter_->ChangeValue({});
    add_of_kind(table_->info->kind);
  }

  std::vector<const Table*> tables_;
  const Table* table_;
  wxChoice* kind_ = nullptr;
  wxSearchCtrl* filter_;
  wxButton *add_, *remove_;
  WrappedText* heading_;
};

}  // namespace

Page* make_record_page(wxWindow* parent, Session& session, const PageInfo& info) { return new RecordPage(parent, session, info); }

}  // namespace mainstay
