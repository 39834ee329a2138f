// SPDX-License-Identifier: MIT
#include "app/gui/incident_frame.h"

#include <wx/choice.h>
#include <wx/frame.h>
#include <wx/msgdlg.h>
#include <wx/textctrl.h>
#include <wx/timer.h>
#include <wx/weakref.h>
#include <wx/wrapsizer.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/activate_dialog.h"
#include "app/gui/layout.h"
#include "app/gui/report_print.h"
#include "app/gui/table_list.h"
#include "app/gui/wx_text.h"
#include "core/response.h"

namespace mainstay {
namespace {

std::string clock_words(std::int64_t seconds) {
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return tr("{hours}:{minutes}:{seconds}", {{"hours", std::to_string(seconds / 3600)}, {"minutes", two(seconds / 60 % 60)}, {"seconds", two(seconds % 60)}});
}

/// The bad day: big type, the next three steps, a clock against each RTO, and a log.
class IncidentFrame : public wxFrame {
 public:
  IncidentFrame(wxWindow* parent, Session& session, Id incident)
      : wxFrame(parent, wxID_ANY, wx(tr("Incident"))), session_(session), incident_(std::move(incident)), ticking_(this) {
    auto* panel = new wxPanel(this);
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* head = new wxBoxSizer(wxHORIZONTAL);
    title_ = make_title(panel, "");
    elapsed_ = make_figure(panel);
    elapsed_->SetForegroundColour(status_colour(Status::bad));
    head->Add(title_, wxSizerFlags(1).CentreVertical().Border(wxRIGHT, FromDIP(gap)));
    head->Add(elapsed_, wxSizerFlags().CentreVertical());
    column->Add(head, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    steps_ = new ScrolledPanel(panel);
    steps_->SetFont(panel->GetFont().Scaled(1.25f));
    row->Add(steps_, wxSizerFlags(3).Expand().Border(wxRIGHT, FromDIP(gap_page)));
    auto* side = new wxBoxSizer(wxVERTICAL);
    side->Add(make_section(panel, tr("Must be back by")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    clocks_ = new TableList(panel, tr("Activities and the time left to bring each back"), "incident_clocks", {{tr("Left"), 130}, {tr("Activity"), 190}, {tr("RTO"), 70}});
    side->Add(clocks_, wxSizerFlags(1).Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    side->Add(make_section(panel, tr("Log")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    log_ = new TableList(panel, tr("Incident log, newest first"), "incident_log", {{tr("When"), 150}, {tr("Entry"), 300}});
    side->Add(log_, wxSizerFlags(1).Expand().Border(wxBOTTOM, FromDIP(gap)));
    whole_entry_ = make_text(panel, "", gap);  // a row shows the beginning only
    side->Add(whole_entry_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    log_->on_select = [this](const std::string& id) {
      const auto* chosen = find_in(session_.plan().log_entries, Id{id});
      whole_entry_->set_text(chosen ? tr("{text} ({who})", {{"text", chosen->text}, {"who", chosen->author}}) : std::string());
      whole_entry_->GetParent()->Layout();
    };
    auto* entry = new wxBoxSizer(wxHORIZONTAL);
    kind_ = new wxChoice(panel, wxID_ANY);
    for (const auto& word : {tr("Note"), tr("Decision"), tr("Action"), tr("Call")}) kind_->Append(wx(word));
    kind_->SetSelection(0);
    set_accessible(kind_, tr("Kind of entry"), "log_kind");
    text_ = new wxTextCtrl(panel, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
    text_->SetMinSize(wxSize(-1, text_->GetCharHeight() + FromDIP(gap_wide)));
    text_->SetHint(wx(tr("What happened, what was decided?")));
    set_accessible(text_, tr("New log entry"), "log_text");
    text_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { write(); });
    entry->Add(kind_, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(gap)));
    entry->AddStretchSpacer();
    entry->Add(make_button(panel, tr("&Write down"), "log_add", [this] { write(); }), wxSizerFlags().CentreVertical());
    side->Add(text_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    side->Add(entry, wxSizerFlags().Expand());
    row->Add(side, wxSizerFlags(2).Expand());
    column->Add(row, wxSizerFlags(1).Expand());
    said_ = make_label(panel, "");
    column->Add(said_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    buttons->Add(make_button(panel, tr("Print the &first-hour page"), "print_first_hour", [this] { print({"first-hour"}); }), wxSizerFlags().Border(wxRIGHT, FromDIP(gap)));
    buttons->Add(make_button(panel, tr("Print the &call list"), "print_call_list", [this] { print({"call-list"}); }), wxSizerFlags().Border(wxRIGHT, FromDIP(gap)));
    buttons->AddStretchSpacer();
    buttons->Add(make_button(panel, tr("&Stand down"), "stand_down", [this] { stand_down(); }));
    column->Add(buttons, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap_page)));
    panel->SetSizer(padded);
    SetMinClientSize(FromDIP(wxSize(760, 520)));
    SetClientSize(FromDIP(wxSize(1180, 760)));
    CentreOnParent();
    subscription_ = session.document().subscribe([this] { CallAfter([this] { refresh(); }); });
    pending_ = session.pending.subscribe([this] { write(); });
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { tick(); });
    Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent&) {
      write();
      Destroy();
    });
    ticking_.Start(1000);
    refresh();
    text_->SetFocus();
  }

  /// Writes the first-hour page and the call list beside the plan, and offers them to the printer where wanted.
  void hand_out(bool print_now) {
    std::vector<std::string> written;
    for (const auto& report : report_list())
      if (report.id == "first-hour" || report.id == "call-list")
        session_.attempt([&] { written.push_back(export_beside_plan(session_, report.id)); });
    if (!written.empty()) said_->SetLabel(wxControl::EscapeMnemonics(wx(tr("Written beside the plan: {files}", {{"files", join(written, ", ")}}))));
    Layout();
    if (print_now) CallAfter([this] { print({"first-hour", "call-list"}); });
  }

 private:
  void refresh() {
    const auto* incident = find_in(session_.plan().incidents, incident_);
    if (!incident) {
      Close();
      return;
    }
    SetTitle(wx(tr("{incident} – Mainstay", {{"incident", incident->name}})));
    title_->set_text(incident->is_exercise == Answer::yes ? tr("EXERCISE: {incident}", {{"incident", incident->name}}) : incident->name);
    fill_steps();
    std::vector<TableList::Row> rows;
    for (const auto& entry : session_.plan().log_entries)
      if (entry.incident_id == incident_) {
        rows.push_back({entry.id.text, {spoken(entry.happened_at), entry.text}});
        rows.back().order = {{0, to_text(entry.happened_at)}};
      }
    std::reverse(rows.begin(), rows.end());
    log_->set_rows(std::move(rows));
    tick();
  }

  void fill_steps() {
    const auto briefing = incident_briefing(session_.plan(), incident_, session_.document().now());
    const auto& next = briefing.next_steps;
    const auto all = briefing.all_steps;
    std::string now_shown;
    for (std::size_t i = 0; i < next.size() && i < 3; ++i) now_shown += next[i].step_id.text + "\n";
    if (now_shown == steps_shown_ && !steps_shown_.empty()) return;
    steps_shown_ = now_shown;
    steps_->SetSizer(nullptr, true);
    steps_->DestroyChildren();
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_section(steps_, tr("Next steps")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    if (const auto& progress = briefing.progress) {
      column->Add(make_hint(steps_, tr("“{procedure}”: {done} of {all} done", {{"procedure", progress->procedure}, {"done", progress->done}, {"all", progress->all}}), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
      column->AddSpacer(FromDIP(gap));
    }
    if (next.empty())
      column->Add(make_text(steps_, all ? tr("Nothing is left to do in the plan: every step is done or does not apply.") : tr("The plan has no steps for this. Call for help, keep people safe, and write down what you do."), gap),
                  wxSizerFlags().Expand());
    for (std::size_t i = 0; i < next.size() && i < 3; ++i) {
      const auto& step = next[i];
      auto* action = new WrappedText(steps_, tr("{number}. {action}", {{"number", i + 1}, {"action", step.action}}), gap);
      action->SetFont(action->GetFont().Bold());
      column->Add(action, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
      if (!step.who.empty()) column->Add(make_hint(steps_, step.who, gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
      auto* button = make_button(steps_, tr("✔ Done"), "step_done", [this, id = step.step_id] {
        session_.attempt([&] {
          auto& document = session_.document();
          document.apply(step_done_change(document.plan(), incident_, id, document.author(), document.now()));
        });
      });
      set_accessible(button, tr("Done: {step}", {{"step", step.action}}), "step_done");
      auto* aside = make_button(steps_, tr("Does not apply"), "step_aside", [this, id = step.step_id] {
        session_.attempt([&] {
          auto& document = session_.document();
          document.apply(step_set_aside_change(document.plan(), incident_, id, document.author(), document.now()));
        });
      });
      set_accessible(aside, tr("Does not apply: {step}", {{"step", step.action}}), "step_aside");
      auto* answers = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
      answers->Add(button, wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(gap)));
      answers->Add(aside, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
      column->Add(answers, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    }
    if (briefing.progress) put_conditions(column, briefing.progress->starts_when);
    steps_->SetSizer(column);
    steps_->content_changed();
  }

  /// When the procedure at hand starts: its steps point to this list.
  void put_conditions(wxSizer* column, const std::string& starts_when) {
    std::vector<std::string> conditions;
    for (const auto& line : split(starts_when, '\n'))
      for (const auto& part : split(line, ';'))
        if (!trimmed(part).empty()) conditions.emplace_back(trimmed(part));
    if (conditions.empty()) return;
    column->Add(make_section(steps_, tr("Starts when")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap_small)));
    for (const auto& condition : conditions) column->Add(make_text(steps_, tr("• {condition}", {{"condition", condition}}), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
  }

  void tick() {
    const auto* incident = find_in(session_.plan().incidents, incident_);
    if (!incident || !incident->activated_at) return;
    const auto now = session_.document().now();
    elapsed_->SetLabel(wx(clock_words(std::max<std::int64_t>(0, now.seconds - incident->activated_at.seconds))));
    std::vector<TableList::Row> rows;
    for (const auto& clock : incident_briefing(session_.plan(), incident_, now).clocks) {
      const auto left = clock.minutes_left;
      const auto status = left < 0 ? Status::bad : left * 4 < clock.rto_minutes ? Status::warning : Status::good;
      const auto words = left < 0 ? tr("{time} over", {{"time", spoken_minutes(-left)}}) : tr("{time} left", {{"time", spoken_minutes(left)}});
      TableList::Row row{clock.activity_id.text, {status_words(status, words), title_of(session_.plan(), clock.activity_id), spoken_minutes(clock.rto_minutes)}};
      row.status = status;
      row.order = {{0, TableList::order_of(left)}, {2, TableList::order_of(clock.rto_minutes)}};
      rows.push_back(std::move(row));
    }
    clocks_->set_rows(std::move(rows));
    elapsed_->GetParent()->Layout();
  }

  void write() {
    const auto text = std::string(trimmed(utf8(text_->GetValue())));
    if (text.empty()) return;
    text_->ChangeValue({});  // first, since applying asks every window for what is being typed
    constexpr LogEntry::Kind kinds[] = {LogEntry::Kind::note, LogEntry::Kind::decision, LogEntry::Kind::action, LogEntry::Kind::call};
    const auto now = session_.document().now();
    if (session_.apply(log_change(incident_, kinds[std::max(0, kind_->GetSelection())], text, session_.document().author(), now, now))) return;
    text_->ChangeValue(wx(text));
  }

  void print(const std::vector<std::string>& reports) {
    if (!print_reports(this, session_, reports) && said_->GetLabel().empty()) said_->SetLabel(wx(tr("Not printed. The pages lie as PDF beside the plan.")));
  }

  void stand_down() {
    write();
    session_.attempt([&] {
      auto& document = session_.document();
      document.apply(stand_down_change(document.plan(), incident_, document.author(), document.now()));
      session_.show_note(tr("Stood down. Write down what went well and what did not while it is fresh."));
      session_.go_to("incidents", incident_);
      Close();
    });
  }

  Session& session_;
  Id incident_;
  wxTimer ticking_;
  WrappedText *title_, *whole_entry_;
  wxStaticText *elapsed_, *said_;
  ScrolledPanel* steps_;
  TableList *clocks_, *log_;
  wxChoice* kind_;
  wxTextCtrl* text_;
  std::string steps_shown_;
  Subscription subscription_, pending_;
};

}  // namespace

void show_incident(wxWindow* parent, Session& session) {
  static std::map<Session*, wxWeakRef<IncidentFrame>> open;
  auto& frame = open[&session];
  if (frame) {
    frame->Raise();
    return;
  }
  auto incident = running_incident(session.plan());
  if (incident && incident->is_exercise == Answer::yes) {
    const auto answer = wxMessageBox(wx(tr("The exercise “{name}” is running. Is something really happening now? Then it ends, and the plan is activated.", {{"name", incident->name}})),
                                     wx(tr("An exercise is running")), wxYES_NO | wxCANCEL | wxNO_DEFAULT | wxICON_QUESTION, parent);
    if (answer == wxCANCEL) return;
    if (answer == wxYES) {
      auto& document = session.document();
      if (!session.attempt([&] { document.apply(stand_down_change(document.plan(), incident->id, document.author(), document.now())); })) return;
      incident.reset();
    }
  }
  if (incident) {
    frame = new IncidentFrame(parent, session, incident->id);
    frame->Show();
    return;
  }
  const auto answer = ask_activation(parent, session);
  if (!answer) return;
  const auto change = activation_change(session.plan(), answer->activation);
  const auto id = change.edits.front().id;
  if (!session.attempt([&] { session.document().apply(change); })) return;
  frame = new IncidentFrame(parent, session, id);
  frame->Show();
  frame->hand_out(answer->print);
}

}  // namespace mainstay
