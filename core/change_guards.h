// SPDX-License-Identifier: MIT
#pragma once
#include "core/model/change.h"

namespace mainstay {

/// True where a change is of incidents and their logs alone. They stand outside undo: a log that can be taken back is no log.
bool is_log_only(const Change& change);

/// Entries of a log are added and stay as they are; only a reference to a record that goes, or comes back, may follow it. Throws Error{refused}.
void refuse_log_changes(const Change& change);

/// A password has no place in a plan: an address that carries one is refused before it reaches the file and its history. Throws Error{refused}.
void refuse_secrets(const Change& change);

/// What a change that removes records must do to whatever else names them: tasks made for them go, other references become
/// empty, and a required one refuses with Error{refused}.
Change with_references_cleared(const Plan& plan, const Change& change);

}  // namespace mainstay
