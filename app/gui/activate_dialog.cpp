// SPDX-License-Identifier: MIT
#include "app/gui/activate_dialog.h"

#include <wx/checkbox.h>
#include <wx/choice.h>
#include <wx/dialog.h>
#include <wx/textctrl.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/wx_text.h"
#include "core/base/id.h"

namespace mainstay {

std::optional<ActivationAnswer> ask_activation(wxWindow* parent, Session& session) {
  const auto& plan = session.plan();
  wxDialog dialog(parent, wxID_ANY, wx(tr("Activate the plan")), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(make_title(&dialog, tr("Is everybody safe?")), wxSizerFlags().Expand().Border(wxBOTTOM, dialog.FromDIP(gap)));
  auto* first = new wxStaticText(&dialog, wxID_ANY, wx(tr("People first. Then say in a few words what happened;\nthe rest can wait.")));
  column->Add(first, wxSizerFlags().Border(wxBOTTOM, dialog.FromDIP(gap_wide)));
  auto* what = new wxTextCtrl(&dialog, wxID_ANY);
  what->SetMinSize(wxSize(dialog.FromDIP(420), what->GetCharHeight() + dialog.FromDIP(gap_wide)));  // wx asks for less than GTK needs at large text
  add_field(column, what, tr("What happened?"), "incident_name");
  auto* who = new wxChoice(&dialog, wxID_ANY);
  std::vector<Id> people{Id{}};
  who->Append(wx(tr("Not said")));
  const auto offer = [&](const Id& id, const std::string& words) {
    if (id.empty() || std::find(people.begin(), people.end(), id) != people.end()) return;
    people.push_back(id);
    who->Append(wx(words));
  };
  for (const auto& role : plan.roles)
    if (role.may_declare == Answer::yes)
      for (const auto& id : {role.holder_id, role.alternate_id}) offer(id, tr("{name} ({role})", {{"name", title_of(plan, id)}, {"role", role.name}}));
  for (const auto& person : plan.people) offer(person.id, person.name);
  who->SetSelection(people.size() > 1 ? 1 : 0);
  add_field(column, who, tr("Who declares it?"), "incident_declared_by");
  auto* exercise = new wxCheckBox(&dialog, wxID_ANY, wx(tr("This is an &exercise")));
  set_accessible(exercise, tr("This is an exercise"), "incident_exercise");
  auto* print = new wxCheckBox(&dialog, wxID_ANY, wx(tr("&Print the first-hour page and the call list")));
  set_accessible(print, tr("Print the first-hour page and the call list"), "incident_print");
  print->SetValue(true);
  column->Add(exercise, wxSizerFlags().Border(wxBOTTOM, dialog.FromDIP(gap)));
  column->Add(print, wxSizerFlags().Border(wxBOTTOM, dialog.FromDIP(gap_page)));
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  auto* cancel = new wxButton(&dialog, wxID_CANCEL, wx(tr("Cancel")));
  auto* go = new wxButton(&dialog, wxID_OK, wx(tr("&Activate now")));
  go->SetFont(go->GetFont().Bold());
  set_accessible(cancel, tr("Cancel"), "incident_cancel");
  set_accessible(go, tr("Activate now"), "incident_activate");
  go->SetDefault();
  buttons->AddStretchSpacer();
  buttons->Add(cancel, wxSizerFlags().Border(wxRIGHT, dialog.FromDIP(gap)));
  buttons->Add(go);
  column->Add(buttons, wxSizerFlags().Expand());
  auto* padded = new wxBoxSizer(wxVERTICAL);
  padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, dialog.FromDIP(gap_page)));
  dialog.SetSizerAndFit(padded);
  dialog.CentreOnParent();
  what->SetFocus();
  if (dialog.ShowModal() != wxID_OK) return {};
  ActivationAnswer answer;
  auto& activation = answer.activation;
  activation.what = std::string(trimmed(utf8(what->GetValue())));
  activation.declared_by = people[static_cast<std::size_t>(std::max(0, who->GetSelection()))];
  activation.exercise = exercise->GetValue();
  activation.author = session.document().author();
  activation.now = session.document().now();
  activation.content_hash = session.document().content_hash();
  answer.print = print->GetValue();
  return answer;
}

}  // namespace mainstay
