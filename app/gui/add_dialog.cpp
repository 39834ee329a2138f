// SPDX-License-Identifier: MIT
#include "app/gui/add_dialog.h"

#include <wx/choice.h>
#include <wx/dialog.h>
#include <wx/textctrl.h>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/record_form.h"
#include "app/gui/wx_text.h"
#include "core/base/id.h"

namespace mainstay {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

/// Asks for the fields of a new record that cannot wait. Nothing where it was cancelled.
std::optional<Values> ask(wxWindow* parent, Session& session, const RecordInfo& info, const std::vector<const FieldInfo*>& fields) {
  wxDialog dialog(parent, wxID_ANY, wx(tr("Add: {kind}", {{"kind", lower_case(info.label)}})), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER);
  auto* column = new wxBoxSizer(wxVERTICAL);
  std::vector<std::function<std::string()>> read;
  auto* confirm = new wxButton(&dialog, wxID_OK, wx(tr("&Add")));
  std::vector<wxChoice*> needed;
  const auto check = [&needed, confirm] {
    bool complete = true;
    for (const auto* choice : needed) complete = complete && choice->GetSelection() > 0;
    confirm->Enable(complete);
  };
  for (const auto* field : fields) {
    std::vector<std::pair<std::string, std::string>> options;
    if (field->type == FieldType::id) options = record_choices(session.plan(), field->refers_to);
    else
      for (const auto& choice : field->choices) options.emplace_back(choice.key, tr(choice.label));
    if (options.empty()) {
      auto* text = new wxTextCtrl(&dialog, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, field->type == FieldType::long_text ? wxTE_MULTILINE : 0);
      text->SetMinSize(wxSize(dialog.FromDIP(360), field->type == FieldType::long_text ? text->GetCharHeight() * 4 : text->GetCharHeight() + dialog.FromDIP(gap_wide)));
      add_field(column, text, tr(field->label), field->key, tr(field->help));
      read.push_back([text] { return utf8(text->GetValue()); });
      continue;
    }
    auto* choice = new wxChoice(&dialog, wxID_ANY);
    for (const auto& [key, label] : options) choice->Append(wx(label));
    choice->SetSelection(options.size() == 2 ? 1 : 0);
    choice->SetMinSize(wxSize(dialog.FromDIP(360), -1));
    choice->Bind(wxEVT_CHOICE, [check](wxCommandEvent&) { check(); });
    add_field(column, choice, tr(field->label), field->key, tr(field->help));
    if (field->required) needed.push_back(choice);
    read.push_back([choice, options] { return options[static_cast<std::size_t>(std::max(0, choice->GetSelection()))].first; });
  }
  check();
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  buttons->AddStretchSpacer();
  auto* cancel = new wxButton(&dialog, wxID_CANCEL, wx(tr("Cancel")));
  cancel->MoveAfterInTabOrder(dialog.GetChildren().GetLast()->GetData());
  confirm->MoveAfterInTabOrder(cancel);
  set_accessible(confirm, tr("Add"), "add_confirm");
  set_accessible(cancel, tr("Cancel"), "add_cancel");
  buttons->Add(cancel, wxSizerFlags().Border(wxRIGHT, dialog.FromDIP(gap)));
  buttons->Add(confirm);
  column->Add(buttons, wxSizerFlags().Expand());
  auto* padded = new wxBoxSizer(wxVERTICAL);
  padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, dialog.FromDIP(gap_page)));
  confirm->SetDefault();
  dialog.SetSizerAndFit(padded);
  dialog.CentreOnParent();
  if (dialog.ShowModal() != wxID_OK) return {};
  Values values;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (auto text = read[i](); !text.empty()) values.emplace_back(fields[i]->key, std::move(text));
  return values;
}

}  // namespace

Id add_record_of_kind(wxWindow* parent, Session& session, std::string_view kind) {
  const auto& info = *table_of(kind)->info;
  if (kind == "organisation" && !session.plan().organisations.empty()) {
    session.show_error(tr("A plan is for one business, and this one has it already."));
    return {};
  }
  std::vector<const FieldInfo*> asked;
  bool must_ask = info.append_only;
  for (const auto& field : info.fields) {
    const bool wanted = field.required || (kind == "link" && (field.key == "from_id" || field.key == "to_id" || field.key == "kind")) ||
                        (info.append_only && (field.key == "text" || field.key == "kind"));
    if (!wanted) continue;
    asked.push_back(&field);
    must_ask = true;
  }
  Values values;
  if (must_ask) {
    auto answers = ask(parent, session, info, asked);
    if (!answers) return {};
    values = std::move(*answers);
  }
  if (info.append_only) {
    values.emplace_back("happened_at", to_text(session.document().now()));
    values.emplace_back("written_at", to_text(session.document().now()));
    values.emplace_back("author", session.document().author());
  }
  if (info.field("name")) values.insert(values.begin(), {"name", tr("New {kind}", {{"kind", lower_case(info.label)}})});
  if (kind == "task") values.insert(values.end(), {{"state", "open"}, {"created_on", to_text(session.document().today())}});
  const Id id = kind == "organisation" ? Id{organisation_id} : new_id(kind);
  Change change;
  if (!session.attempt([&] {
        change = add_record(kind, id, values);
        change.note = tr("Add: {kind}", {{"kind", lower_case(info.label)}});
      }))
    return {};
  return session.apply(change) ? id : Id{};
}

}  // namespace mainstay
