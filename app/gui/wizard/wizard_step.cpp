// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_step.h"

#include <algorithm>
#include <memory>

#include <wx/button.h>
#include <wx/checkbox.h>
#include <wx/wrapsizer.h>

#include "app/gui/accessible.h"
#include "app/gui/keep_focus.h"
#include "app/gui/layout.h"
#include "app/gui/session.h"
#include "app/gui/trouble.h"
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

StepPage::StepPage(wxWindow* parent, Session& session, StepInfo info)
    : ScrolledPanel(parent), session_(session), info_(std::move(info)) {
  ScrolledPanel::SetCanFocus(false);
  Bind(wxEVT_SIZE, &StepPage::on_size, this);
  quiet_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { write_all(false); });
  again_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { plan_changed(); });
}

StepPage::~StepPage() {
  quiet_.Stop();
  again_.Stop();
}

Document& StepPage::document() { return session_.document(); }
const Plan& StepPage::plan() { return document().plan(); }

void StepPage::say(const std::string& sentence, bool trouble) {
  if (trouble) session_.show_error(sentence);
  else session_.show_note(sentence);
}

void StepPage::show_page() {
  if (!built_) build();
  else if (stale_) refresh();
}

void StepPage::plan_changed() {
  stale_ = true;
  if (!built_ || !IsShown() || pending_) return;
  pending_ = true;
  CallAfter([this] {
    pending_ = false;
    if (stale_ && IsShown()) refresh();
  });
}

void StepPage::rebuild_soon() {
  shape_ = "\n";
  plan_changed();
}

bool StepPage::apply(const Change& change) {
  if (change.empty()) return true;
  try {
    document().apply(change);
    return true;
  } catch (const Error& error) {
    say(error.what(), true);
    return false;
  }
}

bool StepPage::write_all(bool leaving) {
  if (!built_ || writing_) return true;
  writing_ = true;
  if (leaving) typing_ = false;
  quiet_.Stop();
  bool fine = true;
  std::vector<std::string> reasons;
  Change total;
  Plan ahead = plan();  // later answers are worked out on top of earlier ones
  int parts = 0;
  const auto take = [&](const Change& change) {
    if (change.empty()) return;
    apply_to(ahead, change);
    if (parts++ == 0) total = change;
    else append(total, change);
  };
  for (auto& binding : bindings_) {
    const std::string typed = binding.read();
    const auto* box = binding.field.said_again ? dynamic_cast<wxTextCtrl*>(binding.control) : nullptr;
    if (typed == binding.shown && !(box && box->IsModified())) {
      mark(binding, {});
      continue;
    }
    try {
      take(binding.field.set(ahead, typed));
      mark(binding, {});
      binding.shown = typed;
      binding.settled = binding.field.get(ahead);
    } catch (const Error& error) {  // the text stays in its box, to be put right
      fine = false;
      if ((leaving && IsShownOnScreen()) || binding.trouble != error.what()) reasons.emplace_back(error.what());
      mark(binding, error.what());
    }
  }
  std::vector<Form*> sent;
  if (leaving)
    for (auto& form : forms_) {
      std::vector<std::string> values;
      for (const auto& read : form.read) values.push_back(read());
      try {
        const Change change = form.make(ahead, values);
        if (!change.empty()) sent.push_back(&form);
        take(change);
      } catch (const Error& error) {
        fine = false;
        reasons.emplace_back(error.what());
      }
    }
  if (reasons.size() == 1) say(reasons.front(), true);
  else if (reasons.size() > 1) say(tr("{count} answers on “{page}” are not kept: {reasons}", {{"count", reasons.size()}, {"page", info_.title}, {"reasons", join(reasons, " ")}}), true);
  if (parts > 1) total.note = tr("Wizard: {page}", {{"page", info_.title}});
  if (parts > 0) {
    if (apply(total))
      for (auto* form : sent) form->clear();
    else
      fine = false;
  }
  writing_ = false;
  return fine;
}

void StepPage::mark(Binding& binding, const std::string& trouble) {
  if (trouble == binding.trouble) return;
  binding.trouble = trouble;
  show_trouble(binding.control, trouble);
  if (trouble.empty() && refused() == 0) session_.mended();
  if (on_refused) on_refused();
}

