// SPDX-License-Identifier: MIT
#include "core/base/csv.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

bool is_formula(std::string_view cell) { return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos; }

/// The separator that the first line uses most, outside quotation marks.
char separator_of(std::string_view text) {
  std::size_t commas = 0, semicolons = 0, tabs = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    commas += c == ',';
    semicolons += c == ';';
    tabs += c == '\t';
  }
  if (tabs > commas && tabs > semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}

/// The separator that a first line such as `sep=;` names, 0 where it is no such line.
char told_separator(std::string_view head) {
  while (!head.empty() && (head.back() == '\n' || head.back() == '\r')) head.remove_suffix(1);
  if (head.size() > 2 && head.front() == '"' && head.back() == '"') head = head.substr(1, head.size() - 2);
  return head.size() == 5 && lower_case(head.substr(0, 4)) == "sep=" && head.back() != '"' ? head.back() : '\0';
}

}  // namespace

void CsvReader::end_cell() {
  row_.cells.push_back(std::move(cell_));
  cell_.clear();
  was_quoted_ = false;
}

void CsvReader::end_row() {
  const bool blank = row_.cells.empty() && cell_.empty() && !was_quoted_;
  end_cell();
  if (!blank) sink_(std::move(row_));
  row_ = CsvRow{line_, {}};
  row_bytes_ = 0;
}

void CsvReader::take(char c) {
  if (++row_bytes_ > longest_row_) throw Error(ErrorCode::bad_value, tr("The row that begins on line {line} is longer than {count} bytes.", {{"line", row_.line}, {"count", longest_row_}}));
  if (quote_pending_) {  // a quotation mark inside a quoted cell: doubled, or its end
    quote_pending_ = false;
    if (c == '"') { cell_ += '"'; return; }
    quoted_ = false;
  }
  if (return_pending_) {  // CR LF is one end of line; so is CR alone, but inside quotation marks it stays
    return_pending_ = false;
    if (quoted_) { if (c != '\n') cell_ += '\r'; }
    else if (c != '\n') { ++line_; end_row(); }
  }
  if (c == '\r') { return_pending_ = true; return; }
  if (quoted_) {
    if (c == '"') quote_pending_ = true;
    else { line_ += c == '\n'; cell_ += c; }
  } else if (c == '"' && cell_.empty() && !was_quoted_) {
    quoted_ = was_quoted_ = true;
    quote_line_ = line_;
  } else if (c == separator_) end_cell();
  else if (c == '\n') { ++line_; end_row(); }
  else cell_ += c;
}

/// The first line is whole: it names the separator, or is the first row.
void CsvReader::end_head() {
  std::string_view head = head_;
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (const char told = told_separator(head)) {
    separator_ = told;
    head.remove_prefix(head.find_last_not_of("\r\n") + 1);  // the end of that line still counts
  } else separator_ = separator_of(head_);
  for (const char c : head) take(c);
  head_.clear();
}

void CsvReader::read(std::string_view piece) {
  if (separator_ == 0) {
    // The first line is kept until it ends, since it decides the separator.
    for (std::size_t i = 0; i < piece.size() && separator_ == 0; ++i) {
      if (piece[i] == '"') head_quoted_ = !head_quoted_;
      head_ += piece[i];
      if (!head_quoted_ && (piece[i] == '\n' || piece[i] == '\r')) {
        piece.remove_prefix(i + 1);
        end_head();
      } else if (head_.size() > longest_row_) throw Error(ErrorCode::bad_value, tr("The row that begins on line {line} is longer than {count} bytes.", {{"line", 1}, {"count", longest_row_}}));
    }
    if (separator_ == 0) return;
  }
  for (const char c : piece) take(c);
}

void CsvReader::finish() {
  if (separator_ == 0) end_head();
  if (quote_pending_) quoted_ = false;
  if (quoted_) throw Error(ErrorCode::bad_value, tr("The quotation mark opened on line {line} is never closed.", {{"line", quote_line_}}));
  if (!cell_.empty() || !row_.cells.empty() || was_quoted_) end_row();
}

std::vector<std::string> csv_header(std::string_view text) {
  constexpr std::size_t longest_header = std::size_t(64) << 10;
  std::vector<std::string> cells;
  bool done = false;
  CsvReader reader([&](CsvRow&& row) { if (!done) cells = std::move(row.cells); done = true; }, std::size_t(1) << 20);
  for (std::size_t at = 0; at < std::min(text.size(), longest_header) && !done; at += 1024) reader.read(text.substr(at, 1024));
  if (!done && text.size() < longest_header) reader.read("\n");
  return cells;
}

std::vector<CsvRow> parse_csv(std::string_view text) {
  std::vector<CsvRow> rows;
  CsvReader reader([&](CsvRow&& row) { rows.push_back(std::move(row)); }, std::max(text.size(), std::size_t(1)));
  reader.read(text);
  reader.finish();
  return rows;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i) out += ',';
    // A real leading ' is doubled, so that reading back takes off exactly what was put on.
    const bool guard = is_formula(cells[i]) || cells[i].starts_with('\'');
    const auto cell = guard ? "'" + cells[i] : cells[i];
    if (cell.find_first_of(",;\"\r\n\t") == std::string::npos && trimmed(cell).size() == cell.size()) { out += cell; continue; }
    out += '"';
    for (const char c : cell) { if (c == '"') out += '"'; out += c; }
    out += '"';
  }
  return out + "\r\n";
}

std::string csv_unguarded(std::string_view cell) {
  if (cell.size() > 1 && cell.front() == '\'' && (is_formula(cell.substr(1)) || cell[1] == '\'')) cell.remove_prefix(1);
  return std::string(cell);
}

}  // namespace mainstay
