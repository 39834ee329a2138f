// SPDX-License-Identifier: MIT
// What a page of the wizard asks with: boxes, choices and ticks that are tied to the plan, buttons, and forms that add a record.
#include <algorithm>
#include <memory>

#include <wx/button.h>
#include <wx/checkbox.h>
#include <wx/wrapsizer.h>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/session.h"
#include "app/gui/wizard/wizard_step.h"
#include "app/gui/wx_text.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

std::string chosen_key(const wxChoice& box, const Options& options) {
  const int index = box.GetSelection();
  return index < 0 || index >= static_cast<int>(options.size()) ? std::string() : options[static_cast<std::size_t>(index)].first;
}

void choose(wxChoice& box, const Options& options, const std::string& key) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const auto& option) { return option.first == key; });
  box.SetSelection(found == options.end() ? (options.empty() ? wxNOT_FOUND : 0) : static_cast<int>(found - options.begin()));
}

wxChoice* choice_box(wxScrolledWindow* parent, const Options& options) {
  auto* box = new wxChoice(parent, wxID_ANY);
  box->Bind(wxEVT_MOUSEWHEEL, [parent](wxMouseEvent& event) {  // the wheel moves the page, never an answer
    int left = 0, top = 0;
    parent->GetViewStart(&left, &top);
    parent->Scroll(-1, std::max(0, top + (event.GetWheelRotation() > 0 ? -4 : 4)));
  });
  for (const auto& option : options) box->Append(wx(option.second));
  return box;
}

}  // namespace

void StepPage::bind_text(const StepField& field, wxTextCtrl* box) {
  if (!box->IsMultiLine()) box->SetMinSize(wxSize(-1, box->GetCharHeight() + FromDIP(14)));  // wx asks for less than GTK needs at large text
  if (!box->IsMultiLine()) box->SetHint(wx(tr("I don't know")));  // GTK has hints for single lines only; wx's own greys the text
  set_accessible(box, field.name.empty() ? field.label : field.name, field.id);
  Binding binding;
  binding.field = field;
  binding.control = box;
  binding.read = [box] { return utf8(box->GetValue()); };
  binding.show = [box](const std::string& value) { box->ChangeValue(wx(value)); };
  binding.shown = field.get(plan());
  binding.show(binding.shown);
  binding.shown = binding.read();
  bindings_.push_back(std::move(binding));
  box->Bind(wxEVT_TEXT, [this](wxCommandEvent& event) {
    typing_ = FindFocus() == event.GetEventObject();
    quiet_.StartOnce(2000);
    event.Skip();
  });
  box->Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
    event.Skip();
    typing_ = false;
    if (IsBeingDeleted() || IsFrozen()) return;
    CallAfter([this] {
      write_all(false);
      plan_changed();
    });
  });
  if (!box->IsMultiLine()) box->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) {
    typing_ = false;
    write_all(false);
    plan_changed();
  });
  if (!field.help.empty()) box->SetToolTip(wx(field.help));
}

wxTextCtrl* StepPage::text(const StepField& field, bool tall, bool with_label) {
  auto* cell = new wxBoxSizer(wxVERTICAL);
  if (with_label) place_label(field, cell);
  auto* box = new wxTextCtrl(this, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, tall ? wxTE_MULTILINE : wxTE_PROCESS_ENTER);
  if (tall) box->SetMinSize(wxSize(-1, box->GetCharHeight() * 4));
  cell->Add(box, 0, wxEXPAND);
  bind_text(field, box);
  add_to_flow(cell);
  return box;
}

