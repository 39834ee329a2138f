// SPDX-License-Identifier: MIT
#include "app/gui/start_frame.h"

#include <wx/filedlg.h>
#include <wx/gdicmn.h>
#include <wx/frame.h>
#include <wx/stdpaths.h>
#include <wx/utils.h>

#include <cstdlib>
#include <filesystem>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/main_frame.h"
#include "app/gui/wizard/wizard.h"
#include "app/gui/wx_text.h"
#include "core/author.h"
#include "core/base/error.h"
#include "core/base/file.h"

namespace mainstay {
namespace {

namespace fs = std::filesystem;
std::string last_plan_file() { return (fs::path(user_config_directory()) / "last-plan").string(); }

std::string last_plan() {
  try {
    auto path = std::string(trimmed(read_file(last_plan_file(), 8192)));
    return fs::is_regular_file(path) ? path : std::string();
  } catch (const Error&) {
    return {};  // nothing remembered: the first start
  }
}

wxString file_kinds() { return wx(tr("Mainstay plans") + " (*.mainstay)|*.mainstay|" + tr("All files") + "|*"); }

/// The window with the four ways in.
class StartFrame : public wxFrame {
 public:
  explicit StartFrame(const std::string& trouble) : wxFrame(nullptr, wxID_ANY, "Mainstay") {
    auto* panel = new ScrolledPanel(this);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_title(panel, tr("What would you like to do?")), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    column->Add(make_hint(panel, tr("A continuity plan says what to do when the office burns, the data is gone or somebody is missing. Mainstay asks for it in plain "
                                    "words and checks that it holds."), 32),
                wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    trouble_ = new WrappedText(panel, trouble, 32);
    trouble_->SetForegroundColour(status_colour(Status::bad));
    trouble_->Show(!trouble.empty());
    column->Add(trouble_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    choice(panel, column, tr("&Make my plan"), tr("Eleven short pages, about twenty minutes. You can stop at any time; nothing is lost."), "start_make",
           [this] { if (create_with_dialog(this)) Close(); });
    choice(panel, column, tr("&Open a plan"), tr("A .mainstay file on this computer, a stick or a share."), "start_open", [this] { if (open_with_dialog(this)) Close(); });
    const auto last = last_plan();
    if (!last.empty())
      choice(panel, column, tr("&Continue with the last plan"), last, "start_last", [this, last] { attempt([&] { show_plan(Document::open(last, document_context())); }); });
    choice(panel, column, tr("&Look at an example"), tr("A made-up shop with backups, devices and gaps to find. Change what you like."), "start_example", [this] { example(); });
    const auto now_about = last.empty() ? tr("Activates a plan at once: next steps, who to call, a clock and a log.")
                                        : tr("Activates “{plan}” at once: next steps, who to call, a clock and a log.", {{"plan", fs::path(last).stem().string()}});
    choice(panel, column, tr("&Something is happening now"), now_about, "start_now", [this, last] {
      if (last.empty()) {
        if (open_with_dialog(this, true)) Close();
      } else {
        attempt([&] { show_plan(Document::open(last, document_context()), "today", true); });
      }
    });
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(32)));
    panel->SetSizer(padded);
    auto* frame = new wxBoxSizer(wxVERTICAL);
    frame->Add(panel, wxSizerFlags(1).Expand());
    SetSizer(frame);
    const auto screen = wxGetClientDisplayRect();
    SetMinClientSize(FromDIP(wxSize(480, 320)));
    SetClientSize(std::min(for_text(this, 640), screen.width - FromDIP(40)), std::min(for_text(this, 700), screen.height - FromDIP(60)));
    Layout();
    Centre();
    if (first_) first_->SetFocus();
  }

