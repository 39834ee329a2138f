// SPDX-License-Identifier: MIT
#include "app/gui/table_list.h"

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {
/// Columns up to this width (DIP) hold a word or a figure that must stay whole in large letters.
constexpr int short_column = 130;
}  // namespace

class TableList::Model : public wxDataViewVirtualListModel {
 public:
  Model(const std::vector<Column>& columns, bool with_tick) : columns_(columns.size()), tick_(with_tick) {
    for (const auto& column : columns) pictures_.push_back(column.picture);
  }
  std::function<const Picture&(const std::string&)> picture;
  std::vector<Row> rows;
  std::function<void(const std::string&, bool)> ticked;

  unsigned GetColumnCount() const override { return static_cast<unsigned>(columns_ + (tick_ ? 1 : 0)); }
  wxString GetColumnType(unsigned column) const override { return tick_ && column == 0 ? "bool" : is_picture(column) ? "wxDataViewIconText" : "string"; }
  void GetValueByRow(wxVariant& value, unsigned row, unsigned column) const override {
    if (tick_ && column == 0) {
      value = row < rows.size() && rows[row].ticked;
      return;
    }
    const auto cell = column - (tick_ ? 1 : 0);
    if (is_picture(column)) {
      static const Picture none;
      const auto& shown = row < rows.size() && picture ? picture(rows[row].id) : none;
      value << wxDataViewIconText(wx(shown.text), shown.bitmap.IsOk() ? wxBitmapBundle(shown.bitmap) : wxBitmapBundle());
      return;
    }
    value = row < rows.size() && cell < rows[row].cells.size() ? wx(rows[row].cells[cell]) : wxString();
  }
  bool GetAttrByRow(unsigned row, unsigned column, wxDataViewItemAttr& attribute) const override {
    if (row >= rows.size()) return false;
    const bool first = column == (tick_ ? 1u : 0u);
    const auto status = first ? rows[row].status : column + 1 == GetColumnCount() ? rows[row].tail_status : Status::none;
    if (status == Status::none) return false;
    attribute.SetColour(status_colour(status));
    attribute.SetBold(true);
    return true;
  }
  bool SetValueByRow(const wxVariant& value, unsigned row, unsigned column) override {
    if (!tick_ || column != 0 || row >= rows.size()) return false;
    rows[row].ticked = value.GetBool();
    if (ticked) ticked(rows[row].id, rows[row].ticked);
    return true;
  }

 private:
  bool is_picture(unsigned column) const {
    const auto cell = column - (tick_ ? 1u : 0u);
    return column >= (tick_ ? 1u : 0u) && cell < pictures_.size() && pictures_[cell];
  }
  std::vector<bool> pictures_;
  std::size_t columns_;
  bool tick_;
};

TableList::TableList(wxWindow* parent, const std::string& name, std::string_view key, const std::vector<Column>& columns, bool with_tick,
                     const std::string& tick_title)
    : wxDataViewCtrl(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxDV_SINGLE | wxDV_ROW_LINES), model_(new Model(columns, with_tick)) {
  AssociateModel(model_);
  model_->DecRef();  // the control holds it from here
  model_->ticked = [this](const std::string& id, bool ticked) { if (on_tick) on_tick(id, ticked); };
  model_->picture = [this](const std::string& id) -> const Picture& {
    static const Picture none;
    return picture_of ? picture_of(id) : none;
  };
  unsigned index = 0;
  if (with_tick) AppendToggleColumn(wx(tick_title), index++, wxDATAVIEW_CELL_ACTIVATABLE, std::max(for_text(this, 56), GetTextExtent(wx(tick_title)).x + FromDIP(gap_page)));
  for (const auto& column : columns) {
    wxDataViewRenderer* cell = column.picture ? static_cast<wxDataViewRenderer*>(new wxDataViewIconTextRenderer("wxDataViewIconText", wxDATAVIEW_CELL_INERT))
                                              : new wxDataViewTextRenderer("string", wxDATAVIEW_CELL_INERT);
    cell->EnableEllipsize(wxELLIPSIZE_END);
    AppendColumn(new wxDataViewColumn(wx(column.title), cell, index++, column.whole || column.width <= short_column ? for_text(this, column.width) : FromDIP(column.width), wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE));
  }
  SetMinSize(wxSize(FromDIP(200), FromDIP(120)));
  set_accessible(this, name, key);
  Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) { if (on_select) on_select(selected()); });
  Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent& event) {
    const auto row = event.GetItem().IsOk() ? model_->GetRow(event.GetItem()) : model_->rows.size();  // a screen reader may activate a row that is not selected
    if (on_activate) on_activate(row < model_->rows.size() ? model_->rows[row].id : selected());
  });
}

void TableList::hide_header() {
  without_header(this);
}

std::size_t TableList::row_count() const { return model_->rows.size(); }

void TableList::set_rows(std::vector<Row> rows) {
  const auto before = selected();
  const auto same_ids = std::equal(rows.begin(), rows.end(), model_->rows.begin(), model_->rows.end(), [](const Row& a, const Row& b) { return a.id == b.id; });
  if (same_ids) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!(rows[i] == model_->rows[i])) {
        model_->rows[i] = std::move(rows[i]);
        model_->RowChanged(static_cast<unsigned>(i));
      }
    return;
  }
  model_->rows = std::move(rows);
  model_->Reset(static_cast<unsigned>(model_->rows.size()));
  if (!before.empty()) select(before);
}

std::string TableList::selected() const {
  const auto item = GetSelection();
  if (!item.IsOk()) return {};
  const auto row = model_->GetRow(item);
  return row < model_->rows.size() ? model_->rows[row].id : std::string();
}

bool TableList::select(const std::string& id) {
  for (std::size_t i = 0; i < model_->rows.size(); ++i)
    if (model_->rows[i].id == id) {
      const auto item = model_->GetItem(static_cast<unsigned>(i));
      Select(item);
      SetCurrentItem(item);
      EnsureVisible(item);
      return true;
    }
  UnselectAll();
  return false;
}

void TableList::select_first() {
  if (!model_->rows.empty()) select(model_->rows.front().id);
}

std::string TableList::neighbour(const std::string& id) const {
  const auto& rows = model_->rows;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].id == id) return i + 1 < rows.size() ? rows[i + 1].id : i > 0 ? rows[i - 1].id : std::string();
  return {};
}

}  // namespace mainstay
