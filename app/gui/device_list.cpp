// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/srchctrl.h>
#include <wx/wupdlock.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/gui/accessible.h"
#include "app/gui/device_views.h"
#include "app/gui/finding_words.h"
#include "app/gui/import_dialog.h"
#include "app/gui/keep_focus.h"
#include "app/gui/question_panel.h"
#include "app/gui/wx_text.h"
#include "core/analysis/consequences.h"
#include "core/check/recall_memory.h"

namespace mainstay {
namespace {

/// A worse verdict stands for a device before a lesser one; within one, the more serious.
int rank(const Finding& finding) {
  const int verdict = finding.verdict == Verdict::affected ? 4 : finding.verdict == Verdict::possible ? 3 : finding.verdict == Verdict::unknown ? 2 : 1;
  return verdict * 10 + static_cast<int>(finding.severity);
}

enum Shown { all_results, affected, not_known, nothing_found };

/// Which choice of the filter a verdict belongs to.
Shown group_of(const Finding* worst, bool question_open) {
  if (!worst) return question_open ? not_known : nothing_found;
  switch (worst->verdict) {
    case Verdict::unknown: return not_known;
    case Verdict::not_affected: return nothing_found;
    default: return affected;
  }
}

class DeviceList : public ListDetailPage {
 public:
  DeviceList(wxWindow* parent, Session& session)
      : ListDetailPage(parent, session, "", "") {
    result_ = new wxChoice(this, wxID_ANY);
    for (const auto& word : {tr("All results"), tr("Affected"), tr("Not known"), tr("Nothing found")}) result_->Append(wx(word));
    result_->SetSelection(all_results);
    set_accessible(result_, tr("Which devices are shown"), "device_result");
    result_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { refresh(); });
    filter_ = new wxSearchCtrl(this, wxID_ANY);
    filter_->SetDescriptiveText(wx(tr("Name, model, serial number, owner …")));
    filter_->SetMinSize(wxSize(for_text(this, 200), -1));
    set_accessible(filter_, tr("Show only devices with this text in their name, model, serial number or owner"), "device_filter");
    filter_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { refresh(); });
    to_bar(make_button(this, tr("&Import an inventory…"), "import_inventory", [this] { choose_and_import(this, session_, tr("Import an inventory")); }));
    to_bar(make_button(this, tr("Plug s&heet"), "plug_sheet", [this] { session_.go_to("reports", Id{"plug-sheet"}); }));
    to_bar(make_button(this, tr("&Add a device"), "device_add", [this] { add_of_kind("device"); }));
    remove_ = make_button(this, tr("Re&move"), "device_remove", [this] { remove_selected(); });
    to_bar(remove_);
    to_bar(filter_);
    to_bar(result_);
    make_list(tr("Devices"), "device_list", {{tr("Result"), 140, true}, {tr("Device"), 170, true}, {tr("Kind"), 112, false, false, true}, {tr("Model"), 120, false, false, true}, {tr("At"), 112, false, false, true}},
              {tr("No device is listed yet"), tr("Import an inventory, or add phones, computers, disks, and anything with a plug that sits warm in a corner. One line may stand for several alike."),
               tr("Add a device"), [this] { add_of_kind("device"); }});
    results_ = new Part(right());
    results_->SetSizer(new wxBoxSizer(wxVERTICAL));
    detail()->Add(results_, wxSizerFlags().Expand());
    detail()->Add(make_section(right(), tr("What is known about it")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    detail()->Add(make_form(), wxSizerFlags().Expand());
    arrange();
  }

  void refresh() override {
    std::map<std::string, const Finding*> worst;
    std::vector<Id> others;  // places, backups, services that a rule about things speaks of
    for (const auto& finding : document().findings()) {
      if (!is_of_devices(finding) && finding.subject_kind != "device") continue;
      if (finding.subject_kind == "organisation" && finding.question.empty()) continue;  // what the business as a whole is asked stands here too
      const auto [at, fresh] = worst.emplace(finding.subject_id.text, &finding);
      if (!fresh && rank(finding) > rank(*at->second)) at->second = &finding;
      if (fresh && finding.subject_kind != "device") others.push_back(finding.subject_id);
    }
    questions_ = inventory_questions(plan(), document().now());
    std::set<std::string> asked;
    for (const auto& question : questions_)
      if (question.value.empty()) asked.insert(question.subject_id.text);
    to_decide_ = devices_to_decide_on(plan());
    std::vector<std::pair<int, TableList::Row>> lines;
    const auto wanted = utf8(filter_->GetValue());
    const int shown = result_->GetSelection();
    const auto put = [&](const RecordRef& ref, const std::string& kind, const std::string& model, const std::string& site, const std::vector<std::string>& words_of) {
      auto found = worst.find(ref.id.text);
      const bool undecided = to_decide_.contains(ref.id);
      if (undecided && found != worst.end() && asks_nothing(found->second->verdict)) found = worst.end();
      const bool open = asked.contains(ref.id.text) || undecided;
      if (shown != all_results && group_of(found == worst.end() ? nullptr : found->second, open) != shown) return;
      if (!wanted.empty() && std::none_of(words_of.begin(), words_of.end(), [&](const auto& text) { return contains_folded(text, wanted); })) return;
      const auto status = found != worst.end() ? status_of(*found->second) : open ? Status::unknown : Status::good;
      const auto words = found != worst.end() ? verdict_words(found->second->verdict) : undecided ? tr("Recall to decide") : open ? tr("A question is open") : tr("Nothing found");
      TableList::Row line{ref.id.text, {status_words(status, words), title_of(plan(), ref), kind, model, site}};
      line.status = status;
      line.order = {{0, std::to_string(100 - (found != worst.end() ? rank(*found->second) : open ? 5 : 0))}};
      lines.emplace_back(found != worst.end() ? rank(*found->second) : open ? 5 : 0, std::move(line));
    };
    for (const auto& id : others)
      if (const auto ref = find_record(plan(), id)) put(ref, std::string(tr(ref.table->info->label)), "", "", {title_of(plan(), ref)});
    std::map<std::string, std::string> sites, people;
    for (const auto& site : plan().sites) sites.emplace(site.id.text, site.name);
    for (const auto& person : plan().people) people.emplace(person.id.text, person.name);
    const auto* table = table_of("device");
    for (const auto& device : plan().devices) {
      const RecordRef ref{table, &device, device.id};
      const auto site = sites.find(device.site_id.text);
      put(ref, device.kind == Device::Kind::unknown ? std::string() : spoken_field(plan(), ref, *table->info->field("kind")), device.model.empty() ? device.model_number : device.model, site == sites.end() ? std::string() : site->second,
          {device.name, device.brand, device.model, device.model_number, device.model_identifier, device.serial, people[device.person_id.text]});
    }
    // The worst first; within a verdict the order of the plan.
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<TableList::Row> rows;
    for (auto& [order, line] : lines) rows.push_back(std::move(line));
    shown_.clear();
    fill_list(std::move(rows), !plan().devices.empty());
  }

 private:
  bool lift_filter() override {
    if (result_->GetSelection() == all_results && filter_->IsEmpty()) return false;
    result_->SetSelection(all_results);
    filter_->ChangeValue({});
    return true;
  }

  void show_selected() override {
    const Id id{list_->selected()};
    const auto ref = find_record(plan(), id);
    right()->Show(static_cast<bool>(ref));
    remove_->Enable(ref && ref.kind() == "device");
    form_->show(ref ? id : Id{});
    if (ref && shown_ != id.text) {
      shown_ = id.text;
      fill_results(id);
    }
    right()->content_changed();
  }

  /// Builds the results again, and gives the keyboard back to the control that had it.
  void fill_results(const Id& id) {
    session_.commit_pending();  // what is being typed is written before its box goes
    wxWindowUpdateLocker still(results_);
    const auto stops = stops_from_focus(results_);
    results_->GetSizer()->Clear(true);
    auto* column = results_->GetSizer();
    column->Add(make_record_name(title_of(plan(), id)), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    bool any = false, listed = true;
    for (const auto& finding : document().findings()) {
      if (finding.subject_id != id || (!is_of_devices(finding) && finding.subject_kind != "device")) continue;
      put_finding(column, finding);
      any = true;
      listed = listed && task_of(finding);
    }
    if (!listed) column->Add(make_button(results_, tr("Put it on the &checklist"), "device_sync", [this] { sync(); }), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap_wide)));
    if (to_decide_.contains(id)) column->Add(make_hint(results_, tr("A recall from a feed may concern it: decide under “Recalls”."), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    else if (!any) column->Add(make_hint(results_, tr("No recall, defect or end of support in the rules matches what is known about it."), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    put_consequences(column, id);
    bool first = true;
    std::set<std::string> drawn;
    for (const auto& question : questions_) {
      if (question.subject_id != id) continue;
      if (first) column->Add(make_section(results_, tr("Questions that decide it")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
      first = false;
      column->Add(new QuestionPanel(results_, session_, question, drawn.insert(question.picture).second), wxSizerFlags().Expand());
    }
    results_->Layout();
    if (!stops.empty()) CallAfter([this, stops] { focus_one_of(results_, stops); });  // a control takes the keyboard once it is on show
  }

  wxWindow* make_record_name(const std::string& name) {
    auto* heading = make_record_heading(results_);
    heading->set_text(name);
    return heading;
  }

  void put_finding(wxSizer* column, const Finding& finding) {
    auto* head = make_text(results_, status_words(status_of(finding), tr("{verdict}: {title}", {{"verdict", verdict_words(finding.verdict)}, {"title", finding.title}})), gap);
    head->SetFont(head->GetFont().Bold());
    head->SetForegroundColour(status_colour(status_of(finding)));
    column->Add(head, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
    column->Add(make_text(results_, finding.message, gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
    if (!finding.hazard.empty()) column->Add(make_hint(results_, tr("Hazard: {hazard}", {{"hazard", finding.hazard}}), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
    column->Add(make_hint(results_, duty(finding), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
    int number = 0;
    for (const auto& step : finding.steps) column->Add(make_text(results_, tr("{number}. {step}", {{"number", ++number}, {"step", step}}), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
    put_sources(column, finding);
    column->AddSpacer(FromDIP(gap_wide));
  }

  const Task* task_of(const Finding& finding) const {
    const auto found = std::find_if(plan().tasks.begin(), plan().tasks.end(), [&](const Task& t) { return t.rule_id == finding.rule_id && t.subject_id == finding.subject_id; });
    return found == plan().tasks.end() ? nullptr : &*found;
  }

  void sync() {
    int changed = 0;
    if (session_.attempt([&] { changed = document().put_on_checklist(Id{list_->selected()}); }))
      session_.show_note(tr_count(changed, "One task is on the checklist now. Ctrl+Z takes it back.", "{count} tasks are on the checklist now. Ctrl+Z takes them back."));
  }

  std::string duty(const Finding& finding) {
    if (const auto* task = task_of(finding)) {
      const auto who = title_of(plan(), task->person_id.empty() ? task->owner_role_id : task->person_id);
      const Args args{{"who", who.empty() ? tr("nobody yet") : who}, {"day", task->due_on ? spoken(task->due_on) : tr("day not set")}};
      if (task->state != Task::State::done) return tr("On the checklist: {who}, by {day}.", args);
      if (opens_again(*task, finding)) return tr("Ticked off on the checklist, but worse or back since: “Update from findings” opens it again there.", args);
      return tr("Ticked off on the checklist, and still found: {who}.", args);
    }
    return tr_count(finding.due_days, "Not on the checklist yet; to be done within a day.", "Not on the checklist yet; to be done within {count} days.");
  }

  /// Sources and notes are many and read once: behind a button.
  void put_sources(wxSizer* column, const Finding& finding) {
    const auto count = finding.sources.size() + finding.notes.size();
    if (count == 0) return;
    const auto key = finding.rule_id + ":" + finding.subject_id.text;
    if (!open_.contains(key)) {
      column->Add(make_button(results_, tr_count(static_cast<long long>(count), "Show the source", "Show {count} sources and notes"), "sources:" + finding.rule_id, [this, key, id = finding.subject_id] {
        open_.insert(key);
        CallAfter([this, id] { fill_results(id), right()->content_changed(); });
      }), wxSizerFlags().Border(wxTOP, FromDIP(gap_small)));
      return;
    }
    for (const auto* some : {&finding.notes, &finding.sources})
      for (const auto& line : *some) column->Add(make_hint(results_, tr("– {line}", {{"line", line}}), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
  }

  void put_consequences(wxSizer* column, const Id& id) {
    column->Add(make_section(results_, tr("What leans on it")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    const auto sentences = spoken_consequences(plan(), consequences(plan(), document().graph(), id));
    for (const auto& sentence : sentences) column->Add(make_text(results_, sentence, gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
    if (sentences.empty()) column->Add(make_hint(results_, tr("Nothing in the plan is tied to it, so no activity can be named that it endangers."), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
    column->AddSpacer(FromDIP(gap_wide));
  }

  std::set<Id> to_decide_;
  wxChoice* result_;
  wxSearchCtrl* filter_;
  wxPanel* results_;
  wxButton* remove_;
  std::string shown_;
  std::vector<InventoryQuestion> questions_;
  std::set<std::string> open_;
};

}  // namespace

ListDetailPage* make_device_list(wxWindow* parent, Session& session) { return new DeviceList(parent, session); }

}  // namespace mainstay
