// SPDX-License-Identifier: MIT
#include "app/gui/record_form.h"

#include <wx/choice.h>
#include <wx/textctrl.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/trouble.h"
#include "app/gui/wx_text.h"
#include "core/analysis/starter_guesses.h"
#include "core/base/error.h"

namespace mainstay {
namespace {

bool is_choice(const FieldInfo& info) { return info.type == FieldType::choice || info.type == FieldType::answer || info.type == FieldType::id; }
bool is_short(const FieldInfo& info) { return info.type != FieldType::text && info.type != FieldType::long_text && info.type != FieldType::id; }

/// What a text control shows: words that the field also reads back.
std::string editable(const FieldInfo& info, const void* record) {
  const auto text = info.text(record);
  if (info.type == FieldType::instant) return local_text(info.value<Instant>(record));
  const bool has_words = info.type == FieldType::minutes || info.type == FieldType::money;
  return has_words && !text.empty() && text != none_text ? info.spoken(record) : text;
}

/// True where another choice has the same words: a list shows them once.
bool says_the_same(const FieldInfo& info, const Choice& choice) {
  return std::any_of(info.choices.begin(), info.choices.end(), [&](const Choice& other) { return &other != &choice && other.label == choice.label; });
}

std::string example(const FieldInfo& info) {
  switch (info.type) {
    case FieldType::minutes: return tr("for example 4 h or 2 d");
    case FieldType::date: return tr("year-month-day, for example 2026-11-24");
    case FieldType::instant: return tr("year-month-day hour:minute, for example 2026-11-24 18:30");
    case FieldType::money: return tr("for example 1200.00");
    case FieldType::percent: return tr("0 to 100");
    default: return {};
  }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> record_choices(const Plan& plan, std::string_view kind) {
  std::vector<std::pair<std::string, std::string>> choices{{"", tr("Not known")}};
  constexpr std::size_t most = 2000;  // a longer list is no choice any more
  for (const auto& table : Plan::tables()) {
    const auto& name = table.info->kind;
    if (kind != "*" ? name != kind : name == "link" || name == "log_entry" || name == "impact" || name == "attribute" || name == "step" || name == "task") continue;
    for (std::size_t i = 0; i < table.size(plan) && choices.size() < most; ++i) {
      const RecordRef ref{&table, table.at(plan, i), table.id_at(plan, i)};
      auto title = title_of(plan, ref);
      if (kind == "*") title = tr("{title} ({kind})", {{"title", title}, {"kind", lower_case(table.info->label)}});
      choices.emplace_back(ref.id.text, std::move(title));
    }
  }
  return choices;
}

RecordForm::RecordForm(wxWindow* parent, Session& session, std::vector<std::string> hidden)
    : Part(parent), session_(session), hidden_(std::move(hidden)), pause_(this) {
  SetSizer(new wxBoxSizer(wxVERTICAL));
  pending_ = session.pending.subscribe([this] { commit(); });
  Bind(wxEVT_TIMER, [this](wxTimerEvent&) { if (typing_ < fields_.size()) commit(fields_[typing_], true); });
}

RecordForm::~RecordForm() { pause_.Stop(); }

void RecordForm::show(const Id& id) {
  if (id == id_) {
    refresh();
    return;
  }
  commit();
  id_ = id;
  const auto ref = find_record(session_.plan(), id);
  if (!ref) id_ = {};
  if (const auto* table = ref ? ref.table : nullptr; table != table_) {
    table_ = table;
    fields_.clear();
    DestroyChildren();
    GetSizer()->Clear();
    if (table) build(*table);
  }
  for (auto& field : fields_) {
    if (field.marked) show_trouble(field.control, {});  // was said about the record before
    field.marked = false;
    fill(field, ref);
  }
  grow();
}

void RecordForm::build(const Table& table) {
  wxSizer* row = nullptr;  // short fields stand two by two
  fields_.reserve(table.info->fields.size());
  for (const auto& info : table.info->fields) {
    if (std::find(hidden_.begin(), hidden_.end(), info.key) != hidden_.end()) continue;
    fields_.push_back({&info, nullptr, {}, {}, false});
    auto& added = fields_.back();
    added.control = make_control(added);
    auto* cell = new wxBoxSizer(wxVERTICAL);
    auto help = info.help.empty() ? example(info) : tr(info.help);
    add_field(cell, added.control, tr(info.label), info.key, help);
    if (is_short(info) && row) {
      row->Add(cell, wxSizerFlags(1).Border(wxLEFT, FromDIP(gap_wide)));
      row = nullptr;
    } else if (is_short(info)) {
      row = new wxBoxSizer(wxHORIZONTAL);
      row->Add(cell, wxSizerFlags(1));
      GetSizer()->Add(row, wxSizerFlags().Expand());
    } else {
      row = nullptr;
      GetSizer()->Add(cell, wxSizerFlags().Expand());
    }
  }
  const bool fixed = session_.document().read_only() || table.info->append_only;
  for (auto& each : fields_) each.control->Enable(!fixed);
}

wxWindow* RecordForm::make_control(Field& field) {
  const auto index = fields_.size() - 1;
  if (is_choice(*field.info)) {
    for (const auto& choice : field.info->choices)
      if (!choice.key.empty() || !says_the_same(*field.info, choice)) field.options.emplace_back(choice.key, tr(choice.label));
    auto* control = new wxChoice(this, wxID_ANY);
    for (const auto& [key, label] : field.options) control->Append(wx(label));
    control->Bind(wxEVT_CHOICE, [this, index](wxCommandEvent&) { commit(fields_[index], false); });
    control->SetMinSize(wxSize(FromDIP(120), -1));
    return control;
  }
  const bool is_long = field.info->type == FieldType::long_text;
  auto* control = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, is_long ? wxTE_MULTILINE : wxTE_PROCESS_ENTER);
  control->SetMinSize(wxSize(FromDIP(120), is_long ? control->GetCharHeight() * 4 + FromDIP(gap_wide) : control->GetCharHeight() + FromDIP(gap_wide)));
  control->Bind(wxEVT_TEXT, [this, index](wxCommandEvent&) {
    typing_ = index;
    pause_.StartOnce(2000);
  });
  control->Bind(wxEVT_KILL_FOCUS, [this, index](wxFocusEvent& event) {
    event.Skip();
    if (!IsBeingDeleted()) commit(fields_[index], false);
  });
  if (!is_long) control->Bind(wxEVT_TEXT_ENTER, [this, index](wxCommandEvent&) { commit(fields_[index], false); });
  control->Bind(wxEVT_KEY_DOWN, [this, index, control](wxKeyEvent& event) {
    if (event.GetKeyCode() != WXK_ESCAPE || typed(fields_[index]) == fields_[index].shown) {
      event.Skip();
      return;
    }
    control->ChangeValue(wx(fields_[index].shown));  // Escape gives up what was being typed
    mark(fields_[index], {});
    pause_.Stop();
  });
  return control;
}

void RecordForm::fill(Field& field, const RecordRef& ref) {
  if (!ref) return;
  if (auto* choice = dynamic_cast<wxChoice*>(field.control)) {
    if (field.info->type == FieldType::id) {
      auto options = record_choices(session_.plan(), field.info->refers_to);
      if (options != field.options) {
        field.options = std::move(options);
        wxArrayString labels;
        for (const auto& [key, label] : field.options) labels.Add(wx(label));
        choice->Set(labels);
      }
    }
    field.shown = field.info->text(ref.record);
    int selected = wxNOT_FOUND;
    for (std::size_t i = field.options.size(); i-- > 0;)
      if (field.options[i].first == field.shown) selected = static_cast<int>(i);
    if (selected == wxNOT_FOUND && field.shown.empty() && !field.info->choices.empty())  // worded like another choice, and shown as that one
      for (std::size_t i = field.options.size(); i-- > 0;)
        if (field.options[i].second == tr(field.info->choices.front().label)) selected = static_cast<int>(i);
    if (choice->GetSelection() != selected) choice->SetSelection(selected);
    field.shown = typed(field);
    return;
  }
  auto* text = static_cast<wxTextCtrl*>(field.control);
  field.shown = editable(*field.info, ref.record);
  const auto waiting = refused_.find(id_.text + "/" + std::string(field.info->key));
  const auto& words = waiting == refused_.end() ? field.shown : waiting->second.typed;
  if (utf8(text->GetValue()) != words) text->ChangeValue(wx(words));
  mark(field, waiting == refused_.end() ? std::string() : waiting->second.sentence);
}

std::string RecordForm::typed(const Field& field) const {
  if (const auto* choice = dynamic_cast<const wxChoice*>(field.control)) {
    const auto selected = choice->GetSelection();
    return selected == wxNOT_FOUND ? field.shown : field.options[static_cast<std::size_t>(selected)].first;
  }
  return utf8(static_cast<const wxTextCtrl*>(field.control)->GetValue());
}

void RecordForm::refresh() {
  if (committing_) return;
  const auto ref = find_record(session_.plan(), id_);
  if (!ref) {
    if (!id_.empty()) show({});
    return;
  }
  for (auto& field : fields_)
    if (typed(field) == field.shown) fill(field, ref);
}

void RecordForm::commit(Field& field, bool quietly) {
  if (committing_ || id_.empty()) return;
  auto text = typed(field);
  if (text == field.shown) {
    mark(field, {});
    return;
  }
  // A sum without cents means whole units for people; the machine's bare number would be cents.
  if (field.info->type == FieldType::money && !text.empty() && text.find_first_not_of("0123456789") == std::string::npos) text += ".00";
  if (field.info->type == FieldType::instant)
    if (const auto local = parse_local(trimmed(text))) text = to_text(*local);
  const auto ref = find_record(session_.plan(), id_);
  if (!ref) return;
  committing_ = true;
  Change change;
  try {
    change = set_fields(session_.plan(), ref, {{std::string(field.info->key), text}});
    if (field.info->key == "income_per_day_cents") change = with_income_confirmed(session_.plan(), std::move(change), id_, session_.document().author(), session_.document().today());
  } catch (const Error& error) {
    committing_ = false;
    const auto known = refused_.find(id_.text + "/" + std::string(field.info->key));
    const bool said = known != refused_.end() && known->second.typed == typed(field) && !IsShownOnScreen();  // once is enough for a page left behind
    if (!quietly && !said) session_.show_error(error.what());
    if (!quietly) mark(field, error.what());
    return;
  }
  mark(field, {});
  const bool done = session_.apply(change);
  committing_ = false;
  const auto now = find_record(session_.plan(), id_);
  if (!done || !now) return;
  if (quietly) field.shown = typed(field);  // still being typed: its words are tidied when the field is left
  else fill(field, now);
}

void RecordForm::mark(Field& field, const std::string& sentence) {
  const auto key = id_.text + "/" + std::string(field.info->key);
  if (sentence.empty()) refused_.erase(key);
  else refused_[key] = {typed(field), sentence};
  if (sentence.empty() && !field.marked) return;
  field.marked = !sentence.empty();
  show_trouble(field.control, sentence);
  if (sentence.empty() && refused_.empty()) session_.mended();
}

void RecordForm::commit() {
  pause_.Stop();
  for (auto& field : fields_) commit(field, false);
}

void RecordForm::focus_first() {
  if (fields_.empty()) return;
  fields_.front().control->SetFocus();
  if (auto* text = dynamic_cast<wxTextCtrl*>(fields_.front().control)) text->SelectAll();
}

void RecordForm::grow() {
  Layout();
  for (wxWindow* up = GetParent(); up; up = up->GetParent())
    if (auto* scrolled = dynamic_cast<ScrolledPanel*>(up)) {
      scrolled->content_changed();
      break;
    }
}

}  // namespace mainstay
