// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/splitter.h>
#include <wx/srchctrl.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/add_dialog.h"
#include "app/gui/page.h"
#include "app/gui/record_form.h"
#include "app/gui/table_list.h"
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
class RecordPage : public Page {
 public:
  RecordPage(wxWindow* parent, Session& session, const PageInfo& info) : Page(parent, session) {
    if (info.kinds == "*")
      for (const auto& table : Plan::tables()) tables_.push_back(&table);
    else
      for (const auto& kind : split(info.kinds, ',')) tables_.push_back(table_of(kind));
    table_ = tables_.front();

    auto* all = new wxBoxSizer(wxVERTICAL);
    all->Add(make_title(this, tr(info.title)), wxSizerFlags().Expand().Border(wxLEFT | wxTOP | wxRIGHT, FromDIP(gap_page)));
    help_ = make_hint(this, "", gap_page);
    all->Add(help_, wxSizerFlags().Expand().Border(wxLEFT | wxTOP | wxRIGHT, FromDIP(gap_page)));
    auto* bar = new wxBoxSizer(wxHORIZONTAL);
    if (tables_.size() > 1) {
      auto* label = make_label(this, tr("Show"));
      kind_ = new wxChoice(this, wxID_ANY);
      for (const auto* table : tables_) kind_->Append(wx(tr(table->info->plural)));
      kind_->SetSelection(0);
      set_accessible(kind_, tr("Kind of record shown"), "record_kind");
      kind_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { choose(tables_[static_cast<std::size_t>(kind_->GetSelection())], {}); });
      bar->Add(label, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(gap)));
      bar->Add(kind_, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(gap_wide)));
    }
    filter_ = new wxSearchCtrl(this, wxID_ANY);
    filter_->SetDescriptiveText(wx(tr("Only those with …")));
    filter_->SetMinSize(wxSize(FromDIP(180), -1));
    set_accessible(filter_, tr("Show only records with this text"), "record_filter");
    filter_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { fill_list(); });
    bar->Add(filter_, wxSizerFlags(1).CentreVertical().Border(wxRIGHT, FromDIP(gap_wide)));
    add_ = make_button(this, tr("&Add"), "record_add", [this] { add(); });
    bar->Add(add_, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(gap)));
    remove_ = make_button(this, tr("Re&move"), "record_remove", [this] { remove(); });
    bar->Add(remove_, wxSizerFlags().CentreVertical());
    all->Add(bar, wxSizerFlags().Expand().Border(wxALL, FromDIP(gap_page)));

    auto* splitter = new wxSplitterWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxSP_LIVE_UPDATE | wxSP_NOBORDER);
    left_ = new wxPanel(splitter);
    left_->SetSizer(new wxBoxSizer(wxVERTICAL));
    right_ = new ScrolledPanel(splitter);
    auto* column = new wxBoxSizer(wxVERTICAL);
    heading_ = make_record_heading(right_);
    column->Add(heading_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    form_ = new RecordForm(right_, session);
    column->Add(form_, wxSizerFlags().Expand());
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT, FromDIP(gap_page)));
    right_->SetSizer(padded);
    split_for_reading(splitter, left_, right_);
    all->Add(splitter, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap_page)));
    SetSizer(all);
    make_list();
  }

  void refresh() override {
    fill_list();
    show_selected();
  }

  void show_record(const Id& id) override {
    const auto ref = find_record(plan(), id);
    if (!ref || std::find(tables_.begin(), tables_.end(), ref.table) == tables_.end()) return;
    filter_->ChangeValue({});
    choose(ref.table, id);
  }

 private:
  void choose(const Table* table, const Id& id) {
    if (table != table_) {
      form_->commit();
      table_ = table;
      if (kind_) kind_->SetSelection(static_cast<int>(std::find(tables_.begin(), tables_.end(), table) - tables_.begin()));
      make_list();
    }
    fill_list();
    if (!id.empty()) list_->select(id.text);
    show_selected();
  }

  void make_list() {
    left_->GetSizer()->Clear(true);
    std::vector<TableList::Column> columns{{tr(table_->info->label), 240}};
    for (const auto* field : column_fields(*table_->info)) columns.push_back({tr(field->label), 140});
    list_ = new TableList(left_, tr(table_->info->plural), "record_list", columns);
    list_->on_select = [this](const std::string&) { show_selected(); };
    list_->on_activate = [this](const std::string&) { form_->focus_first(); };
    empty_ = make_empty_state(left_, tr("Nothing here yet"), tr(table_->info->help), tr("Add the first one"), [this] { add(); });
    left_->GetSizer()->Add(list_, wxSizerFlags(1).Expand());
    left_->GetSizer()->Add(empty_, wxSizerFlags(1).Expand());
    help_->set_text(tr(table_->info->help));
    Layout();
  }

  void fill_list() {
    const auto& info = *table_->info;
    const auto fields = column_fields(info);
    const auto wanted = utf8(filter_->GetValue());
    std::vector<TableList::Row> rows;
    rows.reserve(table_->size(plan()));
    for (std::size_t i = 0; i < table_->size(plan()); ++i) {
      const RecordRef ref{table_, table_->at(plan(), i), table_->id_at(plan(), i)};
      TableList::Row row{ref.id.text, {title_of(plan(), ref)}};
      for (const auto* field : fields) row.cells.push_back(spoken_field(plan(), ref, *field));
      if (wanted.empty() || std::any_of(row.cells.begin(), row.cells.end(), [&](const auto& cell) { return contains_folded(cell, wanted); })) rows.push_back(std::move(row));
    }
    const bool none = table_->size(plan()) == 0;
    list_->set_rows(std::move(rows));
    if (list_->IsShown() == none || empty_->IsShown() != none) {
      list_->Show(!none);
      empty_->Show(none);
      left_->Layout();
    }
    if (list_->selected().empty() && list_->row_count() > 0) list_->select_first();
  }

  void show_selected() {
    const Id id{list_->selected()};
    form_->show(id);
    const auto ref = find_record(plan(), id);
    heading_->set_text(ref ? title_of(plan(), ref) : std::string());
    const bool only_one = table_->info->kind == "organisation";  // a plan has one business, always
    add_->Enable(!only_one && !document().read_only());
    remove_->Enable(static_cast<bool>(ref) && !only_one && !table_->info->append_only && !document().read_only());
  }

  void add() {
    form_->commit();
    const auto id = add_record_of_kind(this, session_, table_->info->kind);
    if (id.empty()) return;
    filter_->ChangeValue({});
    choose(table_, id);
    form_->focus_first();
  }

  void remove() {
    form_->commit();
    const Id id{list_->selected()};
    const auto ref = find_record(plan(), id);
    if (!ref) return;
    const auto next = list_->neighbour(id.text);
    const auto title = title_of(plan(), ref);
    Change change;
    if (!session_.attempt([&] { change = remove_record(plan(), ref); }) || !session_.apply(change)) return;
    fill_list();
    list_->select(next);
    show_selected();
    session_.show_note(tr("Removed “{title}”. Ctrl+Z brings it back.", {{"title", title}}));
  }

  std::vector<const Table*> tables_;
  const Table* table_;
  wxChoice* kind_ = nullptr;
  WrappedText* help_;
  wxSearchCtrl* filter_;
  wxButton *add_, *remove_;
  wxPanel *left_, *empty_ = nullptr;
  ScrolledPanel* right_;
  TableList* list_ = nullptr;
  WrappedText* heading_;
  RecordForm* form_;
};

}  // namespace

Page* make_record_page(wxWindow* parent, Session& session, const PageInfo& info) { return new RecordPage(parent, session, info); }

}  // namespace mainstay
