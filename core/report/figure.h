// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/analysis/survive.h"
#include "core/model/graph.h"
#include "core/report/block.h"

namespace mainstay {

/// Step curves of harm over time, one small panel an activity (at most ten to a figure), categories named on the lines.
std::vector<Figure> impact_figures(const Plan& plan, const std::vector<const Activity*>& activities);
/// Activities and everything they stop without, in columns; several figures where one would be too tall to read.
std::vector<Figure> dependency_figures(const Plan& plan, const Graph& graph, const std::vector<const Activity*>& activities);
/// Cash at the end of each day.
Figure cash_figure(const Survival& survival, const std::string& currency);
/// Drawings, so many to a row (smaller where more than two), in frames with their titles, as wide as a page's text; several figures where one would be too tall.
std::vector<Figure> side_by_side(const std::vector<Figure>& drawings, std::size_t columns = 2);
/// A label cut to what fits into `width` points at `size`, by a cautious estimate of the letters' widths.
std::string fitted(const std::string& text, double width, double size);

}  // namespace mainstay