wxTextCtrl* StepPage::text_or_unknown(const StepField& field) {
  auto* cell = new wxBoxSizer(wxVERTICAL);
  place_label(field, cell);
  auto* box = new wxTextCtrl(this, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  cell->Add(box, 0, wxEXPAND);
  bind_text(field, box);
  auto* unknown = new wxCheckBox(this, wxID_ANY, wx(tr("I don't know")));
  set_accessible(unknown, tr("I don't know: {field}", {{"field", field.label}}), field.id + ":unknown");
  cell->Add(unknown, 0, wxTOP, gap / 4);
  unknown->SetValue(box->IsEmpty());
  unknown->Bind(wxEVT_CHECKBOX, [this, box](wxCommandEvent& event) {
    if (event.IsChecked()) {
      box->Clear();
      write_all(false);
    } else {
      box->SetFocus();
    }
  });
  box->Bind(wxEVT_TEXT, [box, unknown](wxCommandEvent& event) {
    unknown->SetValue(box->IsEmpty());
    event.Skip();
  });
  bindings_.back().show = [box, unknown](const std::string& value) {
    box->ChangeValue(wx(value));
    unknown->SetValue(value.empty());
  };
  add_to_flow(cell);
  return box;
}

wxChoice* StepPage::choice(const StepField& field, Options options, bool with_label) {
  const std::string now = field.get(plan());
  if (std::none_of(options.begin(), options.end(), [&](const auto& option) { return option.first == now; })) options.emplace_back(now, now);
  auto* cell = new wxBoxSizer(wxVERTICAL);
  if (with_label) place_label(field, cell);
  auto* box = choice_box(this, options);
  box->SetMinSize(wxSize(FromDIP(110), -1));
  set_accessible(box, field.name.empty() ? field.label : field.name, field.id);
  cell->Add(box, 0, wxEXPAND);
  const auto shared = std::make_shared<Options>(std::move(options));
  Binding binding;
  binding.field = field;
  binding.control = box;
  binding.read = [box, shared] { return chosen_key(*box, *shared); };
  binding.show = [box, shared](const std::string& key) {
    if (std::none_of(shared->begin(), shared->end(), [&](const auto& option) { return option.first == key; })) {
      const auto minutes = parse_minutes(key);
      shared->emplace_back(key, minutes ? spoken_minutes(*minutes) : key);
      box->Append(wx(shared->back().second));
    }
    choose(*box, *shared, key);
  };
  binding.shown = now;
  choose(*box, *shared, now);
  bindings_.push_back(std::move(binding));
  box->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { write_all(false); });
  if (!field.help.empty()) box->SetToolTip(wx(field.help));
  add_to_flow(cell);
  return box;
}

void StepPage::check(const StepField& field) {
  auto* cell = new wxBoxSizer(wxVERTICAL);
  auto* box = new wxCheckBox(this, wxID_ANY, wxControl::EscapeMnemonics(wx(field.label)));
  set_accessible(box, field.name.empty() ? field.label : field.name, field.id);
  const int tick = box->GetBestSize().x - box->GetTextExtent(wx(field.label)).x;
  wrapped_.push_back({box, wx(field.label), tick + gap_small, cells_ ? cells_->GetCols() : 1});
  cell->Add(box, 0, wxEXPAND);
  Binding binding;
  binding.field = field;
  binding.control = box;
  binding.read = [box] { return box->GetValue() ? std::string("yes") : std::string(); };
  binding.show = [box](const std::string& value) { box->SetValue(value == "yes"); };
  binding.show(field.get(plan()));
  binding.shown = binding.read();
  bindings_.push_back(std::move(binding));
  box->Bind(wxEVT_CHECKBOX, [this](wxCommandEvent&) { write_all(false); });
  add_to_flow(cell);
}

wxButton* StepPage::make_action(const std::string& label, const std::string& id, std::function<void()> action, const std::string& name) {
  auto* box = new wxButton(this, wxID_ANY, wx(label));
  set_accessible(box, name.empty() ? label : name, id);
  box->Bind(wxEVT_BUTTON, [this, act = std::move(action)](wxCommandEvent&) {
    write_all(false);
    try {
      act();
    } catch (const Error& error) {
      say(error.what(), true);
    }
  });
  return box;
}

void StepPage::button(const std::string& label, const std::string& id, std::function<void()> action, const std::string& name) {
  auto* cell = new wxBoxSizer(wxHORIZONTAL);
  cell->Add(make_action(label, id, std::move(action), name), 0, wxALIGN_BOTTOM);
  add_to_flow(cell);
}

