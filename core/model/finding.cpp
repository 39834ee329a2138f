// SPDX-License-Identifier: MIT
#include "core/model/finding.h"

#include <algorithm>
#include <tuple>

#include "core/base/error.h"

namespace mainstay {
namespace {
constexpr std::string_view severities[] = {"", "info", "warning", "error", "critical"};
constexpr std::string_view verdicts[] = {"affected", "possible", "unknown", "not_affected", "ended"};
}  // namespace

std::string_view severity_name(Severity severity) { return severities[static_cast<std::size_t>(severity)]; }

Severity severity_from(std::string_view name) {
  for (std::size_t i = 1; i < std::size(severities); ++i)
    if (severities[i] == name) return static_cast<Severity>(i);
  throw Error(ErrorCode::usage, tr("“{name}” is no severity: say info, warning, error or critical.", {{"name", name}}));
}

std::string_view verdict_name(Verdict verdict) { return verdicts[static_cast<std::size_t>(verdict)]; }

bool is_of_devices(const Finding& finding) { return !finding.kind.empty() && finding.kind != "audit"; }

void sort_by_cheapest_fix(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::make_tuple(-static_cast<int>(a.severity), a.effort, std::string_view(a.rule_id), std::string_view(a.subject_id.text)) <
           std::make_tuple(-static_cast<int>(b.severity), b.effort, std::string_view(b.rule_id), std::string_view(b.subject_id.text));
  });
}

}  // namespace mainstay
