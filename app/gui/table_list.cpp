// SPDX-License-Identifier: MIT
#include "app/gui/table_list.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {
/// Columns up to this width (DIP) hold a word or a figure that must stay whole.
constexpr int short_column = 110;
/// Less room than this (DIP) tells nothing.
constexpr int least_column = 90;

/// Orders words as people do: letters as their language has them, figures by their value.
bool comes_before(const std::string& a, const std::string& b) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const auto figures = [&](const std::string& text, std::size_t& at) {
        while (at < text.size() && text[at] == '0') ++at;
        const auto from = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        return text.substr(from, at - from);
      };
      const auto first = figures(a, i), second = figures(b, j);
      if (first.size() != second.size()) return first.size() < second.size();
      if (first != second) return first < second;
      continue;
    }
    const auto letters = [&](const std::string& text, std::size_t& at) {
      const auto from = at;
      while (at < text.size() && !is_digit(text[at])) ++at;
      return text.substr(from, at - from);
    };
    const auto first = letters(a, i), second = letters(b, j);
    if (const int order = std::strcoll(first.c_str(), second.c_str()); order != 0) return order < 0;
  }
  return a.size() - i < b.size() - j;
}
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
    : wxDataViewCtrl(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxDV_SINGLE | wxDV_ROW_LINES), model_(new Model(columns, with_tick)), titles_(columns), with_tick_(with_tick) {
  static std::map<std::string, Sorting, std::less<>> sortings;
  sorting_ = &sortings[std::string(key)];
  if (sorting_->column != no_column && sorting_->column >= columns.size()) *sorting_ = {};
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
  for (std::size_t i = 0; i < columns.size(); ++i) on_title_pressed(GetColumn(static_cast<unsigned>(i) + (with_tick ? 1u : 0u)), [this, i] { title_pressed(i); });
  show_sorting();
  without_search(this);
  SetMinSize(wxSize(FromDIP(200), FromDIP(120)));
  SetSize(GetMinSize());  // the toolkit may draw it before it is laid out
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (GetClientSize().x != fitted_to_) fit_soon();
  });
  set_accessible(this, name, key);
  Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) { if (on_select) on_select(selected()); });
  Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent& event) {
    const auto row = event.GetItem().IsOk() ? model_->GetRow(event.GetItem()) : model_->rows.size();  // a screen reader may activate a row that is not selected
    if (on_activate) on_activate(row < model_->rows.size() ? model_->rows[row].id : selected());
  });
}

void TableList::DoSetSize(int x, int y, int width, int height, int flags) { wxDataViewCtrl::DoSetSize(x, y, never_squeezed(this, width), never_squeezed(this, height), flags); }

void TableList::fit_soon() {
  if (fitting_) return;
  fitting_ = true;
  CallAfter([this] {
    fitting_ = false;
    fit_columns();
  });
}

int TableList::needed_width(std::size_t column) const {
  if (titles_[column].picture) return for_text(this, titles_[column].width);
  constexpr std::size_t most_rows = 200;  // the others are like them
  int widest = GetTextExtent(GetColumn(static_cast<unsigned>(column) + (with_tick_ ? 1u : 0u))->GetTitle()).x;  // with its arrow
  for (std::size_t i = 0; i < std::min(most_rows, model_->rows.size()); ++i)
    if (const auto& cells = model_->rows[i].cells; column < cells.size()) widest = std::max(widest, GetTextExtent(wx(cells[column])).x);
  return widest + widest / 12 + FromDIP(gap_wide);  // bold letters, and the cell's own margins
}