void StepPage::add_form(const std::vector<StepInput>& inputs, const std::string& button_label, const std::string& button_id,
                        std::function<Change(const Plan&, const std::vector<std::string>&)> make) {
  auto* line = new wxWrapSizer(wxHORIZONTAL);
  Form form;
  std::vector<std::function<void()>> clears;
  const std::size_t index = forms_.size();
  const auto send = [this, index] {
    auto& mine = forms_[index];
    std::vector<std::string> values;
    for (const auto& read : mine.read) values.push_back(read());
    write_all(false);
    try {
      const Change change = mine.make(plan(), values);
      if (change.empty()) say(tr("Give it a name first."), true);
      else if (apply(change)) {
        mine.clear();
        if (refused() == 0) session_.mended();
      }
    } catch (const Error& error) {
      say(error.what(), true);
    }
  };
  for (const auto& input : inputs) {
    auto* cell = new wxBoxSizer(wxVERTICAL);
    cell->Add(new StyledText(this, wxID_ANY, wx(input.label)), 0, wxBOTTOM, gap / 4);
    if (input.options.empty()) {
      auto* box = new wxTextCtrl(this, wxID_ANY, wxString(), wxDefaultPosition, wxSize(FromDIP(170), -1), wxTE_PROCESS_ENTER);
      box->SetMinSize(wxSize(FromDIP(170), box->GetCharHeight() + FromDIP(14)));
      set_accessible(box, tr("New entry: {field}", {{"field", input.label}}), input.id);
      box->Bind(wxEVT_TEXT_ENTER, [send](wxCommandEvent&) { send(); });
      form.read.emplace_back([box] { return utf8(box->GetValue()); });
      clears.emplace_back([box] { box->ChangeValue(wxString()); });
      cell->Add(box, 0, wxEXPAND);
    } else {
      auto* box = choice_box(this, input.options);
      set_accessible(box, tr("New entry: {field}", {{"field", input.label}}), input.id);
      box->SetSelection(0);
      form.read.emplace_back([box, options = input.options] { return chosen_key(*box, options); });
      clears.emplace_back([box] { box->SetSelection(0); });
      cell->Add(box, 0, wxEXPAND);
    }
    line->Add(cell, 0, wxRIGHT | wxBOTTOM, gap);
  }
  auto* add = new wxButton(this, wxID_ANY, wx(button_label));
  set_accessible(add, button_label, button_id);
  add->Bind(wxEVT_BUTTON, [send](wxCommandEvent&) { send(); });
  line->Add(add, 0, wxALIGN_BOTTOM | wxBOTTOM, gap);
  column_->Add(line, 0, wxEXPAND | wxBOTTOM, gap);
  form.clear = [clears] {
    for (const auto& clear : clears) clear();
  };
  form.make = std::move(make);
  forms_.push_back(std::move(form));
}

void StepPage::when_left(std::function<Change(const Plan&)> make) {
  Form form;
  form.clear = [] {};
  form.make = [make = std::move(make)](const Plan& now, const std::vector<std::string>&) { return make(now); };
  forms_.push_back(std::move(form));
}

wxChoice* StepPage::picker(const std::string& label, const std::string& id, const Options& options, const std::string& chosen,
                           std::function<void(const std::string&)> picked) {
  auto* cell = new wxBoxSizer(wxVERTICAL);
  cell->Add(new StyledText(this, wxID_ANY, wx(label)), 0, wxBOTTOM, gap / 4);
  auto* box = choice_box(this, options);
  set_accessible(box, label, id);
  choose(*box, options, chosen);
  box->Bind(wxEVT_CHOICE, [this, box, options, act = std::move(picked)](wxCommandEvent&) {
    const std::string key = chosen_key(*box, options);
    CallAfter([this, act, key] {
      write_all(false);
      act(key);
    });
  });
  cell->Add(box, 0, wxEXPAND);
  add_to_flow(cell);
  return box;
}

}  // namespace mainstay
