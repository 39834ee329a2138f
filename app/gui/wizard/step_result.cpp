// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>
#include <map>

#include <wx/filedlg.h>

#include "app/gui/page.h"
#include "app/gui/report_print.h"
#include "app/gui/session.h"
#include "app/gui/wx_text.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_gaps = 5;

struct Paper {
  std::string report, words, save, save_as, print;
};
std::vector<Paper> papers() {
  return {{"first-hour", tr("first hour"), tr("Save first-hour page (PDF)"), tr("Save first-hour page as…"), tr("Print first-hour page")},
          {"call-list", tr("call list"), tr("Save call list (PDF)"), tr("Save call list as…"), tr("Print call list")},
          {"plan", tr("whole plan"), tr("Save whole plan (PDF)"), tr("Save whole plan as…"), tr("Print whole plan")}};
}

/// "Shop.mainstay" gives "Shop first hour.pdf" in the same folder.
std::string path_beside(const std::string& plan_path, const std::string& words) {
  std::string stem = plan_path;
  const std::string name = file_name(plan_path);
  if (const auto dot = name.rfind('.'); dot != std::string::npos && dot > 0) stem.resize(plan_path.size() - (name.size() - dot));
  return stem + " " + words + ".pdf";
}

void save(StepPage& page, const Paper& paper, const std::string& path) {
  page.session().commit_pending();
  export_report(page.document().report_input(), paper.report, path, "pdf");
  page.memory = tr("Saved: {path}", {{"path", path}});
  page.say(page.memory);
  page.rebuild_soon();
}

void save_as(StepPage& page, const Paper& paper) {
  const std::string proposed = path_beside(page.document().path(), paper.words);
  wxFileDialog dialog(&page, wx(paper.save_as), wxString(), wx(file_name(proposed)), wx(tr("PDF files")) + "|*.pdf", wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
  if (dialog.ShowModal() == wxID_OK) save(page, paper, utf8(dialog.GetPath()));
}

bool offered(const std::vector<ReportInfo>& reports, const std::string& id) {
  return std::any_of(reports.begin(), reports.end(), [&](const ReportInfo& report) { return report.id == id; });
}

Status severity_status(Severity severity) {
  return severity >= Severity::error ? Status::bad : severity == Severity::warning ? Status::warning : Status::info;
}

/// The page on which a finding is put right.
std::string_view page_of(const Finding& finding) { return finding.subject_kind.empty() ? std::string_view("audit") : page_for_kind(finding.subject_kind); }

void show_place(StepPage& page, const Finding& finding) {
  if (find_record(page.plan(), finding.subject_id)) page.session().show_record(finding.subject_id);
  else page.session().go_to(page_of(finding));
}

/// The first few of some findings, each with a button that leads to its place.
void put_findings(StepPage& page, const std::vector<const Finding*>& findings, std::size_t most, const std::string& id) {
  for (std::size_t i = 0; i < std::min(most, findings.size()); ++i) {
    const Finding& finding = *findings[i];
    const bool unknown = finding.verdict == Verdict::unknown;
    page.status(unknown ? Status::unknown : severity_status(finding.severity), unknown ? tr("Not known") : tr("To do"), finding.message, tr("Show"), id + ":" + std::to_string(i + 1),
                [&page, finding] { show_place(page, finding); }, tr("Show the place: {finding}", {{"finding", finding.message}}));
  }
}

/// What is left beyond the first few, by the page on which it is put right.
void put_other_gaps(StepPage& page, const std::vector<Finding>& findings) {
  if (findings.size() <= most_gaps) return;
  page.section(tr("All gaps, by page"));
  page.sentence(tr("Nobody closes every gap in a day. Each page has its own list; what is most serious stands first."), true);
  std::map<std::string_view, std::vector<const Finding*>> by_page;
  for (const auto& finding : findings) by_page[page_of(finding)].push_back(&finding);
  for (const auto& info : pages()) {
    const auto found = by_page.find(info.id);
    if (found == by_page.end()) continue;
    const auto& mine = found->second;
    const std::string id(info.id);
    const bool open = page.open_parts.contains(id);
    const auto count = tr_count(static_cast<long long>(mine.size()), "1 gap", "{count} gaps");
    page.status(Status::info, tr(info.title), count, open ? tr("Hide") : tr("Show these"), "gaps_" + id,
                [&page, id] {
                  if (!page.open_parts.erase(id)) page.open_parts.insert(id);
                  page.rebuild_soon();
                },
                open ? tr("Hide the gaps of {page}", {{"page", tr(info.title)}}) : tr("Show the gaps of {page}", {{"page", tr(info.title)}}));
    if (!open) continue;
    constexpr std::size_t most_of_a_page = 40;
    put_findings(page, mine, most_of_a_page, "gap_" + id);
    if (mine.size() > most_of_a_page) page.sentence(tr("The Audit page has the other {count}.", {{"count", mine.size() - most_of_a_page}}), true);
  }
}

void put_gaps(StepPage& page) {
  const auto& findings = page.document().findings();
  page.section(findings.empty() ? tr("No gap found") : findings.size() == 1 ? tr("One gap is left") : tr("{count} gaps are left: the next steps, the most serious first", {{"count", findings.size()}}));
  if (findings.empty()) {
    page.status(Status::good, tr("Complete"), tr("No rule finds anything missing. Read the plan once with the people in it."));
    return;
  }
  std::vector<const Finding*> first;
  for (const auto& finding : findings) first.push_back(&finding);
  put_findings(page, first, most_gaps, "gap");
  page.sentence(tr("Each gap is a task on the checklist, with an owner and a day. Leaving these pages brings it up to date."), true);
  page.begin_row();
  page.button(tr("Update the checklist now"), "sync_checklist", [&page] {
    const int changed = page.document().sync_checklist();
    page.say(tr_count(changed, "1 task was added or changed on the checklist.", "{count} tasks were added or changed on the checklist."));
  });
  page.button(tr("Show the checklist"), "show_checklist", [&page] { page.session().go_to("checklist"); });
  page.button(tr("Show all gaps"), "show_audit", [&page] { page.session().go_to("audit"); });
  page.end_row();
  put_other_gaps(page, findings);
}

void build(StepPage& page) {
  page.section(tr("On paper"));
  const auto reports = report_list();
  for (const auto& paper : papers()) {
    if (!offered(reports, paper.report)) continue;
    page.begin_row();
    page.button(paper.save, "save_" + paper.report, [&page, paper] { save(page, paper, path_beside(page.document().path(), paper.words)); });
    page.button(tr("Save as…"), "save_as_" + paper.report, [&page, paper] { page.CallAfter([&page, paper] { page.session().attempt([&] { save_as(page, paper); }); }); }, paper.save_as);
    page.button(tr("Print…"), "print_" + paper.report, [&page, paper] { page.CallAfter([&page, paper] { page.session().attempt([&] { print_reports(&page, page.session(), {paper.report}); }); }); }, paper.print);
    page.end_row();
  }
  if (!page.memory.empty()) page.status(Status::good, tr("Done"), page.memory);
  put_gaps(page);
}

}  // namespace

StepInfo result_step() {
  return {"result", tr("Your plan"), tr("What is still missing, and where is the plan on paper?"), tr("“The first-hour page hangs beside the door and lies in two cars.”"),
          tr("on the bad day there may be no power, and a plan only helps where people can read it."), build, [](StepPage& page) {
            std::string shape = page.memory;
            const auto& findings = page.document().findings();
            for (const auto& finding : findings) shape += finding.message;
            return shape;
          }};
}

}  // namespace mainstay