std::size_t StepPage::refused() const {
  return static_cast<std::size_t>(std::count_if(bindings_.begin(), bindings_.end(), [](const Binding& binding) { return !binding.trouble.empty(); }));
}

/// Refused words survive that the page is built again: they wait in their box to be put right.
void StepPage::restore(const std::vector<Binding>& refused) {
  for (const auto& old : refused)
    for (auto& binding : bindings_)
      if (binding.field.id == old.field.id) {
        binding.show(old.settled);
        mark(binding, old.trouble);
      }
}

void StepPage::build() {
  Freeze();
  std::vector<Binding> refused;
  for (auto& binding : bindings_)
    if (!binding.trouble.empty()) {
      refused.push_back(binding);
      refused.back().settled = binding.read();
    }
  const auto stops = stops_from_focus(this);
  bindings_.clear();
  forms_.clear();
  wrapped_.clear();
  cells_ = nullptr;
  row_ = nullptr;
  int left = 0, top = 0;
  GetViewStart(&left, &top);
  SetSizer(nullptr);
  DestroyChildren();
  column_ = new wxBoxSizer(wxVERTICAL);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column_, 1, wxEXPAND | wxALL, 2 * gap);
  SetSizer(outer);

  auto* question = new StyledText(this, wxID_ANY, wx(info_.question));
  question->SetFont(question->GetFont().Scaled(1.5F).Bold());
  column_->Add(question, 0, wxBOTTOM, gap);
  wrapped_.push_back({question, wx(info_.question), 0});
  sentence(tr("For example: {example}", {{"example", info_.example}}));
  sentence(tr("Why we ask: {reason}", {{"reason", info_.why}}), true);
  shape_ = info_.shape ? info_.shape(*this) : std::string();
  info_.build(*this);
  built_ = true;
  stale_ = false;
  wrapped_at_ = 0;
  wrap_sentences();
  Layout();
  restore(refused);
  if (on_refused) on_refused();
  FitInside();
  Scroll(-1, top);
  Thaw();
  if (!stops.empty()) CallAfter([this, stops] { focus_one_of(this, stops); });  // a control takes the keyboard once it is on show
}

void StepPage::refresh() {
  if ((info_.shape ? info_.shape(*this) : std::string()) != shape_) {
    // Nobody loses the box being typed in, or the button being pressed: the page is built again when that is over.
    if (typing_) return;
    if (wxGetMouseState().LeftIsDown()) {
      again_.StartOnce(150);
      return;
    }
    write_all(false);
    build();
    return;
  }
  stale_ = false;
  for (auto& binding : bindings_) {
    if (binding.read() != binding.shown) continue;  // being typed
    const std::string now = binding.field.get(plan());
    // The plan's tidier wording of what was just typed waits until the box is left; an undo shows at once.
    if (binding.control->HasFocus() && now == binding.settled && dynamic_cast<wxTextCtrl*>(binding.control)) continue;
    if (now == binding.shown) continue;
    binding.show(now);
    binding.shown = binding.read();
  }
}

void StepPage::on_size(wxSizeEvent& event) {
  event.Skip();
  wrap_sentences();
  FitInside();
}

void StepPage::wrap_sentences() {
  const int width = std::max(240, GetClientSize().x - 5 * gap);
  if (width == wrapped_at_) return;
  wrapped_at_ = width;
  for (const auto& [label, words, beside, columns] : wrapped_)
    label->SetLabelText(wrapped(*label, words, std::max(columns > 1 ? FromDIP(80) : 200, std::min((width - (columns - 1) * 2 * gap) / columns - beside, FromDIP(text_width)))));
}

void StepPage::add_to_flow(wxSizer* sizer) {
  if (row_) row_->Add(sizer, 0, wxRIGHT | wxALIGN_BOTTOM, gap);
  else if (cells_) cells_->Add(sizer, 0, wxEXPAND);
  else column_->Add(sizer, 0, wxEXPAND | wxBOTTOM, gap);
}

void StepPage::section(const std::string& title) {
  auto* label = new StyledText(this, wxID_ANY, wx(title));
  label->SetFont(label->GetFont().Scaled(1.15F).Bold());
  column_->Add(label, 0, wxTOP | wxBOTTOM, gap);
  wrapped_.push_back({label, wx(title), 0});
}

