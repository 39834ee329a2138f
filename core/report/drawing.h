// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/report/block.h"
#include "core/report/report.h"

namespace mainstay {

/// Our own line drawing of where to look on a device, by the name that rule packs call it (`picture="apple-two-prong-slot"`): 240 x 140 points, labelled, with its words in `alt`.
/// Nothing where there is no such drawing.
std::optional<Figure> drawing(std::string_view name);
/// Every name that `drawing` knows.
std::vector<std::string> drawing_names();

/// A figure as premultiplied BGRA pixels on a clear ground, `scale` 1 = 72 dpi; `dark`: in colours that read on a dark window.
PageImage figure_image(const Figure& figure, double scale, bool dark);

}  // namespace mainstay
