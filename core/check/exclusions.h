// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

#include "core/model/recall_notice.h"

namespace mainstay {

/// A text of a notice in two: what it is about, and what it leaves out ("Model X is not included", "does not affect X", "all but X").
struct ToldApart {
  std::string about, left_out;
};
/// Goes clause by clause; what no word of exclusion belongs to is what it is about.
ToldApart told_apart(std::string_view text);

/// A notice without what its title, products, models and description leave out, and what that is, "" where it leaves out nothing.
struct NoticeApart {
  RecallNotice about;
  std::string left_out;
};
NoticeApart told_apart(const RecallNotice& notice);

/// True for a word and the next, in capitals, without which no text leaves anything out: "NOT INCLUDED", "T AFFECT" (of "doesn't affect"), "EXCEPT".
bool begins_exclusion(std::string_view word, std::string_view next);

}  // namespace mainstay
