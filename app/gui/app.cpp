// SPDX-License-Identifier: MIT
#include <wx/app.h>
#include <wx/msgdlg.h>
#include <wx/msgout.h>
#include <wx/utils.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "app/gui/ending.h"
#include "app/gui/main_frame.h"
#include "app/gui/page.h"
#include "app/gui/start_frame.h"
#include "app/gui/wx_text.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {

/// The desktop program: `mainstay [FILE]`, `mainstay --new FILE [TEMPLATE]`, `--page ID` to begin on a page, and `--import FILE` to look at what a file would change.
class App : public wxApp {
 public:
  bool OnInit() override {
    SetAppName("mainstay");
    SetAppDisplayName("Mainstay");
    std::string file, page, import, starter = "blank";
    bool make_new = false;
    for (int i = 1; i < argc; ++i) {
      const auto word = utf8(argv[i]);
      if (word == "--help" || word == "--version") {
        wxMessageOutput::Get()->Printf("%s", wx(word == "--version" ? tr("mainstay 0.1.0") : tr("mainstay [FILE] [--page ID]       opens a plan, on a page\nmainstay FILE --import LIST       shows what an inventory or another list would change, and imports it\nmainstay --new FILE [TEMPLATE]    makes a plan from a starter plan\n")));
        return false;
      }
      if (word == "--new") make_new = true;
      else if (word == "--page" && i + 1 < argc) page = utf8(argv[++i]);
      else if (word == "--import" && i + 1 < argc) import = utf8(argv[++i]);
      else if (file.empty()) file = word;
      else starter = word;
    }
    if (const auto all = pages(); !page.empty() && std::none_of(all.begin(), all.end(), [&](const PageInfo& info) { return info.id == page; })) {
      std::vector<std::string> ids;
      for (const auto& info : all) ids.emplace_back(info.id);
      wxMessageOutputStderr().Printf("%s\n", wx(tr("mainstay: there is no page “{page}”; there are: {list}.", {{"page", shortened(clean_utf8(page), 60)}, {"list", join(ids, ", ")}})));
      return false;
    }
    end_politely();
    std::signal(SIGXFSZ, SIG_IGN);  // a file that would grow beyond what is allowed fails like a full disk, with a sentence
    if (file.empty()) {
      show_start({});
      return true;
    }
    try {
      auto document = make_new ? Document::create(file, starter, "", document_context()) : Document::open(file, document_context());
      show_plan(std::move(document), !page.empty() ? page : make_new ? "wizard" : import.empty() ? "" : "devices", false, true, import);
    } catch (const Error& error) {
      show_start(error.what());
    }
    return true;
  }

  /// The event edge: an operation that could not be done is said in a dialog, and the program goes on.
  bool OnExceptionInMainLoop() override {
    try {
      throw;
    } catch (const Error& error) {
      wxMessageBox(wx(error.what()), "Mainstay", wxOK | wxICON_ERROR);
    } catch (const std::exception& error) {
      wxMessageBox(wx(tr("Something went wrong inside Mainstay: {what}. Nothing that was written is lost.", {{"what", error.what()}})), "Mainstay", wxOK | wxICON_ERROR);
    }
    return true;
  }
};

}  // namespace mainstay

wxIMPLEMENT_APP(mainstay::App);
