// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/model/change.h"

namespace mainstay {

/// One entry of a plan's history. Never rewritten; each carries a hash over itself and the one before.
struct Revision {
  int number = 0;  ///< 1 is the oldest
  std::string uuid, parent, author, note;
  std::string content_hash;  ///< of the plan after it
  std::string whole_hash;    ///< of every field, operating ones too: finds a flipped byte at opening
  std::string chain;         ///< SHA-256 over the previous chain, this revision and its edits
  Instant time;
  Cause cause = Cause::edit;
  std::string undoes;        ///< for undo and redo: the revision taken back or brought back
  std::vector<Edit> edits;
};

}  // namespace mainstay
