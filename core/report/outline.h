// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// One chapter of a report: which section function fills it, and what stands above.
struct OutlineSection {
  std::string id, heading, intro;
  bool new_page = false, fit = false;
};

/// What a report consists of, read from `templates/reports/ID.xml`; consultants may edit or add outlines.
struct Outline {
  std::string id, title, purpose, accent = "#0F5C6E", footer;
  int order = 100, max_pages = 0;
  bool numbered = false;
  bool has_period = false;      ///< it tells of a time: ReportInput::period chooses which
  std::vector<OutlineSection> sections;
};

/// Reads one outline. Throws Error{bad_value} naming the file and what is off.
Outline parse_outline(std::string_view xml, std::string_view path);
/// Every outline there is, in the order in which they are offered. Those of the user's own that cannot be read are left out, their sentences go into `troubles`.
std::vector<Outline> load_outlines(std::vector<std::string>* troubles = nullptr);

}  // namespace mainstay
