// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/textctrl.h>
#include <wx/wupdlock.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/finding_words.h"
#include "app/gui/list_detail.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

/// The inventory, what rules say about each device, and the questions that would decide it.
class DevicesPage : public ListDetailPage {
 public:
  DevicesPage(wxWindow* parent, Session& session)
      : ListDetailPage(parent, session, tr("Devices & recalls"),
                       tr("Each device is held against recalls, known defects and ends of support. “I don't know” is an answer: it stays a question on the checklist.")) {
    bar()->AddStretchSpacer();
    to_bar(make_button(this, tr("&Add a device"), "device_add", [this] { add_of_kind("device"); }));
    remove_ = make_button(this, tr("Re&move"), "device_remove", [this] { remove_selected(); });
    to_bar(remove_);
    make_list(tr("Devices"), "device_list", {{tr("Result"), 150}, {tr("Device"), 180}, {tr("Kind"), 90}, {tr("Model"), 110}, {tr("At"), 110}},
              {tr("No device is listed yet"), tr("Add phones, computers, disks, and anything with a plug that sits warm in a corner. One line may stand for several alike."),
               tr("Add a device"), [this] { add_of_kind("device"); }});
    results_ = new wxPanel(right());
    results_->SetSizer(new wxBoxSizer(wxVERTICAL));
    detail()->Add(results_, wxSizerFlags().Expand());
    detail()->Add(make_section(right(), tr("The device")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    detail()->Add(make_form(), wxSizerFlags().Expand());
    arrange();
  }

  void refresh() override {
    std::vector<TableList::Row> rows;
    const auto& findings = document().findings();
    for (const auto& device : plan().devices) {
      const Finding* worst = nullptr;
      for (const auto& finding : findings)
        if (finding.subject_id == device.id && (!worst || finding.severity > worst->severity)) worst = &finding;
      const auto ref = find_record(plan(), device.id);
      const auto* info = ref.table->info;
      const auto status = worst ? status_of(*worst) : Status::good;
      TableList::Row row{device.id.text,
                         {status_words(status, worst ? verdict_words(worst->verdict) : tr("Nothing found")), device.name, spoken_field(plan(), ref, *info->field("kind")), device.model,
                          title_of(plan(), device.site_id)}};
      row.status = status;
      rows.push_back(std::move(row));
    }
    shown_.clear();
    fill_list(std::move(rows));
  }

 private:
  void show_selected() override {
    const Id id{list_->selected()};
    const bool there = static_cast<bool>(find_record(plan(), id));
    right()->Show(there);
    remove_->Enable(there);
    form_->show(there ? id : Id{});
    if (there && shown_ != id.text) {
      shown_ = id.text;
      fill_results(id);
    }
    right()->content_changed();
  }

  void fill_results(const Id& id) {
    wxWindowUpdateLocker still(results_);
    results_->GetSizer()->Clear(true);
    auto* column = results_->GetSizer();
    for (const auto& finding : document().findings()) {
      if (finding.subject_id != id) continue;
      column->Add(make_chip(results_, status_of(finding), tr("{verdict}: {title}", {{"verdict", verdict_words(finding.verdict)}, {"title", finding.title}})),
                  wxSizerFlags().Border(wxBOTTOM, FromDIP(gap_small)));
      column->Add(make_text(results_, finding.message, gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
      int number = 0;
      for (const auto& step : finding.steps)
        column->Add(make_text(results_, tr("{number}. {step}", {{"number", ++number}, {"step", step}}), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
      for (const auto& source : finding.sources) column->Add(make_hint(results_, source, gap), wxSizerFlags().Expand());
      for (const auto& note : finding.notes) column->Add(make_hint(results_, note, gap), wxSizerFlags().Expand());
      column->AddSpacer(FromDIP(gap_wide));
    }
    bool first = true;
    for (const auto& question : inventory_questions(plan())) {
      if (question.subject_id != id) continue;
      if (first) column->Add(make_section(results_, tr("Questions that decide it")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
      first = false;
      ask(column, question);
    }
    results_->Layout();
  }

  void ask(wxSizer* column, const InventoryQuestion& question) {
    const auto answer = [this, question](const std::string& value) {
      session_.attempt([&] { document().apply(answer_question(plan(), question.subject_id, question.attribute, value, document().today())); });
    };
    wxWindow* control = nullptr;
    if (question.choices.empty()) {
      auto* text = new wxTextCtrl(results_, wxID_ANY, wx(question.value), wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
      const auto write = [text, answer, before = question.value] { if (utf8(text->GetValue()) != before) answer(utf8(text->GetValue())); };
      text->Bind(wxEVT_TEXT_ENTER, [write](wxCommandEvent&) { write(); });
      text->Bind(wxEVT_KILL_FOCUS, [this, text, write](wxFocusEvent& event) {
        event.Skip();
        if (!text->IsBeingDeleted()) write();
      });
      control = text;
    } else {
      auto* choice = new wxChoice(results_, wxID_ANY);
      std::vector<std::string> keys;
      const bool has_unknown = std::any_of(question.choices.begin(), question.choices.end(), [](const auto& c) { return c.key.empty(); });
      if (!has_unknown) {
        keys.emplace_back();
        choice->Append(wx(tr("I don't know")));
      }
      for (const auto& each : question.choices) {
        keys.emplace_back(each.key);
        choice->Append(wx(tr(each.label)));
      }
      const auto at = std::find(keys.begin(), keys.end(), question.value);
      choice->SetSelection(at == keys.end() ? 0 : static_cast<int>(at - keys.begin()));
      choice->Bind(wxEVT_CHOICE, [choice, keys, answer](wxCommandEvent&) { answer(keys[static_cast<std::size_t>(choice->GetSelection())]); });
      control = choice;
    }
    add_field(column, control, question.text, question.attribute, question.help);
  }

  wxPanel* results_;
  wxButton* remove_;
  std::string shown_;
};

}  // namespace

Page* make_devices_page(wxWindow* parent, Session& session, const PageInfo&) { return new DevicesPage(parent, session); }

}  // namespace mainstay