void StepPage::sentence(const std::string& text, bool muted) {
  auto* label = new StyledText(this, wxID_ANY, wx(text));
  label->SetLabelText(wx(text));
  if (muted) label->SetForegroundColour(hint_colour());
  if (cells_ && cells_->GetCols() == 1) {
    cells_->Add(label, 0, wxEXPAND);
    wrapped_.push_back({label, wx(text), 0});
    return;
  }
  if (cells_) {
    label->Wrap(FromDIP(220));
    cells_->Add(label, 0, wxALIGN_CENTER_VERTICAL);
    return;
  }
  column_->Add(label, 0, wxBOTTOM, gap);
  wrapped_.push_back({label, wx(text), 0});
}

wxBoxSizer* StepPage::put_status(Status status, const std::string& word, const std::string& text, int beside_right) {
  auto* line = new wxBoxSizer(wxHORIZONTAL);
  auto* chip = make_chip(this, status, word);
  auto* words = new StyledText(this, wxID_ANY, wxString());
  words->SetLabelText(wx(text));
  const int beside = std::max({FromDIP(120), chip->GetTextExtent(chip->GetLabel()).x + gap, chip->GetBestSize().x});
  if (beside > for_text(this, 200)) {  // a long word would leave its sentence no room
    auto* stack = new wxBoxSizer(wxVERTICAL);
    stack->Add(chip);
    stack->Add(words, 0, wxTOP, gap_small);
    wrapped_.push_back({words, wx(text), beside_right});
    line->Add(stack, 1);
  } else {
    chip->SetMinSize(wxSize(beside, -1));
    wrapped_.push_back({words, wx(text), beside + gap + beside_right});
    line->Add(chip, 0, wxRIGHT, gap);
    line->Add(words, 1);
  }
  column_->Add(line, 0, wxEXPAND | wxBOTTOM, gap_small);
  return line;
}

void StepPage::status(Status status, const std::string& word, const std::string& text) { put_status(status, word, text, 0); }

void StepPage::status(Status status, const std::string& word, const std::string& text, const std::string& label, const std::string& id, std::function<void()> action, const std::string& name) {
  auto* go = make_action(label, id, std::move(action), name);
  put_status(status, word, text, go->GetBestSize().x + 2 * gap)->Add(go, 0, wxLEFT, gap);
}

void StepPage::begin_cells(int columns) {
  constexpr int most_of_a_form = 3;  // more columns are a table with titles
  if (columns <= most_of_a_form && for_text(this, 100) > FromDIP(140)) columns = 1;
  cells_ = new wxFlexGridSizer(columns, gap, 2 * gap);
  if (columns <= most_of_a_form) {  // as wide as each other whatever stands in them
    cells_->SetFlexibleDirection(wxVERTICAL);
    cells_->SetNonFlexibleGrowMode(wxFLEX_GROWMODE_ALL);
  }
  for (int i = 0; i < columns; ++i) cells_->AddGrowableCol(static_cast<std::size_t>(i), 1);
}

void StepPage::end_cells() {
  column_->Add(cells_, 0, wxEXPAND | wxBOTTOM, gap);
  cells_ = nullptr;
}

void StepPage::column_titles(const std::vector<std::string>& titles) {
  for (const auto& title : titles) {
    auto* label = new StyledText(this, wxID_ANY, wx(title));
    label->SetFont(label->GetFont().Bold());
    cells_->Add(label, 0, wxALIGN_BOTTOM);
  }
}

void StepPage::begin_row() { row_ = new wxWrapSizer(wxHORIZONTAL); }

void StepPage::end_row() {
  column_->Add(row_, 0, wxEXPAND | wxBOTTOM, gap);
  row_ = nullptr;
}

wxWindow* StepPage::place_label(const StepField& field, wxSizer* cell) {
  auto* label = new StyledText(this, wxID_ANY, wx(field.label));
  cell->Add(label, 0, wxBOTTOM, gap / 4);
  if (!row_) wrapped_.push_back({label, wx(field.label), 0, cells_ ? cells_->GetCols() : 1});
  return label;
}

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
  auto* box = new wxCheckBox(this, wxID_ANY, wx(field.label));
  set_accessible(box, field.name.empty() ? field.label : field.name, field.id);
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

void StepPage::put(wxWindow* window, int flags) { column_->Add(window, 0, flags | wxBOTTOM, gap); }

}  // namespace mainstay
