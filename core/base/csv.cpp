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

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const char separator = separator_of(text);
  std::vector<CsvRow> rows;
  CsvRow row{1, {}};
  std::string cell;
  std::size_t line = 1, quote_line = 0;
  bool quoted = false, was_quoted = false;
  const auto end_cell = [&] {
    row.cells.push_back(std::move(cell));
    cell.clear();
    was_quoted = false;
  };
  const auto end_row = [&] {
    const bool blank = row.cells.empty() && cell.empty() && !was_quoted;
    end_cell();
    if (!blank) rows.push_back(std::move(row));
    row = CsvRow{line, {}};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') { cell += '"'; ++i; }
      else if (c == '"') quoted = false;
      else { if (c == '\n') ++line; if (c != '\r' || i + 1 >= text.size() || text[i + 1] != '\n') cell += c; }
    } else if (c == '"' && cell.empty() && !was_quoted) {
      quoted = was_quoted = true;
      quote_line = line;
    } else if (c == separator) {
      end_cell();
    } else if (c == '\n' || (c == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'))) {
      ++line;
      end_row();
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (quoted) throw Error(ErrorCode::bad_value, tr("The quotation mark opened on line {line} is never closed.", {{"line", quote_line}}));
  if (!cell.empty() || !row.cells.empty() || was_quoted) end_row();
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
