// SPDX-License-Identifier: MIT
#pragma once
#include <string>

#include "app/gui/layout.h"
#include "core/analysis/survive.h"
#include "core/document.h"

namespace mainstay {

/// How a severity, a backup's state, a verdict and a test's outlook stand, and the words for them.
Status status_of(Severity severity);
/// That of its state; one that is OK and whose last run ended with warnings is to be looked at.
Status status_of(const BackupStatus& status);
Status status_of(const Finding& finding);
/// Green only for a yes that rests on no guess.
Status status_of(Outlook outlook);
std::string severity_words(Severity severity);
std::string verdict_words(Verdict verdict);
/// "a minute", "an hour" …: what the next fix costs.
std::string effort_words(int effort);
/// What the finding is about, or "The plan".
std::string subject_words(const Plan& plan, const Finding& finding);

}  // namespace mainstay
