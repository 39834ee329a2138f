// SPDX-License-Identifier: MIT
// Internal: names pango through typeset.h, so it is included by .cpp files of this folder only.
#pragma once
#include <vector>

#include "core/report/typeset.h"

namespace mainstay {

/// True for a cell that is drawn as a chip: one short span with a status.
bool is_chip(const Text& text);

/// Each column gets its longest word, then its share of the rest by how much it has to say; weights tip the balance. `width` is for all of them, `pad` stands beside each text; in points.
std::vector<double> column_widths(const TableBlock& table, const Typesetter& type, double width, double pad);

}  // namespace mainstay
