// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// One row and the line it began on (from 1).
struct CsvRow {
  std::size_t line = 0;
  std::vector<std::string> cells;
};

/// Reads RFC 4180 text that arrives in pieces, as parse_csv does; holds one row at a time. Throws Error{bad_value} for a row of more than `longest_row` bytes.
class CsvReader {
 public:
  explicit CsvReader(std::function<void(CsvRow&&)> sink, std::size_t longest_row = std::size_t(1) << 26) : sink_(std::move(sink)), longest_row_(longest_row) {}
  void read(std::string_view piece);
  /// Hands out the last row. Throws Error{bad_value} naming the line of an unclosed quote.
  void finish();

 private:
  void take(char c);
  void end_head();
  void end_cell();
  void end_row();
  std::function<void(CsvRow&&)> sink_;
  std::size_t longest_row_, row_bytes_ = 0;
  std::string head_, cell_;   ///< head_: the first line, until the separator is known
  CsvRow row_{1, {}};
  std::size_t line_ = 1, quote_line_ = 0;
  char separator_ = 0;
  bool quoted_ = false, was_quoted_ = false, head_quoted_ = false, quote_pending_ = false, return_pending_ = false;
};

/// The cells of the first row; empty where there is none.
std::vector<std::string> csv_header(std::string_view text);
/// Reads RFC 4180 text: quotes, line breaks inside quotes, CR LF or LF, a UTF-8 BOM; comma, semicolon or tab, whichever
/// the first line uses most, or any other that a line `sep=;` in front names, as Excel writes it. Blank lines are left out. Throws Error{bad_value} naming the line of an unclosed quote.
std::vector<CsvRow> parse_csv(std::string_view text);
/// One line with CR LF. A cell that begins with = + - @ or a tab gets a `'` in front, so that no spreadsheet runs it;
/// `csv_unguarded` takes it off again.
std::string csv_line(const std::vector<std::string>& cells);
std::string csv_unguarded(std::string_view cell);

}  // namespace mainstay
