// SPDX-License-Identifier: MIT
#include "app/gui/import_dialog.h"

#include <wx/dialog.h>
#include <wx/dnd.h>
#include <wx/gdicmn.h>
#include <wx/filedlg.h>

#include <algorithm>
#include <filesystem>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/start_frame.h"
#include "app/gui/table_list.h"
#include "app/gui/wx_text.h"
#include "core/base/error.h"
#include "core/base/file.h"

namespace mainstay {
namespace {

constexpr std::size_t most_rows = 2000;

/// What an import would do, record by record: added or changed, and in which fields.
std::vector<TableList::Row> rows_of(const Plan& plan, const Change& change) {
  const auto next = applied(plan, change);
  std::vector<TableList::Row> rows;
  for (const auto& edit : change.edits) {
    const auto* table = table_of(edit.kind);
    if (edit.kind == "column_mapping") continue;  // said below in a sentence
    if (rows.empty() || rows.back().id != edit.id.text) {
      if (rows.size() == most_rows) break;
      const bool added = edit.field.empty() && edit.after == present, removed = edit.field.empty() && edit.after.empty();
      rows.push_back({edit.id.text, {added ? tr("New") : removed ? tr("Goes") : tr("Changes"), tr(table->info->label), title_of(removed ? plan : next, edit.id), ""}});
      rows.back().status = added ? Status::good : Status::info;
    }
    if (edit.field.empty() || (edit.kind == "attribute" && edit.field != "value")) continue;
    const auto* field = table->info->field(edit.field);
    if (!field) continue;
    const auto shown = [&](const Plan& of, const std::string& text) { return field->type == FieldType::id && !text.empty() ? title_of(of, Id{text}) : shortened(text, 60); };
    const Args args{{"field", field->label}, {"before", shown(plan, edit.before)}, {"after", shown(next, edit.after)}};
    auto& cell = rows.back().cells[3];
    cell += (cell.empty() ? "" : "; ") + (edit.before.empty() ? tr("{field}: {after}", args) : tr("{field}: {before} → {after}", args));
  }
  return rows;
}

/// What stands above the preview.
std::string summary_of(const std::string& file, const ImportPreview& preview) {
  const Args args{{"file", file}, {"added", preview.added}, {"updated", preview.updated}, {"unchanged", preview.unchanged}};
  if (preview.change.empty() && !preview.readings.empty())
    return tr_count(static_cast<long long>(preview.readings.size()), "“{file}” brings one reading of a backup; the plan itself stays as it is.", "“{file}” brings {count} readings of backups; the plan itself stays as it is.", args);
  if (preview.change.empty() && preview.against_typed > 0) return tr("“{file}” says otherwise only what you have typed yourself: that is kept, unless you tick the box below.", args);
  if (preview.change.empty()) return tr("“{file}” holds nothing that would change this plan.", args);
  if (std::any_of(preview.findings.begin(), preview.findings.end(), [](const Finding& f) { return f.rule_id == "import.replaced"; }))
    return tr("“{file}” adds {added} records, changes {updated} and leaves {unchanged} as they are. Its values replace what you have typed yourself, as the box below says.", args);
  if (preview.is_inventory && preview.against_typed > 0) return tr("“{file}” adds {added} devices, changes {updated} and leaves {unchanged} as they are. What you have typed yourself is kept, unless you tick the box below.", args);
  if (preview.is_inventory) return tr("“{file}” adds {added} devices, changes {updated} and leaves {unchanged} as they are. What you have typed yourself is kept.", args);
  if (preview.against_typed > 0) return tr("“{file}” adds {added} records, changes {updated} and leaves {unchanged} as they are. What you have typed yourself is kept, unless you tick the box below.", args);
  if (preview.updated > 0) return tr("“{file}” adds {added} records, changes {updated} and leaves {unchanged} as they are. What you have typed yourself is kept.", args);
  return tr("“{file}” adds {added} records and leaves {unchanged} as they are.", args);
}

/// Every remark about the file, one a line.
std::string remarks_of(const ImportPreview& preview) {
  std::string text;
  for (const auto& finding : preview.findings) {
    if (finding.rule_id == "import.columns") continue;  // asked a moment ago
    text += (text.empty() ? "" : "\n") + status_words(Status::warning, finding.message);
  }
  if (std::any_of(preview.change.edits.begin(), preview.change.edits.end(), [](const Edit& edit) { return edit.kind == "column_mapping"; }))
    text += (text.empty() ? "" : "\n") + status_words(Status::info, tr("What you said about this list's columns is remembered for the next one like it."));
  return text;
}

/// Shows the preview: wxID_OK where it is to be imported, wxID_MORE where the columns are to be looked at again. `read` makes the preview anew when the person wants the list's values in place of typed ones.
int shown(wxWindow* parent, Session& session, const std::string& file, ImportPreview& preview, ImportOptions& options, const std::function<ImportPreview()>& read, bool with_columns) {
  wxDialog dialog(parent, wxID_ANY, wx(tr("What this import would change")), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER);
  auto* column = new wxBoxSizer(wxVERTICAL);
  auto* summary = make_text(&dialog, summary_of(file, preview), 2 * gap_page);
  column->Add(summary, wxSizerFlags().Expand().Border(wxBOTTOM, dialog.FromDIP(gap_wide)));
  auto* list = new TableList(&dialog, tr("Changes"), "import_changes", {{tr("What"), 90}, {tr("Kind"), 110}, {tr("Name"), 170}, {tr("Fields"), 360}});
  const auto screen = wxGetClientDisplayRect();  // never larger than the screen, whatever the letters
  list->SetMinSize(wxSize(std::min(for_text(&dialog, 760), screen.width * 4 / 5), std::min(dialog.FromDIP(300), screen.height * 2 / 5)));
  column->Add(list, wxSizerFlags(2).Expand().Border(wxBOTTOM, dialog.FromDIP(gap_wide)));
  auto* remarks = new wxTextCtrl(&dialog, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxTE_READONLY);
  set_accessible(remarks, tr("Remarks"), "import_remarks");
  remarks->SetMinSize(wxSize(-1, std::min(for_text(&dialog, 90), screen.height / 6)));
  column->Add(remarks, wxSizerFlags(1).Expand().Border(wxBOTTOM, dialog.FromDIP(gap_wide)));
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  auto* cancel = new wxButton(&dialog, wxID_CANCEL, wx(tr("Cancel")));
  auto* confirm = new wxButton(&dialog, wxID_OK, wx(tr("Import")));
  set_accessible(cancel, tr("Cancel"), "import_cancel");
  set_accessible(confirm, tr("Import"), "import_confirm");
  const auto fill = [&] {
    list->set_rows(rows_of(session.plan(), preview.change));
    summary->set_text(summary_of(file, preview));
    const auto text = remarks_of(preview);
    remarks->ChangeValue(wx(text));
    remarks->Show(!text.empty());
    confirm->Enable(!preview.change.empty() || !preview.readings.empty());
    dialog.Layout();
  };
  if (preview.against_typed > 0) {
    auto* take = new wxCheckBox(&dialog, wxID_ANY, wx(tr_count(preview.against_typed, "Take the list’s value for the one that I typed otherwise", "Take the list’s values for the {count} that I typed otherwise")));
    set_accessible(take, utf8(take->GetLabelText()), "import_take_list");
    take->SetValue(options.take_list);
    take->MoveBeforeInTabOrder(cancel);
    take->Bind(wxEVT_CHECKBOX, [&](wxCommandEvent& event) {
      session.attempt([&] {
        options.take_list = event.IsChecked();
        preview = read();
        fill();
      });
    });
    column->Add(take, wxSizerFlags().Expand().Border(wxBOTTOM, dialog.FromDIP(gap_wide)));
  }
  if (with_columns) {
    auto* columns = make_button(&dialog, tr("C&olumns…"), "import_columns", [&dialog] { dialog.EndModal(wxID_MORE); });
    columns->MoveBeforeInTabOrder(cancel);
    buttons->Add(columns);
  }
  buttons->AddStretchSpacer();
  buttons->Add(cancel, wxSizerFlags().Border(wxRIGHT, dialog.FromDIP(gap)));
  buttons->Add(confirm);
  column->Add(buttons, wxSizerFlags().Expand());
  auto* around = new wxBoxSizer(wxVERTICAL);
  around->Add(column, wxSizerFlags(1).Expand().Border(wxALL, dialog.FromDIP(gap_page)));
  confirm->SetDefault();
  fill();
  dialog.SetSizerAndFit(around);
  dialog.CentreOnParent();
  list->SetFocus();
  return dialog.ShowModal();
}

class Drop : public wxFileDropTarget {
 public:
  Drop(wxWindow* window, Session& session) : window_(window), session_(session) {}
  bool OnDropFiles(wxCoord, wxCoord, const wxArrayString& files) override {
    // After the drag has ended: a dialog within it would hold the other program up.
    for (const auto& file : files) window_->CallAfter([window = window_, &session = session_, path = utf8(file)] { import_with_preview(window, session, path); });
    return !files.empty();
  }

