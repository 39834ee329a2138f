// SPDX-License-Identifier: MIT
#pragma once
#include <wx/bitmap.h>
#include <wx/dataview.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/layout.h"
#include "core/base/text.h"

namespace mainstay {

/// A list of rows with text cells (and a tick box, if wanted) that screen readers can read and that stays quick with thousands of rows. A press on a column's title sorts by it,
/// another turns the order round, a third gives the page's own order back; lists of one key keep it as long as the program runs.
class TableList : public wxDataViewCtrl {
 public:
  struct Column {
    std::string title;
    int width = 160;     ///< DIP, until there are rows; then columns share the list's width by what stands in them
    bool whole = false;  ///< holds words that must be read whole, as short columns always do
    bool picture = false;  ///< a small picture and words from `picture_of`; the row's cell only tells when they must be asked for again
    bool spare = false;  ///< left out where the list is too narrow for it: the detail beside the list says the same
  };
  /// A picture in a cell, and the words beside it, which a screen reader gets too.
  struct Picture {
    std::string text;
    wxBitmap bitmap;
  };
  struct Row {
    std::string id;
    std::vector<std::string> cells;
    Status status = Status::none;  ///< colours the first text cell
    bool ticked = false;
    Status tail_status = Status::none;  ///< colours the last cell
    std::map<std::size_t, std::string> order = {};  ///< what a cell sorts by where its words do not tell, such as a date as 2026-11-24
    std::size_t place = 0;  ///< in the order that the page gives; set by the list
    bool operator==(const Row&) const = default;
  };

  /// What a cell sorts by that shows a number in words, below zero too; nothing where it is not known.
  static std::string order_of(std::optional<std::int64_t> number);

  TableList(wxWindow* parent, const std::string& name, std::string_view key, const std::vector<Column>& columns, bool with_tick = false, const std::string& tick_title = tr("Done"));

  /// Replaces the rows; the selected row stays selected where it still exists.
  void set_rows(std::vector<Row> rows);
  /// Leaves out the column titles.
  void hide_header();
  std::size_t row_count() const;
  /// Pixels that all rows and the titles above them take, about.
  int whole_height() const;
  /// Id of the selected row, "" where there is none.
  std::string selected() const;
  /// Selects the row with that id and scrolls to it. False where there is none.
  bool select(const std::string& id);
  void select_first();
  /// The row after (or before) the one with that id, for the selection after a removal.
  std::string neighbour(const std::string& id) const;

  /// Asked for rows that come to view.
  std::function<const Picture&(const std::string& id)> picture_of;
  std::function<void(const std::string& id)> on_select;
  std::function<void(const std::string& id)> on_activate;              ///< Enter or double click
  std::function<void(const std::string& id, bool ticked)> on_tick;

 protected:
  void DoSetSize(int x, int y, int width, int height, int flags) override;

 private:
  class Model;
  /// What the rows are sorted by; no column: the page's own order.
  struct Sorting {
    std::size_t column = no_column;
    bool descending = false;
  };
  static constexpr std::size_t no_column = static_cast<std::size_t>(-1);
  void title_pressed(std::size_t column);
  void sort(std::vector<Row>& rows) const;
  void show_sorting();
  void fit_soon();
  void fit_columns();
  int needed_width(std::size_t column) const;
  Model* model_;  ///< shared with the control's reference count
  std::vector<Column> titles_;
  Sorting* sorting_;
  int fitted_to_ = 0;
  bool with_tick_, fitting_ = false;
};

}  // namespace mainstay
