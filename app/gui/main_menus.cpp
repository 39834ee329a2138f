// SPDX-License-Identifier: MIT
// The main window's menus, and what their entries do.
#include <wx/aboutdlg.h>
#include <wx/infobar.h>
#include <wx/menu.h>
#include <wx/srchctrl.h>

#include "app/gui/import_dialog.h"
#include "app/gui/main_frame.h"
#include "app/gui/start_frame.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {
enum Command : int { cmd_new = wxID_HIGHEST + 1, cmd_import, cmd_export, cmd_find, cmd_author, cmd_activate, cmd_sync, cmd_test, cmd_next_page, cmd_previous_page, cmd_next_part, cmd_previous_part, cmd_page };

wxMenuBar* menu_bar() {
  auto* file = new wxMenu;
  file->Append(cmd_new, wx(tr("&New plan…") + "\tCtrl+N"));
  file->Append(wxID_OPEN, wx(tr("&Open…") + "\tCtrl+O"));
  file->AppendSeparator();
  file->Append(cmd_import, wx(tr("&Import…")));
  file->Append(cmd_export, wx(tr("&Export as XML…")));
  file->AppendSeparator();
  file->Append(wxID_CLOSE, wx(tr("&Close") + "\tCtrl+W"));
  auto* edit = new wxMenu;
  edit->Append(wxID_UNDO, wx(tr("&Undo") + "\tCtrl+Z"));
  edit->Append(wxID_REDO, wx(tr("&Redo") + "\tCtrl+Shift+Z"));
  edit->AppendSeparator();
  edit->Append(cmd_find, wx(tr("&Find in the plan") + "\tCtrl+F"));
  edit->Append(cmd_author, wx(tr("Your &name…")));
  auto* go = new wxMenu;
  int index = 0;
  for (const auto& page : pages()) {
    const auto key = index < 9 ? "\tCtrl+" + std::to_string(index + 1) : std::string();
    go->Append(cmd_page + index++, wxControl::EscapeMnemonics(wx(tr(page.title))) + wx(key));
  }
  go->AppendSeparator();
  go->Append(cmd_next_page, wx(tr("Next page") + "\tCtrl+PgDn"));
  go->Append(cmd_previous_page, wx(tr("Previous page") + "\tCtrl+PgUp"));
  go->Append(cmd_next_part, wx(tr("Next part of the window") + "\tF6"));
  go->Append(cmd_previous_part, wx(tr("Previous part of the window") + "\tShift+F6"));
  auto* plan = new wxMenu;
  plan->Append(cmd_activate, wx(tr("&Activate the plan…") + "\tF9"));
  plan->Append(cmd_test, wx(tr("&Test all backups now") + "\tCtrl+T"));
  plan->Append(cmd_sync, wx(tr("&Update the checklist from the findings") + "\tCtrl+U"));
  auto* help = new wxMenu;
  help->Append(wxID_ABOUT, wx(tr("&About Mainstay")));
  auto* bar = new wxMenuBar;
  bar->Append(file, wx(tr("&File")));
  bar->Append(edit, wx(tr("&Edit")));
  bar->Append(go, wx(tr("&Go")));
  bar->Append(plan, wx(tr("&Plan")));
  bar->Append(help, wx(tr("&Help")));
  return bar;
}

void show_about(wxWindow* parent) {
  wxAboutDialogInfo about;
  about.SetName("Mainstay");
  about.SetDescription(wx(tr("A business continuity plan that checks itself.")));
  about.SetLicence(wx(tr("MIT licence: use it, change it, pass it on.")));
  wxAboutBox(about, parent);
}
}  // namespace

void MainFrame::make_menus() {
  SetMenuBar(menu_bar());
  const auto on = [this](int id, std::function<void()> action) { Bind(wxEVT_MENU, [action = std::move(action)](wxCommandEvent&) { action(); }, id); };
  on(cmd_new, [this] { create_with_dialog(this); });
  on(wxID_OPEN, [this] { open_with_dialog(this); });
  on(cmd_import, [this] { CallAfter([this] { choose_and_import(this, *session_, tr("Import")); }); });
  on(cmd_export, [this] { export_to_file(); });
  on(wxID_CLOSE, [this] { Close(); });
  on(wxID_UNDO, [this] { session_->undo(); });
  on(wxID_REDO, [this] { session_->redo(); });
  on(cmd_find, [this] { search_->SetFocus(); });
  on(cmd_author, [this] { ask_author(); });
  on(cmd_activate, [this] { CallAfter([this] { activate(); }); });
  on(cmd_test, [this] {
    go_to("backups", {});
    session_->test_backups();
  });
  on(cmd_sync, [this] { update_checklist(); });
  on(wxID_ABOUT, [this] { show_about(this); });
  on(cmd_next_page, [this] { step_page(1); });
  on(cmd_previous_page, [this] { step_page(-1); });
  on(cmd_next_part, [this] { next_part(1); });
  on(cmd_previous_part, [this] { next_part(-1); });
  for (std::size_t i = 0; i < pages().size(); ++i) on(cmd_page + static_cast<int>(i), [this, i] { go_to(std::string(pages()[i].id), {}); });
}

void MainFrame::update_checklist() {
  session_->commit_pending();
  int changed = 0;
  if (session_->attempt([&] { changed = session_->document().put_on_checklist(); }))
    say(changed == 0 ? tr("The checklist is up to date already.") : tr_count(changed, "The checklist is up to date: one task changed. Ctrl+Z takes it back.", "The checklist is up to date: {count} tasks changed. Ctrl+Z takes them back."), false);
  go_to("checklist", {});
}

void MainFrame::step_page(int by) {
  const auto all = pages();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].id == current_) {
      const auto next = (i + all.size() + static_cast<std::size_t>(static_cast<long>(all.size()) + by)) % all.size();
      go_to(std::string(all[next].id), {});
      return;
    }
  go_to("today", {});
}

}  // namespace mainstay
