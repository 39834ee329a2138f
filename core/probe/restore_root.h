// SPDX-License-Identifier: MIT
// Internal to probe: where a restore put the sample.
#pragma once
#include "core/probe/restore_compare.h"

namespace mainstay {

/// Where the sample lies: a file `dropped`/x of it is x below `root`.
struct RestoredRoot {
  std::string root;
  std::string dropped;  ///< folders that the restore left away from the front of the sample's paths; mostly empty
};

/// True for the folder that the sample was taken from, under whichever name.
bool is_original(const OpenFolder& folder, const RestoreClaim& claim);
/// The numbers of deleted files are given away again: one that was born since the clock started is a new one.
bool is_new(Instant born, Instant started);

/// Finds it by the ends that the paths below `at` have in common with those of the sample: programs put a host, a date or the whole old path before them, or leave leading
/// folders away; and somebody may name a folder inside the restored one. Files that came since the clock started count before older ones, whole
/// paths before shortened ones. Throws Error{refused} where nothing fits, where only the original does, and where two places fit equally well: naming both.
RestoredRoot restored_root(const RestoreClaim& claim, const std::stop_token& stop);

}  // namespace mainstay
