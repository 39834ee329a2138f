// SPDX-License-Identifier: MIT
#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/report/report.h"

namespace mainstay {
namespace {
std::string text_of(const Text& text) {
  std::string all;
  for (const auto& span : text) all += span.text;
  return all;
}

std::string lines_of_table(const TableBlock& table) {
  std::vector<std::string> cells;
  for (const auto& column : table.columns) cells.push_back(column.title);
  auto bytes = csv_line(cells);
  for (const auto& row : table.rows) {
    cells.clear();
    for (const auto& text : row) cells.push_back(text_of(text));
    bytes += csv_line(cells);
  }
  return bytes;
}
}  // namespace

std::string write_csv(const ReportDocument& document) {
  for (const auto& block : document.blocks)
    if (const auto* table = std::get_if<TableBlock>(&block); table && table->flat) return lines_of_table(*table);
  std::string bytes = csv_line({document.title, document.stamp});
  std::string heading;
  for (const auto& block : document.blocks) {
    if (const auto* title = std::get_if<Heading>(&block)) heading = title->text;
    if (const auto* list = std::get_if<List>(&block); list && list->style == List::Style::checkbox) {
      bytes += "\r\n" + csv_line({heading}) + csv_line({tr("To do")});
      for (const auto& item : list->items) bytes += csv_line({text_of(item)});
      continue;
    }
    const auto* table = std::get_if<TableBlock>(&block);
    if (!table || table->rows.empty() || table->reader == TableBlock::Reader::person) continue;
    bytes += "\r\n" + csv_line({table->caption.empty() ? heading : table->caption});
    bytes += lines_of_table(*table);
  }
  return bytes;
}

}  // namespace mainstay
