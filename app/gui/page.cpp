// SPDX-License-Identifier: MIT
#include "app/gui/page.h"

#include "app/gui/accessible.h"
#include "core/base/text.h"
#include "core/model/timeline.h"

namespace mainstay {
namespace {

PageMark mark_backups(Document& document) {
  PageMark mark;
  for (const auto& backup : document.backups()) {
    const bool bad = backup.state == BackupState::breached || backup.state == BackupState::failed;
    if (bad || backup.state == BackupState::at_risk) ++mark.count;
    const auto status = bad ? Status::bad : backup.state == BackupState::at_risk ? Status::warning : backup.state == BackupState::unknown ? Status::unknown : Status::good;
    const auto rank = [](Status s) { return s == Status::bad ? 4 : s == Status::warning ? 3 : s == Status::unknown ? 2 : s == Status::good ? 1 : 0; };
    if (rank(status) > rank(mark.status)) mark.status = status;
  }
  return mark;
}

PageMark mark_checklist(Document& document) {
  PageMark mark{document.plan().tasks.empty() ? Status::none : Status::good, 0};
  for (const auto& task : document.plan().tasks) {
    if (task.state == Task::State::done || task.state == Task::State::cleared) continue;
    ++mark.count;
    if (task.due_on && task.due_on.days < document.today().days) mark.status = Status::bad;
    else if (mark.status == Status::good) mark.status = Status::info;
  }
  return mark;
}

void add_finding(PageMark& mark, const Finding& finding) {
  ++mark.count;
  if (finding.severity >= Severity::error) mark.status = Status::bad;
  else if (finding.severity == Severity::warning && mark.status != Status::bad) mark.status = Status::warning;
  else if (mark.status == Status::good) mark.status = Status::info;
}

/// Counts what the Audit page lists: every finding, as Today does.
PageMark mark_audit(Document& document) {
  PageMark mark{Status::good, 0};
  for (const auto& finding : document.findings()) add_finding(mark, finding);
  return mark;
}

PageMark mark_devices(Document& document) {
  PageMark mark{Status::good, 0};
  for (const auto& finding : document.findings())
    if ((is_of_devices(finding) || finding.subject_kind == "device") && finding.severity >= Severity::warning) add_finding(mark, finding);
  if (mark.count == 0 && document.plan().devices.empty()) return {};
  return mark;
}

PageMark mark_incidents(Document& document) {
  PageMark mark;
  for (const auto& incident : document.plan().incidents)
    if (incident.state == Incident::State::active) mark = {Status::bad, mark.count + 1};
  return mark;
}

constexpr PageInfo registry[] = {
    {"today", "Today", "", make_today_page},
    {"wizard", "Step by step", "Plan", make_wizard_page},
    {"activities", "Activities", "Plan", make_activities_page, "activity"},
    {"dependencies", "Dependencies", "Plan", make_dependencies_page, "link"},
    {"people", "People & calls", "Plan", make_record_page, "person,role,contact"},
    {"places", "Places", "Plan", make_record_page, "site"},
    {"resources", "Resources", "Plan", make_record_page, "resource"},
    {"suppliers", "Suppliers", "Plan", make_record_page, "supplier"},
    {"risks", "Risks & strategies", "Plan", make_record_page, "risk,strategy"},
    {"checklist", "Checklist", "Checks", make_checklist_page, "task", mark_checklist},
    {"backups", "Backups", "Checks", make_backups_page, "backup", mark_backups},
    {"devices", "Devices & recalls", "Checks", make_devices_page, "device,attribute,recall,feed", mark_devices},
    {"audit", "Audit", "Checks", make_audit_page, {}, mark_audit},
    {"procedures", "Procedures", "Respond", make_record_page, "procedure,step,message_draft"},
    {"scenarios", "Two-week test", "Respond", make_scenario_page},
    {"incidents", "Incidents & exercises", "Respond", make_record_page, "incident,log_entry,exercise", mark_incidents},
    {"reports", "Reports", "Output", make_reports_page},
    {"history", "History", "Output", make_history_page},
    {"records", "All records", "Output", make_record_page, "*"},
};

}  // namespace

Page::Page(wxWindow* parent, Session& session) : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL), session_(session) {
  subscription_ = session.document().subscribe([this] {
    stale_ = true;
    if (IsShownOnScreen()) refresh_soon();
  });
}

void Page::came_to_front() {
  if (!stale_) return;
  stale_ = false;
  session_.attempt([this] { refresh(); });
}

void Page::refresh_soon() {
  if (queued_) return;
  queued_ = true;
  CallAfter([this] {
    queued_ = false;
    stale_ = false;
    session_.attempt([this] { refresh(); });
  });
}

std::span<const PageInfo> pages() { return registry; }

std::string_view page_for_kind(std::string_view kind) {
  for (const auto& page : registry)
    for (const auto& mine : split(page.kinds, ','))
      if (mine == kind) return page.id;
  return "records";
}

}  // namespace mainstay
