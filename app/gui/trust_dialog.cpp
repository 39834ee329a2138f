// SPDX-License-Identifier: MIT
#include "app/gui/trust_dialog.h"

#include <wx/msgdlg.h>

#include "app/gui/wx_text.h"
#include "core/probe/shown_key.h"

namespace mainstay {

std::string untrusted_fingerprint(Session& session, const Id& id) {
  const auto* probe = find_in(session.plan().probes, id);
  const auto* newest = probe ? latest_by(session.document().observations(), id, session.document().now()) : nullptr;
  return newest && pin_in(newest->presented_pin) != probe->pin ? fingerprint_in(newest->presented_pin) : std::string();
}

void trust_device(wxWindow* parent, Session& session, const Id& id) {
  const auto fingerprint = untrusted_fingerprint(session, id);
  if (fingerprint.empty()) return;
  const auto pin = pin_in(latest_by(session.document().observations(), id, session.document().now())->presented_pin);
  const auto question = tr("The device shows this fingerprint:\n\n{fingerprint}\n\nIs it the same as the device itself shows? From then on Mainstay believes this key only, and a change is told.", {{"fingerprint", fingerprint}});
  if (wxMessageBox(wx(question), wx(tr("Trust this device")), wxYES_NO | wxNO_DEFAULT | wxICON_QUESTION, parent) != wxYES) return;
  const auto ref = find_record(session.plan(), id);  // the dialog let time pass
  if (!ref) return;
  const Id backup{ref.text("backup_id")};
  if (session.apply(set_fields(session.plan(), ref, {{"pin", pin}}))) session.test_backups({backup});
}

}  // namespace mainstay
