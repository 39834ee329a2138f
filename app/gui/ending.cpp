// SPDX-License-Identifier: MIT
#include "app/gui/ending.h"

#include <csignal>

#include <glib-unix.h>
#include <wx/app.h>
#include <wx/dialog.h>
#include <wx/toplevel.h>

namespace mainstay {
namespace {

/// Runs in the event loop, not in a signal handler: glib carries the signal over.
gboolean close_windows(gpointer) {
  const wxWindowList windows = wxTopLevelWindows;  // a copy: closing takes windows off the list
  for (auto* window : windows)
    if (auto* dialog = dynamic_cast<wxDialog*>(window); dialog && dialog->IsModal()) dialog->EndModal(wxID_CANCEL);
  for (auto* window : windows)
    if (!dynamic_cast<wxDialog*>(window)) window->Close(true);
  if (wxTheApp) wxTheApp->ExitMainLoop();
  return G_SOURCE_CONTINUE;
}

}  // namespace

void end_politely() {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) g_unix_signal_add(signal, close_windows, nullptr);
}

}  // namespace mainstay