/// Shares the list's width among its columns: what must be read whole gets what it needs, the others what is left, no short text giving way to a long one.
void TableList::fit_columns() {
  const int width = GetClientSize().x - FromDIP(gap_small);
  if (width < FromDIP(120) || model_->rows.empty()) return;
  fitted_to_ = GetClientSize().x;
  const auto first = with_tick_ ? 1u : 0u;
  int left = width - (with_tick_ ? GetColumn(0)->GetWidth() : 0);
  std::vector<int> needs(titles_.size());
  std::vector<std::size_t> open;  // columns that have no width yet
  for (std::size_t i = 0; i < titles_.size(); ++i) {
    needs[i] = needed_width(i);
    const bool is_short = titles_[i].whole || titles_[i].picture || titles_[i].width <= short_column;
    if (!is_short || needs[i] > for_text(this, 2 * short_column)) open.push_back(i);
    else left -= needs[i];
  }
  const int least = for_text(this, least_column);
  std::set<std::size_t> left_out;
  const auto weights = [&] {
    int sum = 0;
    for (const auto i : open) sum += titles_[i].width;
    return std::max(1, sum);
  };
  const auto is_crowded = [&] { return left < 0 || std::any_of(open.begin(), open.end(), [&](std::size_t i) { return std::min(needs[i], left * titles_[i].width / weights()) < std::min(needs[i], least); }); };
  for (auto spare = titles_.size(); spare-- > 0 && is_crowded();) {
    if (!titles_[spare].spare || spare == sorting_->column) continue;  // what the rows are sorted by stays in sight
    left_out.insert(spare);
    if (std::erase(open, spare) == 0) left += needs[spare];
  }
  // What needs less than its share leaves the rest to the others.
  std::sort(open.begin(), open.end(), [&](std::size_t a, std::size_t b) { return needs[a] * titles_[b].width < needs[b] * titles_[a].width; });
  while (!open.empty()) {
    auto& need = needs[open.front()];
    need = std::min(need, std::max(left * titles_[open.front()].width / weights(), least));
    left -= need;
    open.erase(open.begin());
  }
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < titles_.size(); ++i)
    if (!left_out.contains(i)) shown.push_back(i);
  if (const auto last = shown.back(); left < 0 && !titles_[last].whole) needs[last] = std::max(std::min(needs[last], least), needs[last] + left);
  if (left > 0) needs[*std::max_element(shown.begin(), shown.end(), [this](std::size_t a, std::size_t b) { return titles_[a].width < titles_[b].width; })] += left;  // to the column that holds most
  for (std::size_t i = 0; i < titles_.size(); ++i) {
    auto* column = GetColumn(static_cast<unsigned>(i) + first);
    if (column->IsHidden() != left_out.contains(i)) column->SetHidden(left_out.contains(i));
    column->SetWidth(needs[i]);
  }
}

void TableList::hide_header() {
  without_header(this);
}

std::string TableList::order_of(std::optional<std::int64_t> number) {
  constexpr std::int64_t above_zero = 1'000'000'000'000'000'000;  // figures have no sign
  return number ? std::to_string(std::clamp(*number, -above_zero, above_zero) + above_zero) : std::string();
}

std::size_t TableList::row_count() const { return model_->rows.size(); }

int TableList::whole_height() const {
  constexpr int margin = 7;  // above and below a line of text, DIP
  return (static_cast<int>(std::min<std::size_t>(row_count(), 1000)) + 1) * (GetCharHeight() + FromDIP(margin)) + FromDIP(margin);
}

void TableList::title_pressed(std::size_t column) {
  if (sorting_->column != column) *sorting_ = {column, false};
  else if (!sorting_->descending) sorting_->descending = true;
  else *sorting_ = {};
  show_sorting();
  const auto before = selected();
  sort(model_->rows);
  fit_soon();
  model_->Reset(static_cast<unsigned>(model_->rows.size()));
  if (!before.empty()) select(before);
}

void TableList::show_sorting() {
  for (std::size_t i = 0; i < titles_.size(); ++i)
    show_order(GetColumn(static_cast<unsigned>(i) + (with_tick_ ? 1u : 0u)), i == sorting_->column ? sorting_->descending ? -1 : 1 : 0);
}

void TableList::sort(std::vector<Row>& rows) const {
  const auto column = sorting_->column;
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.place < b.place; });
  if (column == no_column) return;
  std::map<std::size_t, std::string> words;  // by place, made once for each row
  for (const auto& row : rows) {
    const auto own = row.order.find(column);
    words[row.place] = own != row.order.end() ? own->second : column < row.cells.size() ? utf8(wx(row.cells[column]).Lower()) : std::string();
  }
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    const auto &first = words[a.place], &second = words[b.place];
    if (first.empty() != second.empty()) return second.empty();  // what is not known stands last either way
    return sorting_->descending ? comes_before(second, first) : comes_before(first, second);
  });
}

void TableList::set_rows(std::vector<Row> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].place = i;
  if (sorting_->column != no_column) sort(rows);
  const auto before = selected();
  const auto same_ids = std::equal(rows.begin(), rows.end(), model_->rows.begin(), model_->rows.end(), [](const Row& a, const Row& b) { return a.id == b.id; });
  if (same_ids) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!(rows[i] == model_->rows[i])) {
        if (rows[i].cells != model_->rows[i].cells) fit_soon();  // what came to be known may be longer
        model_->rows[i] = std::move(rows[i]);
        model_->RowChanged(static_cast<unsigned>(i));
      }
    return;
  }
  model_->rows = std::move(rows);
  fit_soon();
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
