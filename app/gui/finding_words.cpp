// SPDX-License-Identifier: MIT
#include "app/gui/finding_words.h"

namespace mainstay {

Status status_of(Severity severity) {
  return severity >= Severity::error ? Status::bad : severity == Severity::warning ? Status::warning : Status::info;
}

Status status_of(const BackupStatus& status) {
  switch (status.state) {
    case BackupState::ok: return status.warned ? Status::warning : Status::good;
    case BackupState::at_risk: return Status::warning;
    case BackupState::breached:
    case BackupState::failed: return Status::bad;
    case BackupState::unknown: break;
  }
  return Status::unknown;
}

Status status_of(const Finding& finding) { return finding.verdict == Verdict::unknown ? Status::unknown : status_of(finding.severity); }

Status status_of(Outlook outlook) {
  switch (outlook) {
    case Outlook::yes: return Status::good;
    case Outlook::yes_if: return Status::warning;
    case Outlook::no: return Status::bad;
    case Outlook::unknown: break;
  }
  return Status::unknown;
}

std::string severity_words(Severity severity) {
  return tr(table_of("task")->info->field("severity")->choices[static_cast<std::size_t>(severity)].label);
}

std::string verdict_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::affected: return tr("Affected");
    case Verdict::possible: return tr("Possibly affected");
    case Verdict::not_affected: return tr("Not affected");
    case Verdict::ended: return tr("Programme ended");
    case Verdict::unknown: break;
  }
  return tr("Not known yet");
}

std::string effort_words(int effort) {
  return effort <= 1 ? tr("A minute") : effort == 2 ? tr("An hour") : effort == 3 ? tr("A day") : tr("Weeks");
}

std::string subject_words(const Plan& plan, const Finding& finding) {
  return finding.subject_id.empty() ? tr("The plan") : title_of(plan, finding.subject_id);
}

}  // namespace mainstay