 private:
  wxWindow* window_;
  Session& session_;
};

}  // namespace

void choose_and_import(wxWindow* parent, Session& session, const std::string& title) {
  wxFileDialog dialog(parent, wx(title), wxString(), wxString(), wxFileSelectorDefaultWildcardStr, wxFD_OPEN | wxFD_FILE_MUST_EXIST);
  if (dialog.ShowModal() == wxID_OK) import_with_preview(parent, session, utf8(dialog.GetPath()));
}

void import_with_preview(wxWindow* parent, Session& session, const std::string& path) {
  session.mended();  // said about another file
  session.commit_pending();
  if (is_database(path)) {  // a plan of its own: opened beside this one, nothing of it is mixed in
    open_plan(parent, path);
    return;
  }
  const auto file = std::filesystem::path(path).filename().string();
  session.attempt([&] {
    session.document().refresh();  // what another program has typed meanwhile counts as well
    auto options = session.document().import_options();
    auto columns = device_columns(session.plan(), path);
    const auto ask = [&] {
      const auto told = ask_for_columns(parent, file, *columns);
      if (!told) return false;
      for (const auto& [header, target] : *told) {  // what was said before stands, unless it is said anew
        std::erase_if(options.columns, [&, &name = header](const auto& said) { return said.first == name; });
        options.columns.emplace_back(header, target);
        for (auto& column : columns->columns)
          if (column.header == header) column.target = target;
      }
      return true;
    };
    const bool all_known = !columns || std::all_of(columns->columns.begin(), columns->columns.end(), [](const DeviceColumn& c) { return c.target || c.header.empty(); });
    if (columns && (!all_known || !columns->names_a_device) && !ask()) return;
    const std::function<ImportPreview()> read = [&] { return import_file(session.plan(), path, columns ? "devices" : "", options); };
    auto preview = read();
    for (int answer = 0; answer != wxID_OK;) {
      answer = shown(parent, session, file, preview, options, read, columns.has_value());
      if (answer != wxID_OK && answer != wxID_MORE) return;
      if (answer == wxID_MORE && ask()) preview = read();
    }
    session.document().take(preview, [&] {
      options.typed = session.document().import_options().typed;  // as the other program left it
      return read();
    });
    if (preview.change.empty()) session.show_note(tr_count(static_cast<long long>(preview.readings.size()), "Imported {file}: one reading; those that the plan knew are not there twice.", "Imported {file}: {count} readings; those that the plan knew are not there twice.", {{"file", file}}));
    else session.show_note(tr("Imported {file}: {added} new, {updated} changed. Ctrl+Z takes it back.", {{"file", file}, {"added", preview.added}, {"updated", preview.updated}}));
  });
}

void import_what_is_dropped(wxWindow* window, Session& session) { window->SetDropTarget(new Drop(window, session)); }

}  // namespace mainstay
