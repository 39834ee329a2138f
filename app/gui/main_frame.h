// SPDX-License-Identifier: MIT
#pragma once
#include <wx/frame.h>
#include <wx/simplebook.h>
#include <wx/timer.h>

#include <map>
#include <memory>
#include <string>

#include "app/gui/page.h"
#include "app/gui/session.h"

class wxInfoBar;
class wxSearchCtrl;

namespace mainstay {

class SearchPage;
class TableList;

/// The window of one plan: navigation at the left, the page at the right, search, undo and activation above. Commands live in pages.
class MainFrame : public wxFrame {
 public:
  MainFrame(std::unique_ptr<Document> document, const std::string& first_page);
  ~MainFrame() override;
  void activate();
  void show_note(const std::string& sentence);
  /// Shows what a file would change, and imports it where that is confirmed.
  void import_from(const std::string& path);

 private:
  void ask_author();
  void make_menus();
  void update_checklist();
  /// Shows the page so many places on in the navigation, round its ends.
  void step_page(int by);
  wxSizer* make_top_bar(wxWindow* parent);
  void go_to(const std::string& page, const Id& record);
  void update();
  void update_navigation();
  void say(const std::string& sentence, bool trouble);
  void search();
  /// Puts the keyboard into the next part of the window: search, list of pages, page.
  void next_part(int by);
  void export_to_file();
  void close();

  std::unique_ptr<Session> session_;
  Subscription subscription_;
  wxInfoBar* bar_ = nullptr;
  wxSearchCtrl* search_ = nullptr;
  wxButton *undo_ = nullptr, *redo_ = nullptr, *activate_ = nullptr;
  TableList* navigation_ = nullptr;
  wxSimplebook* book_ = nullptr;
  SearchPage* search_page_ = nullptr;
  std::map<std::string, Page*, std::less<>> made_;
  std::string current_, before_search_;
  bool troubled_ = false;
  wxTimer watch_, fade_;
  bool queued_ = false;
};

}  // namespace mainstay
