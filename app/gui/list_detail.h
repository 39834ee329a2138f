// SPDX-License-Identifier: MIT
#pragma once
#include <wx/splitter.h>

#include "app/gui/layout.h"
#include "app/gui/page.h"
#include "app/gui/record_form.h"
#include "app/gui/table_list.h"

namespace mainstay {

/// What stands in a list's place where it has nothing to show.
struct Advice {
  std::string title, text, button = {};
  std::function<void()> action = {};
};

/// The shape most pages share: a title, a bar of controls, a list at the left and a scrolled detail at the right, often a record's form.
class ListDetailPage : public Page {
 public:
  /// Without a title it is a part of another page.
  ListDetailPage(wxWindow* parent, Session& session, const std::string& title, const std::string& help);
  /// Selects the record's row, where there is one, with the page's filter lifted where that hides it.
  void show_record(const Id& id) override;

 protected:
  /// Call once after filling the bar, the left and the right side.
  void arrange();
  wxSizer* bar() { return bar_; }
  wxPanel* left() { return left_; }
  ScrolledPanel* right() { return right_; }
  wxBoxSizer* detail() { return detail_; }
  /// Adds a control to the bar.
  void to_bar(wxWindow* control, int proportion = 0);
  /// Another sentence below the title.
  void set_help(const std::string& help);
  /// Makes the list at the left, with `advice` for when it is empty; an earlier list goes.
  void make_list(const std::string& name, std::string_view key, const std::vector<TableList::Column>& columns, Advice advice, bool with_tick = false);
  /// Makes the form of the selected record; `hidden` names fields that the page shows in a better way.
  RecordForm* make_form(std::vector<std::string> hidden = {});
  /// Lists the rows, or shows the advice where there is nothing; keeps the selection or takes the first row, and shows its detail.
  void fill_list(std::vector<TableList::Row> rows) { fill_list(std::move(rows), false); }
  /// As above; with `some_hidden` an empty list is no reason for the advice, since a filter hides rows.
  void fill_list(std::vector<TableList::Row> rows, bool some_hidden);
  /// Shows the detail of the selected row, or nothing.
  virtual void show_selected() = 0;
  /// Shows every row, whatever is filtered now; false where the page has no filter.
  virtual bool lift_filter() { return false; }
  /// What Enter and a double click on a row do: the form takes the keyboard.
  virtual void open_selected();
  /// Adds a record of a kind, selects it and puts the keyboard into its form.
  void add_of_kind(std::string_view kind);
  /// Removes the selected record and selects its neighbour.
  void remove_selected();
  /// Empties the detail side.
  void clear_detail();

  TableList* list_ = nullptr;
  RecordForm* form_ = nullptr;

 private:
  wxBoxSizer *column_, *detail_;
  wxSizer* bar_;
  WrappedText *title_, *help_;
  wxSplitterWindow* splitter_;
  wxPanel *left_, *empty_ = nullptr;
  ScrolledPanel* right_;
};

}  // namespace mainstay
