// SPDX-License-Identifier: MIT
#include "app/gui/main_frame.h"

#include <wx/filedlg.h>
#include <wx/infobar.h>
#include <wx/srchctrl.h>
#include <wx/textdlg.h>

#include "app/gui/accessible.h"
#include "app/gui/import_dialog.h"
#include "app/gui/incident_frame.h"
#include "app/gui/search_page.h"
#include "app/gui/table_list.h"
#include "app/gui/wx_text.h"
#include "core/author.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/response.h"

namespace mainstay {

MainFrame::MainFrame(std::unique_ptr<Document> document, const std::string& first_page)
    : wxFrame(nullptr, wxID_ANY, "Mainstay"), session_(std::make_unique<Session>(std::move(document))), watch_(this, 1), fade_(this, 2) {
  session_->on_error = [this](const std::string& sentence) { say(sentence, true); };
  session_->on_note = [this](const std::string& sentence) { say(sentence, false); };
  session_->on_go_to = [this](const std::string& page, const Id& record) { go_to(page, record); };
  session_->on_activate = [this] { CallAfter([this] { activate(); }); };
  session_->on_mended = [this] {
    if (troubled_) bar_->Dismiss();
    troubled_ = false;
  };

  make_menus();
  auto* panel = new wxPanel(this);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(make_top_bar(panel), wxSizerFlags().Expand().Border(wxALL, FromDIP(gap)));
  bar_ = new wxInfoBar(panel);
  column->Add(bar_, wxSizerFlags().Expand());
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  navigation_ = new TableList(panel, tr("Pages"), "navigation", {{tr("Page"), 160, true}, {tr("Status"), 56}});
  navigation_->hide_header();
  navigation_->SetMinSize(wxSize(for_text(this, 240), FromDIP(200)));
  navigation_->on_select = [this](const std::string& id) {
    if (!id.empty() && id[0] != '#' && id != current_) CallAfter([this, id] { go_to(id, {}); });
  };
  book_ = new wxSimplebook(panel);
  search_page_ = new SearchPage(book_, *session_);
  book_->AddPage(search_page_, {});
  row->Add(navigation_, wxSizerFlags().Expand());
  row->Add(book_, wxSizerFlags(1).Expand());
  column->Add(row, wxSizerFlags(1).Expand());
  panel->SetSizer(column);
  import_what_is_dropped(panel, *session_);

  subscription_ = session_->document().subscribe([this] {
    if (queued_) return;
    queued_ = true;
    CallAfter([this] {
      queued_ = false;
      update();
    });
  });
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent&) { close(); });
  Bind(wxEVT_ACTIVATE, [this](wxActivateEvent& event) {
    event.Skip();
    if (event.GetActive() && session_) session_->attempt([this] { session_->document().refresh(); });
  });
  // Another program (a timer's `probe --due`, a colleague on the share) may move the plan while this window looks at it.
  Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
    session_->attempt([this] {
      session_->document().refresh();
      session_->look_for_trouble(session_->document().clock_moved());  // time alone turns a backup that was fine into one that is not
    });
  }, 1);
  Bind(wxEVT_TIMER, [this](wxTimerEvent&) { bar_->Dismiss(); }, 2);
  watch_.Start(15000);

  SetMinClientSize(FromDIP(wxSize(800, 560)));
  SetClientSize(FromDIP(wxSize(1240, 820)));
  Centre();
  update_navigation();
  go_to(first_page, {});
  update();
  CallAfter([this] {
    if (const auto front = made_.find(current_); front != made_.end() && front->second) front->second->focus_first();
  });
  if (session_->document().read_only())
    say(tr("This plan can only be read: the file or its folder is not writable. To change it, copy it to a place of your own."), false);
  else if (!author_was_given())
    say(tr("The history will name “{author}” for what you change. Edit, Your name… sets another.", {{"author", session_->document().author()}}), false);
}

void MainFrame::ask_author() {
  auto& document = session_->document();
  const auto name = std::string(trimmed(utf8(wxGetTextFromUser(wx(tr("The plan's history says who changed what. What is your name?")), wx(tr("Your name")), wx(document.author()), this))));
  if (name.empty()) return;
  session_->attempt([&] { keep_author(name); });
  document.set_author(name);
}

MainFrame::~MainFrame() {
  watch_.Stop();
  fade_.Stop();
  DestroyChildren();  // pages hold references into the session
}

wxSizer* MainFrame::make_top_bar(wxWindow* parent) {
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  search_ = new wxSearchCtrl(parent, wxID_ANY);
  search_->SetDescriptiveText(wx(tr("Search the whole plan (Ctrl+F)")));
  search_->SetMinSize(wxSize(FromDIP(280), -1));
  search_->ShowCancelButton(true);
  set_accessible(search_, tr("Search the whole plan"), "search");
  search_->Bind(wxEVT_SEARCH, [this](wxCommandEvent&) { search(); });
  search_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { if (search_->GetValue().length() >= 2) search(); });
  search_->Bind(wxEVT_SEARCH_CANCEL, [this](wxCommandEvent&) { search_->Clear(); });
  search_->Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_DOWN) search_page_->focus_list();
    else if (event.GetKeyCode() == WXK_ESCAPE && current_.empty()) {
      search_->ChangeValue({});
      go_to(before_search_.empty() ? "today" : before_search_, {});
    }
    else event.Skip();
  });
  row->Add(search_, wxSizerFlags().CentreVertical());
  row->AddStretchSpacer();
  undo_ = make_button(parent, tr("Undo"), "undo", [this] { session_->undo(); });
  redo_ = make_button(parent, tr("Redo"), "redo", [this] { session_->redo(); });
  activate_ = make_button(parent, tr("Activate the plan"), "activate", [this] { CallAfter([this] { activate(); }); });  // a screen reader waits for the press to end, and a dialog stands within it
  activate_->SetFont(activate_->GetFont().Bold());
  activate_->SetForegroundColour(status_colour(Status::bad));
  for (auto* button : {undo_, redo_, activate_}) row->Add(button, wxSizerFlags().CentreVertical().Border(wxLEFT, FromDIP(gap)));
  return row;
}