 private:
  void choice(wxWindow* panel, wxSizer* column, const std::string& label, const std::string& about, std::string_view key, std::function<void()> action) {
    auto* button = make_button(panel, label, key, std::move(action));
    button->SetFont(button->GetFont().Scaled(1.15f));
    if (!first_) first_ = button;
    column->Add(button, wxSizerFlags().Expand());
    column->Add(make_hint(panel, about, 32), wxSizerFlags().Expand().Border(wxTOP | wxBOTTOM, FromDIP(gap)));
    column->AddSpacer(FromDIP(gap));
  }
  void attempt(const std::function<void()>& action) {
    try {
      action();
      Close();
    } catch (const Error& error) {
      trouble_->set_text(error.what());
      trouble_->Show();
      static_cast<ScrolledPanel*>(GetChildren().GetFirst()->GetData())->content_changed();
    }
  }
  void example() {
    attempt([] {
      const auto folder = fs::path(user_data_directory()) / "example";
      std::error_code ignored_if_there;
      fs::create_directories(folder, ignored_if_there);
      const auto path = (folder / "Example shop.mainstay").string();
      show_plan(fs::exists(path) ? Document::open(path, document_context()) : Document::create(path, "sample", "", document_context()), "today", false, false);
    });
  }
  WrappedText* trouble_;
  wxButton* first_ = nullptr;
};

}  // namespace

DocumentContext document_context() {
  DocumentContext context;
  if (const char* fixed = std::getenv("MAINSTAY_AS_OF")) {
    const auto instant = parse_instant(fixed);
    if (!instant) throw Error(ErrorCode::usage, tr("MAINSTAY_AS_OF holds “{text}”, which is no date such as 2026-11-24.", {{"text", fixed}}));
    context.clock = [now = *instant] { return now; };
  }
  context.author = known_author();
  return context;
}

void show_start(const std::string& trouble) { (new StartFrame(trouble))->Show(); }

void show_plan(std::unique_ptr<Document> document, const std::string& page, bool activate, bool remember, const std::string& import) {
  const auto path = document->path();
  const std::string resumed = wizard_place(document->plan()) && !document->read_only() ? "wizard" : "today";
  auto* frame = new MainFrame(std::move(document), page.empty() ? resumed : page);
  frame->Show();
  if (!import.empty()) frame->import_from(import);
  if (activate) frame->activate();
  if (!remember) return;
  try {
    std::error_code ignored;
    fs::create_directories(user_config_directory(), ignored);
    write_file(last_plan_file(), fs::absolute(path).string() + "\n");
  } catch (const Error& error) {
    frame->show_note(tr("This plan will not be offered at the next start: {reason}", {{"reason", error.what()}}));
  }
}

bool open_with_dialog(wxWindow* parent, bool activate) {
  wxFileDialog dialog(parent, wx(tr("Open a plan")), wxStandardPaths::Get().GetDocumentsDir(), {}, file_kinds(), wxFD_OPEN | wxFD_FILE_MUST_EXIST);
  return dialog.ShowModal() == wxID_OK && open_plan(parent, utf8(dialog.GetPath()), activate);
}

bool open_plan(wxWindow* parent, const std::string& path, bool activate) {
  try {
    show_plan(Document::open(path, document_context()), activate ? "today" : "", activate);
    return true;
  } catch (const Error& error) {
    wxMessageBox(wx(error.what()), "Mainstay", wxOK | wxICON_ERROR, parent);
    return false;
  }
}

bool create_with_dialog(wxWindow* parent) {
  wxFileDialog dialog(parent, wx(tr("Where shall the plan be kept?")), wxStandardPaths::Get().GetDocumentsDir(), wx(tr("Our plan") + ".mainstay"), file_kinds(), wxFD_SAVE);
  if (dialog.ShowModal() != wxID_OK) return false;
  auto path = utf8(dialog.GetPath());
  if (fs::path(path).extension().empty()) path += ".mainstay";
  if (path.ends_with(".mainstay.mainstay")) path.resize(path.size() - std::string_view(".mainstay").size());  // typed over the stem alone
  try {
    show_plan(Document::create(path, "blank", "", document_context()), "wizard");
    return true;
  } catch (const Error& error) {
    wxMessageBox(wx(error.what()), "Mainstay", wxOK | wxICON_ERROR, parent);
    return false;
  }
}

}  // namespace mainstay
