// SPDX-License-Identifier: MIT
#include "core/report/device_findings.h"

namespace mainstay {

Text verdict_cell(Verdict verdict) {
  switch (verdict) {
    case Verdict::affected: return {Span{tr("Affected"), Tone::bad}};
    case Verdict::possible: return {Span{tr("Possible"), Tone::warning}};
    case Verdict::unknown: return {Span{tr("Not known"), Tone::unknown}};
    case Verdict::not_affected: return {Span{tr("Not affected"), Tone::good}};
    case Verdict::ended: return {Span{tr("Programme ended"), Tone::muted}};
  }
  return {Span{tr("Not known"), Tone::unknown}};
}

std::vector<const Finding*> findings_where(const Section& s, bool (*fits)(const Finding&)) {
  std::vector<const Finding*> some;
  for (const auto& finding : s.in.findings)
    if ((is_of_devices(finding) || finding.subject_kind == "device") && finding.rule_id != "recall.waiting" && fits(finding)) some.push_back(&finding);
  return some;
}

std::map<std::string, std::vector<const Finding*>> by_device(const Section& s) {
  std::map<std::string, std::vector<const Finding*>> of;
  for (const auto* finding : findings_where(s, is_any)) of[finding->subject_id.text].push_back(finding);
  return of;
}

}  // namespace mainstay
