// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>
#include <map>

#include <wx/filedlg.h>

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

/// What is left beyond the first few: a line per part of the plan instead of a wall of sentences.
void put_other_gaps(StepPage& page, const std::vector<Finding>& findings) {
  if (findings.size() <= most_gaps) return;
  std::map<std::string, long long> by_kind;
  for (std::size_t i = most_gaps; i < findings.size(); ++i) ++by_kind[findings[i].subject_kind];
  std::vector<std::pair<long long, std::string>> sorted;
  for (const auto& [kind, count] : by_kind) sorted.emplace_back(count, kind);
  std::sort(sorted.rbegin(), sorted.rend());
  std::vector<std::string> parts;
  for (const auto& [count, kind] : sorted) {
    const auto* table = table_of(kind);
    parts.push_back(tr("{kind} {count}", {{"kind", table ? tr(table->info->plural) : tr("Plan")}, {"count", count}}));
  }
  page.sentence(tr("Nobody closes every gap in a day. {count} more wait, by what they are about: {parts}.", {{"count", findings.size() - most_gaps}, {"parts", join(parts, " · ")}}), true);
}

void put_gaps(StepPage& page) {
  const auto& findings = page.document().findings();
  page.section(findings.empty() ? tr("No gap found") : findings.size() == 1 ? tr("One gap is left") : tr("The next steps, the cheapest first"));
  if (findings.empty()) {
    page.status(Status::good, tr("Complete"), tr("No rule finds anything missing. Read the plan once with the people in it."));
    return;
  }
  for (std::size_t i = 0; i < std::min(most_gaps, findings.size()); ++i) {
    const Finding& finding = findings[i];
    page.status(finding.verdict == Verdict::unknown ? Status::unknown : severity_status(finding.severity), finding.verdict == Verdict::unknown ? tr("Not known") : tr("To do"), finding.message);
  }
  put_other_gaps(page, findings);
  page.begin_row();
  page.button(tr("Put all gaps on the checklist"), "sync_checklist", [&page] {
    const int changed = page.document().sync_checklist();
    page.say(tr_count(changed, "1 task was added or changed on the checklist.", "{count} tasks were added or changed on the checklist."));
  });
  page.button(tr("Show the checklist"), "show_checklist", [&page] { page.session().go_to("checklist"); });
  page.button(tr("Show all gaps"), "show_audit", [&page] { page.session().go_to("audit"); });
  page.end_row();
}

void build(StepPage& page) {
  page.section(tr("On paper"));
  const auto reports = report_list();
  for (const auto& paper : papers()) {
    if (!offered(reports, paper.report)) continue;
    page.begin_row();
    page.button(paper.save, "save_" + paper.report, [&page, paper] { save(page, paper, path_beside(page.document().path(), paper.words)); });
    page.button(tr("Save as…"), "save_as_" + paper.report, [&page, paper] { save_as(page, paper); }, paper.save_as);
    page.button(tr("Print…"), "print_" + paper.report, [&page, paper] { print_reports(&page, page.session(), {paper.report}); }, paper.print);
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
            for (std::size_t i = 0; i < std::min(most_gaps, findings.size()); ++i) shape += findings[i].message;
            return shape + std::to_string(findings.size());
          }};
}

}  // namespace mainstay
