// SPDX-License-Identifier: MIT
#include "core/file_findings.h"

#include <tuple>

#include "core/base/id.h"
#include "core/base/text.h"
#include "core/document.h"
#include "core/report/outline.h"

namespace mainstay {

Finding history_altered(int revision) {
  Finding f;
  f.rule_id = "audit.history-altered";
  f.severity = Severity::critical;
  f.subject_kind = "organisation";
  f.subject_id = Id{organisation_id};
  f.title = tr("Find out who altered the plan's history");
  f.message = tr("The history was altered outside Mainstay: revision {number} is not as it was written. The plan itself is whole.", {{"number", revision}});
  f.clause = "ISO 22301 7.5.3";
  f.steps = {tr("Compare it with an older copy of the file."), tr("Find out who had the file, and keep copies where nobody else writes.")};
  f.due_days = 7;
  f.effort = 3;
  return f;
}

void add_template_troubles(std::vector<Finding>& found) {
  std::vector<std::string> outlines, starters;
  load_outlines(&outlines);
  starter_plans(&starters);
  for (const auto& [rule, title, troubles] : {std::tuple{"template.reports", tr("Mend a report outline of your own"), &outlines}, std::tuple{"template.plans", tr("Mend a starter plan of your own"), &starters}}) {
    if (troubles->empty()) continue;
    Finding f;
    f.rule_id = rule;
    f.severity = Severity::error;
    f.verdict = Verdict::unknown;
    f.title = title;
    f.message = tr("{troubles} It is not offered until then.", {{"troubles", join(*troubles, " ")}});
    f.subject_kind = "organisation";
    f.subject_id = Id{organisation_id};
    found.push_back(std::move(f));
  }
}

}  // namespace mainstay
