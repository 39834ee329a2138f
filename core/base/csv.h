// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// One row and the line it began on (from 1).
struct CsvRow {
  std::size_t line = 0;
  std::vector<std::string> cells;
};

/// Reads RFC 4180 text: quotes, line breaks inside quotes, CR LF or LF, a UTF-8 BOM; comma, semicolon or tab, whichever
/// the first line uses most. Blank lines are left out. Throws Error{bad_value} naming the line of an unclosed quote.
std::vector<CsvRow> parse_csv(std::string_view text);
/// One line with CR LF. A cell that begins with = + - @ or a tab gets a `'` in front, so that no spreadsheet runs it;
/// `csv_unguarded` takes it off again.
std::string csv_line(const std::vector<std::string>& cells);
std::string csv_unguarded(std::string_view cell);

}  // namespace mainstay