void MainFrame::go_to(const std::string& id, const Id& record) {
  const auto found = std::find_if(pages().begin(), pages().end(), [&](const auto& page) { return page.id == id; });
  if (found == pages().end()) {
    if (current_.empty()) go_to("today", {});
    return;
  }
  const bool from_navigation = navigation_->HasFocus();
  auto& page = made_[id];
  if (!page) {
    page = found->make(book_, *session_, *found);
    set_accessible(page, tr(found->title), tr("page_{id}", {{"id", id}}));
    book_->AddPage(page, wx(tr(found->title)));
  }
  if (id != current_) {
    session_->mended();          // said about another page
    session_->commit_pending();  // what it refuses is said here too: its box is out of sight
    if (const auto left = made_.find(current_); left != made_.end() && left->second) left->second->went_to_back();
  }
  current_ = id;
  book_->ChangeSelection(static_cast<std::size_t>(book_->FindPage(page)));
  page->came_to_front();
  if (!record.empty()) page->show_record(record);
  if (navigation_->selected() != id) navigation_->select(id);
  if (from_navigation && !navigation_->HasFocus()) navigation_->SetFocus();  // walking down the list shows pages; only Tab or F6 enters one
}

void MainFrame::update_navigation() {
  std::vector<TableList::Row> rows;
  std::string_view group;
  for (const auto& page : pages()) {
    if (page.group != group) {
      group = page.group;
      rows.push_back({"#" + std::string(group), {upper_case(tr(group))}, Status::info});
    }
    const auto mark = page.mark ? page.mark(session_->document()) : PageMark{};
    std::string status(status_mark(mark.status));
    if (mark.count) status = tr("{mark} {count}", {{"mark", status}, {"count", mark.count}});
    TableList::Row row{std::string(page.id), {tr(page.title), std::string(trimmed(status))}};
    row.tail_status = mark.status;
    rows.push_back(std::move(row));
  }
  navigation_->set_rows(std::move(rows));
}

void MainFrame::update() {
  auto& document = session_->document();
  const auto& name = document.plan().organisation().name;
  SetTitle(wx(name.empty() ? tr("{file} – Mainstay", {{"file", file_name(document.path())}})
                           : tr("{business} – {file} – Mainstay", {{"business", name}, {"file", file_name(document.path())}})));
  session_->attempt([&] {
    const auto undo = document.undo_note(), redo = document.redo_note();
    undo_->Enable(undo.has_value());
    redo_->Enable(redo.has_value());
    undo_->SetToolTip(wx(undo ? tr("Take back: {note} (Ctrl+Z)", {{"note", *undo}}) : tr("Nothing to take back")));
    redo_->SetToolTip(wx(redo ? tr("Do again: {note} (Ctrl+Shift+Z)", {{"note", *redo}}) : tr("Nothing to do again")));
    const bool active = running_incident(document.plan()).has_value();
    activate_->SetLabel(wx(active ? tr("Show the incident") : tr("Activate the plan")));
    activate_->GetParent()->Layout();
    update_navigation();
  });
}

void MainFrame::say(const std::string& sentence, bool trouble) {
  bar_->ShowMessage(wx(sentence), trouble ? wxICON_ERROR : wxICON_INFORMATION);
  troubled_ = trouble;
  if (trouble) fade_.Stop();  // trouble stays until it is read
  else fade_.StartOnce(8000);
}

void MainFrame::show_note(const std::string& sentence) { say(sentence, false); }

void MainFrame::search() {
  book_->ChangeSelection(0);  // first: a heading out of sight cannot be measured
  search_page_->search(utf8(search_->GetValue()));
  if (!current_.empty()) {
    before_search_ = current_;
    made_[current_]->went_to_back();
  }
  current_.clear();
  navigation_->UnselectAll();
}

void MainFrame::next_part(int by) {
  wxWindow* const parts[] = {search_, navigation_, book_->GetCurrentPage()};
  constexpr int count = 3;
  int at = by > 0 ? count - 1 : 0;
  const auto* focused = FindFocus();
  for (int i = 0; i < count; ++i)
    if (focused && parts[i] && (focused == parts[i] || parts[i]->IsDescendant(const_cast<wxWindow*>(focused)))) at = i;
  if (auto* next = parts[(at + by + count) % count]) next->SetFocus();
}

void MainFrame::activate() {
  session_->commit_pending();
  show_incident(this, *session_);
}

void MainFrame::import_from(const std::string& path) {
  CallAfter([this, path] { import_with_preview(this, *session_, path); });
}

void MainFrame::export_to_file() {
  wxFileDialog dialog(this, wx(tr("Export as XML")), {}, wx(tr("plan") + ".xml"), "*.xml", wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
  if (dialog.ShowModal() != wxID_OK) return;
  session_->commit_pending();
  if (session_->attempt([&] { export_plan(session_->plan(), utf8(dialog.GetPath())); })) say(tr("Exported to {path}.", {{"path", utf8(dialog.GetPath())}}), false);
}

void MainFrame::close() {
  session_->commit_pending();
  if (const auto left = made_.find(current_); left != made_.end() && left->second) left->second->went_to_back();
  session_->on_error = session_->on_note = nullptr;
  session_->on_go_to = nullptr;
  session_->on_activate = session_->on_mended = nullptr;
  subscription_.reset();
  watch_.Stop();
  Destroy();
}

}  // namespace mainstay
