// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/dialog.h>
#include <wx/gdicmn.h>
#include <wx/stattext.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/import_dialog.h"
#include "app/gui/layout.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

/// What a column may mean, in the order in which people look for it.
Options meanings(const DeviceColumn& column) {
  Options options{{"", tr("Not known, or not kept: leave it out")}};
  for (const auto& field : Device::info().fields)
    if (field.key != "source") options.emplace_back(std::string(field.key), tr(field.label));
  std::string fact;
  for (const char c : lower_case(column.header)) fact += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
  fact.erase(0, fact.find_first_not_of('_') == std::string::npos ? fact.size() : fact.find_first_not_of('_'));
  while (!fact.empty() && fact.back() == '_') fact.pop_back();
  if (fact.empty()) fact = "column";
  options.emplace_back("fact:" + fact.substr(0, 40), tr("Keep it as a fact of its own"));
  if (column.target && std::none_of(options.begin(), options.end(), [&](const auto& o) { return o.first == *column.target; })) options.emplace_back(*column.target, tr("A fact: {name}", {{"name", column.target->substr(5)}}));
  return options;
}

bool names(const std::string& target) { return target == "name" || target == "serial" || target == "unique_id" || target == "model" || target == "fact:asset_tag"; }

}  // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> ask_for_columns(wxWindow* parent, const std::string& file, const DeviceColumns& columns) {
  wxDialog dialog(parent, wxID_ANY, wx(tr("What do the columns mean?")), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(make_text(&dialog, tr("“{file}” lists {rows} devices. Say what each column holds; the answer is remembered for the next file with the same columns.", {{"file", file}, {"rows", columns.rows}}), 2 * gap_page), wxSizerFlags().Expand().Border(wxBOTTOM, dialog.FromDIP(gap_wide)));
  auto* scrolled = new ScrolledPanel(&dialog);
  auto* grid = new wxFlexGridSizer(3, dialog.FromDIP(gap), dialog.FromDIP(gap_wide));
  grid->AddGrowableCol(1, 1);
  for (const auto& title : {tr("Column"), tr("What stands in it"), tr("Means")}) {
    auto* label = make_label(scrolled, title);
    label->SetFont(label->GetFont().Bold());
    grid->Add(label, wxSizerFlags().CentreVertical());
  }
  struct Row {
    const DeviceColumn* column;
    wxChoice* choice;
    Options options;
    int before;
  };
  std::vector<Row> rows;
  auto* missing = make_hint(&dialog, tr("At least one column must hold the name, the model, the serial number, the identifier or the asset tag of a device."), 2 * gap_page);
  auto* confirm = new wxButton(&dialog, wxID_OK, wx(tr("Go on")));
  const auto chosen = [&rows](std::size_t i) { return rows[i].options[static_cast<std::size_t>(std::max(0, rows[i].choice->GetSelection()))].first; };
  const auto check = [&] {
    bool any = false;
    for (std::size_t i = 0; i < rows.size(); ++i) any = any || names(chosen(i));
    confirm->Enable(any);
    missing->Show(!any);
    dialog.Layout();
  };
  for (const auto& each : columns.columns) {
    if (each.header.empty()) continue;
    auto options = meanings(each);
    grid->Add(make_label(scrolled, shortened(each.header, 40)), wxSizerFlags().CentreVertical());
    // Shortened by the toolkit, so that the choices stay in sight where letters are large.
    auto* samples = new wxStaticText(scrolled, wxID_ANY, wxControl::EscapeMnemonics(wx(each.samples.empty() ? tr("(empty)") : join(each.samples, ", "))), wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE);
    samples->SetForegroundColour(hint_colour());
    samples->SetMinSize(wxSize(dialog.FromDIP(120), samples->GetBestSize().y));
    grid->Add(samples, wxSizerFlags(1).CentreVertical().Expand());
    auto* choice = new wxChoice(scrolled, wxID_ANY);
    for (const auto& [key, label] : options) choice->Append(wx(label));
    const auto wanted = each.target ? *each.target : std::string();
    const auto at = std::find_if(options.begin(), options.end(), [&](const auto& o) { return o.first == wanted; });
    const int before = at == options.end() ? 0 : static_cast<int>(at - options.begin());
    choice->SetSelection(before);
    set_accessible(choice, tr("What the column {header} means", {{"header", each.header}}), "column:" + each.header);
    choice->Bind(wxEVT_CHOICE, [check](wxCommandEvent&) { check(); });
    grid->Add(choice, wxSizerFlags().Expand());
    rows.push_back({&each, choice, std::move(options), each.target ? before : -1});
  }
  auto* padded = new wxBoxSizer(wxVERTICAL);
  padded->Add(grid, wxSizerFlags().Expand().Border(wxRIGHT, dialog.FromDIP(gap_wide)));
  scrolled->SetSizer(padded);
  scrolled->content_changed();
  const auto screen = wxGetClientDisplayRect();  // never larger than the screen, whatever the letters
  const int rows_high = std::min({grid->GetMinSize().y + dialog.FromDIP(gap_wide), for_text(&dialog, 420), screen.height / 2});
  scrolled->SetMinSize(wxSize(std::min(std::max(grid->GetMinSize().x + dialog.FromDIP(2 * gap_page), for_text(&dialog, 640)), screen.width * 4 / 5), rows_high));
  column->Add(scrolled, wxSizerFlags(1).Expand().Border(wxBOTTOM, dialog.FromDIP(gap)));
  column->Add(missing, wxSizerFlags().Expand().Border(wxBOTTOM, dialog.FromDIP(gap)));
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  auto* cancel = new wxButton(&dialog, wxID_CANCEL, wx(tr("Cancel")));
  set_accessible(confirm, tr("Go on"), "columns_confirm");
  set_accessible(cancel, tr("Cancel"), "columns_cancel");
  buttons->AddStretchSpacer();
  buttons->Add(cancel, wxSizerFlags().Border(wxRIGHT, dialog.FromDIP(gap)));
  buttons->Add(confirm);
  cancel->MoveAfterInTabOrder(scrolled);
  confirm->MoveAfterInTabOrder(cancel);
  column->Add(buttons, wxSizerFlags().Expand());
  auto* around = new wxBoxSizer(wxVERTICAL);
  around->Add(column, wxSizerFlags(1).Expand().Border(wxALL, dialog.FromDIP(gap_page)));
  confirm->SetDefault();
  dialog.SetSizerAndFit(around);
  check();
  dialog.CentreOnParent();
  if (dialog.ShowModal() != wxID_OK) return {};
  std::vector<std::pair<std::string, std::string>> told;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].choice->GetSelection() != rows[i].before) told.emplace_back(rows[i].column->header, chosen(i));  // what nobody knew is settled now, too
  return told;
}

}  // namespace mainstay
