// SPDX-License-Identifier: MIT
#include "app/gui/trust_dialog.h"

#include <wx/msgdlg.h>

#include "app/gui/wx_text.h"
#include "core/model/probe_settings.h"
#include "core/probe/shown_key.h"

namespace mainstay {

namespace {

/// The key that a probe's place showed when it was last read as it is set now, and that is not the trusted one; empty where there is none.
std::string stranger_of(const Session& session, const Probe& probe) {
  const auto* newest = latest_as_set(session.document().observations(), probe, session.document().now());
  return newest && pin_in(newest->presented_pin) != probe.pin ? newest->presented_pin : std::string();
}

}  // namespace

std::string untrusted_fingerprint(const Session& session, const Id& id) {
  const auto* probe = find_in(session.plan().probes, id);
  return probe ? fingerprint_in(stranger_of(session, *probe)) : std::string();
}

void trust_device(wxWindow* parent, Session& session, const Id& id) {
  const auto* probe = find_in(session.plan().probes, id);
  const auto stranger = probe ? stranger_of(session, *probe) : std::string();
  const auto fingerprint = fingerprint_in(stranger), pin = pin_in(stranger);
  if (fingerprint.empty()) return;
  const auto before = replaced_in(stranger);
  const Args args{{"fingerprint", fingerprint}, {"key", pin}, {"before", before}};
  if (before == revoked_key) {
    wxMessageBox(wx(tr("The device shows the key {key}, which known_hosts calls revoked; it cannot be trusted.", args)), wx(tr("Trust this device")), wxOK | wxICON_ERROR, parent);
    return;
  }
  const auto question = before.empty()
                            ? tr("The device shows this fingerprint:\n\n{fingerprint}\n\nIs it the same as the device itself shows? From then on Mainstay believes this key only, and a change is told.", args)
                            : tr("The device shows ANOTHER key than the one that was trusted before. It was set up anew or its certificate renewed, or something else answers in its place.\n\nTrusted before:\n{before}\n\n"
                                 "Shown now:\n{key}\nwith the fingerprint\n{fingerprint}\n\nDo you know why it changed, and does the device itself show the new one? From then on Mainstay believes the new key only.", args);
  if (wxMessageBox(wx(question), wx(tr("Trust this device")), wxYES_NO | wxNO_DEFAULT | (before.empty() ? wxICON_QUESTION : wxICON_WARNING), parent) != wxYES) return;
  const auto ref = find_record(session.plan(), id);  // the dialog let time pass
  if (!ref) return;
  const Id backup{ref.text("backup_id")};
  if (session.apply(set_fields(session.plan(), ref, {{"pin", pin}}))) session.test_backups({backup});
}

}  // namespace mainstay
