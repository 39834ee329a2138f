// SPDX-License-Identifier: MIT
#include "app/gui/secret_dialog.h"

#include <wx/dialog.h>
#include <wx/textctrl.h>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/trouble.h"
#include "app/gui/wx_text.h"
#include "core/probe/probe_types.h"

namespace mainstay {
namespace {

/// A name for a secret from a probe's: small letters, digits, dashes.
std::string proposed_name(const Probe& probe) {
  if (!probe.secret_name.empty() && probe.secret_name != none_text) return probe.secret_name;
  std::string name;
  for (const char c : lower_case(probe.name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) name += c;
    else if (!name.empty() && name.back() != '-') name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return name.empty() ? probe.id.text : name;
}

}  // namespace

bool takes_secret(Probe::Type type) {
  const auto fields = probe_fields(type);
  return std::any_of(fields.begin(), fields.end(), [](const ProbeField& field) { return field.key == "secret_name"; });
}

void keep_probe_secret(wxWindow* parent, Session& session, const Id& id) {
  session.commit_pending();
  const auto* probe = find_in(session.plan().probes, id);
  if (!probe) return;
  wxDialog dialog(parent, wxID_ANY, wx(tr("Keep a secret")), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(make_section(&dialog, probe->name.empty() ? tr("This probe") : probe->name), wxSizerFlags().Border(wxBOTTOM, dialog.FromDIP(gap)));
  auto* secret = new wxTextCtrl(&dialog, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_PASSWORD);
  secret->SetMinSize(wxSize(for_text(&dialog, 380), -1));
  add_field(column, secret, tr("Password or key"), "secret_value", tr("Kept on this computer, never in the plan. For sftp:// a key file will do: key: and its path, such as key:/home/you/.ssh/id_ed25519."));
  auto* name = new wxTextCtrl(&dialog, wxID_ANY, wx(proposed_name(*probe)));
  add_field(column, name, tr("Kept under the name"), "secret_label", tr("Only this name goes into the plan. Probes of one account may share it."));
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  auto* cancel = new wxButton(&dialog, wxID_CANCEL, wx(tr("Cancel")));
  auto* keep = new wxButton(&dialog, wxID_OK, wx(tr("&Keep it")));
  set_accessible(cancel, tr("Cancel"), "secret_cancel");
  set_accessible(keep, tr("Keep it"), "secret_keep");
  keep->SetFont(keep->GetFont().Bold());
  keep->SetDefault();
  const auto words = [](wxTextCtrl* box) { return std::string(trimmed(utf8(box->GetValue()))); };
  keep->Bind(wxEVT_BUTTON, [&](wxCommandEvent& event) {
    show_trouble(secret, secret->IsEmpty() ? tr("Type the password or key first.") : std::string());
    show_trouble(name, words(name).empty() ? tr("Give it a name.") : std::string());
    dialog.Fit();
    if (!secret->IsEmpty() && !words(name).empty()) event.Skip();
  });
  buttons->AddStretchSpacer();
  buttons->Add(cancel, wxSizerFlags().Border(wxRIGHT, dialog.FromDIP(gap)));
  buttons->Add(keep);
  column->Add(buttons, wxSizerFlags().Expand());
  auto* padded = new wxBoxSizer(wxVERTICAL);
  padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, dialog.FromDIP(gap_page)));
  dialog.SetSizerAndFit(padded);
  dialog.CentreOnParent();
  secret->SetFocus();
  if (dialog.ShowModal() != wxID_OK) return;
  const auto chosen = words(name);
  const auto ref = find_record(session.plan(), id);
  if (!ref || !session.apply(set_fields(session.plan(), ref, {{"secret_name", chosen}}))) return;
  session.keep_secret(chosen, utf8(secret->GetValue()));
}

}  // namespace mainstay
