// SPDX-License-Identifier: MIT
#include "core/report/column_widths.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/text.h"

namespace mainstay {
namespace {

/// What a column asks for: room for its longest word, and for its longest line.
struct Wish { double least, natural; };

/// The words of a line, runs that stay together as one.
std::vector<std::string> unbroken_words(const std::string& line) {
  std::vector<std::string> words;
  std::size_t at = 0;
  for (const auto& [from, to] : tight_runs(line)) {
    for (auto& word : split(std::string_view(line).substr(at, from - at), ' ')) words.push_back(std::move(word));
    words.push_back(line.substr(from, to - from));
    at = to;
  }
  for (auto& word : split(std::string_view(line).substr(at), ' ')) words.push_back(std::move(word));
  return words;
}

Wish wish_of(const TableBlock& table, std::size_t c, const Typesetter& type, double width, double pad) {
  const auto measure = [&](const Text& text, bool head) { return type.text(text, 0, {head ? 8.2 : 8.8, "ink", head, false, 1.3}).widest; };
  Span longest_word, longest_line;
  double word_width = 0, line_width = measure(plain(table.columns[c].title), true) * 0.6;
  for (const auto& word : split(table.columns[c].title, ' ')) word_width = std::max(word_width, measure(plain(word), true));
  for (const auto& row : table.rows) {
    if (c >= row.size()) continue;
    for (const auto& span : row[c]) {
      if (is_chip(row[c])) {
        if (span.text.size() + 4 > longest_word.text.size()) word_width = std::max(word_width, measure(row[c], false) + 9 * type.scale());
        continue;
      }
      for (const auto& line : split(span.text, '\n')) {
        if (line.size() > longest_line.text.size()) longest_line = {line, span.tone};
        auto words = unbroken_words(line);
        if (span.tone == Tone::muted && line.size() <= (table.columns.size() <= 4 ? 25u : 12u)) words.assign(1, line);  // "not known" on one line
        for (const auto& word : words)
          if (word.size() > longest_word.text.size()) longest_word = {word, span.tone == Tone::plain ? Tone::strong : span.tone};
      }
    }
  }
  if (!longest_word.text.empty()) word_width = std::max(word_width, measure({longest_word}, false) * 1.04);
  if (!longest_line.text.empty()) line_width = std::max(line_width, measure({longest_line}, false));
  const double least = std::min(word_width + 2 * pad + 1, width * 0.34);
  return {least, std::clamp(line_width + 2 * pad + 2, least, width * 0.62)};
}

}  // namespace

bool is_chip(const Text& text) {
  return text.size() == 1 && !tone_icon(text[0].tone).empty() && text[0].text.size() <= 26 && text[0].text.find('\n') == std::string::npos;
}

std::vector<double> column_widths(const TableBlock& table, const Typesetter& type, double width, double pad) {
  const auto count = table.columns.size();
  std::vector<Wish> wishes;
  std::vector<double> share(count);
  double total_least = 0, total_natural = 0, total_share = 0, total_weight = 0;
  for (std::size_t c = 0; c < count; ++c) {
    wishes.push_back(wish_of(table, c, type, width, pad));
    total_least += wishes[c].least;
    total_natural += wishes[c].natural;
  }
  std::vector<double> widths(count);
  const auto weight = [&](std::size_t c) { return static_cast<double>(std::max(1, table.columns[c].weight)); };
  for (std::size_t c = 0; c < count; ++c) total_weight += weight(c);
  if (total_least > width || total_natural <= width) {
    for (std::size_t c = 0; c < count; ++c) widths[c] = total_least > width ? wishes[c].least * width / total_least : wishes[c].natural + (width - total_natural) * weight(c) / total_weight;
    return widths;
  }
  // columns that ask for less than a fair part get what they ask for; those with long texts share the rest
  std::vector<bool> settled(count, false);
  double rest = width, rest_least = total_least;
  for (bool changed = true; changed;) {
    changed = false;
    const auto open = static_cast<double>(std::count(settled.begin(), settled.end(), false));
    for (std::size_t c = 0; c < count; ++c)
      if (!settled[c] && wishes[c].natural <= width * 0.24 && wishes[c].natural * open <= rest && rest - wishes[c].natural >= (rest_least - wishes[c].least) * 1.35) {
        settled[c] = changed = true;
        widths[c] = wishes[c].natural;
        rest -= wishes[c].natural;
        rest_least -= wishes[c].least;
        break;
      }
  }
  for (std::size_t c = 0; c < count; ++c)
    if (!settled[c]) total_share += share[c] = (wishes[c].natural - wishes[c].least) * std::pow(weight(c), 0.35);
  for (std::size_t c = 0; c < count; ++c)
    if (!settled[c]) widths[c] = wishes[c].least + (rest - rest_least) * share[c] / std::max(1e-9, total_share);
  const double sum = std::accumulate(widths.begin(), widths.end(), 0.0);
  for (auto& one : widths) one *= width / sum;
  return widths;
}

}  // namespace mainstay
