// SPDX-License-Identifier: MIT
// Internal to the matching of recalls: words of texts as hashes, and tables of them. In a header, since every byte of every feed passes through it.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mainstay::recall_words {

inline constexpr std::size_t shortest_key = 3;

using Hash = std::uint64_t;
inline constexpr Hash seed = 0xcbf29ce484222325ULL;
constexpr Hash step(Hash h, char c) { return (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL; }
constexpr Hash mixed(Hash h) { return (h ^ (h >> 29)) * 0x9E3779B97F4A7C15ULL; }
inline Hash hash_of(std::string_view text) {
  Hash h = seed;
  for (const char c : text) h = step(h, c);
  return mixed(h);
}
inline Hash joined(Hash a, Hash b) { return mixed(a * 31 + b); }

/// Letters in upper case and digits; 0 for everything else. A table, since every byte of every feed passes through it.
inline constexpr std::array<char, 256> folded = [] {
  std::array<char, 256> table{};
  for (int c = 0; c < 256; ++c) table[static_cast<std::size_t>(c)] = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? static_cast<char>(c) : '\0';
  return table;
}();
inline char fold(char c) { return folded[static_cast<unsigned char>(c)]; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Word {
  std::string_view text;  ///< letters and digits in upper case, in the buffer of its Words
  Hash hash = 0;
  int digits = 0;
  bool ends_in_plus() const { return text.ends_with('+'); }
  bool mixed_kind() const { return digits > 0 && digits < static_cast<int>(text.size()) - ends_in_plus(); }
};

inline bool joins_words(char c) { return c == '-' || c == '.' || c == '_'; }

/// The words of texts; hyphens, dots and underscores inside a word join it ("NS-RGFGSS1"), as model numbers are written, and a comma between digits does. A plus at
/// a word's end is part of it: a DS218+ is no DS218.
class Words : public std::vector<Word> {
 public:
  /// `room`: bytes of all texts together; the words point into one buffer, which must not move.
  explicit Words(std::size_t room) {
    buffer_.reserve(room);
    reserve(room / 6 + 8);
  }
  void add(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      if (!fold(text[i])) { ++i; continue; }
      const auto start = buffer_.size();
      Word word;
      Hash h = seed;
      while (i < text.size()) {
        if (const char c = fold(text[i])) {
          buffer_ += c;
          h = step(h, c);
          word.digits += is_digit(c);
          ++i;
          continue;
        }
        auto next = i;
        while (next < text.size() && joins_words(text[next])) ++next;
        if (next == i && text[i] == ',' && i + 1 < text.size() && is_digit(text[i + 1]) && is_digit(text[i - 1])) ++next;
        if (next == i || next == text.size() || !fold(text[next])) break;
        i = next;
      }
      if (i < text.size() && text[i] == '+' && (i + 1 == text.size() || !fold(text[i + 1]))) {
        buffer_ += '+';
        h = step(h, '+');
        ++i;
      }
      word.text = std::string_view(buffer_).substr(start);
      word.hash = mixed(h);
      push_back(word);
    }
  }

 private:
  std::string buffer_;
};

inline bool is_measure_unit(std::string_view text) {
  static constexpr std::string_view units[] = {"INCH", "IN", "GB", "TB", "MB", "MHZ", "GHZ", "HZ", "W", "V", "A", "AH", "MAH", "MM", "CM", "M", "OZ", "LB", "PACK", "PORT", "ST", "ND", "RD", "TH",
                                               "GEN", "G", "K", "P", "VA", "KG", "X", "PM", "AM", "FT"};
  return std::find(std::begin(units), std::end(units), text) != std::end(units);
}

/// "15INCH", "256GB", "2ND": a size or a count, not a name.
inline bool is_measure(const Word& word) {
  const auto letters = word.text.find_first_not_of("0123456789");
  return letters != 0 && letters != std::string::npos && is_measure_unit(word.text.substr(letters, word.text.size() - letters - word.ends_in_plus()));
}

/// A word that names a model by itself: letters and digits together, or a long number.
inline bool is_model_word(const Word& word) { return word.text.size() >= shortest_key && ((word.mixed_kind() && !is_measure(word)) || (word.digits >= 6 && !word.mixed_kind())); }

/// "Galaxy S21+" as "Galaxy S21 Plus", and the other way round: the same words where the name has no plus.
inline std::vector<std::string> with_other_plus(const std::vector<std::string>& words) {
  std::vector<std::string> other;
  for (const auto& word : words) {
    if (word.size() > 1 && word.ends_with('+')) {
      other.push_back(word.substr(0, word.size() - 1));
      other.emplace_back("PLUS");
    } else if (word == "PLUS" && !other.empty() && is_digit(other.back().back())) other.back() += '+';
    else other.push_back(word);
  }
  return other;
}

/// Characters that people and cameras take for one another.
inline char confusable(char c) {
  switch (c) {
    case 'O': case 'Q': case 'D': return '0';
    case 'I': case 'L': return '1';
    case 'S': return '5';
    case 'B': return '8';
    case 'Z': return '2';
    case 'G': return '6';
    default: return c;
  }
}

/// True where one is the other with one character lost, doubled or added, two swapped, or one taken for another. One digit for another is a sibling model and no slip.
inline bool is_one_slip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size()) return false;  // equal
  if (a.substr(i + 1) == b.substr(i + 1)) return confusable(a[i]) == confusable(b[i]) || (!is_digit(a[i]) && !is_digit(b[i]));
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
}

/// The same without one letter for any other: beside the very model, that is a sibling.
inline bool is_typed_wrong(std::string_view a, std::string_view b) {
  if (!is_one_slip(a, b)) return false;
  if (a.size() != b.size()) return true;
  std::size_t i = 0;
  while (a[i] == b[i]) ++i;
  return a.substr(i + 1) != b.substr(i + 1) || confusable(a[i]) == confusable(b[i]);
}

/// Calls with the hash of the text and of each text with one character left out.
template <class Visit>
void for_each_shortening(std::string_view text, Visit visit) {
  visit(hash_of(text));
  for (std::size_t skip = 0; skip < text.size(); ++skip) {
    if (skip > 0 && text[skip] == text[skip - 1]) continue;
    Hash h = seed;
    for (std::size_t i = 0; i < text.size(); ++i)
      if (i != skip) h = step(h, text[i]);
    visit(mixed(h));
  }
}

/// Hash to value, several per hash: sorted into a flat table with open addressing once, then only read.
class Postings {
 public:
  void add(Hash hash, std::uint32_t value) { entries_.emplace_back(hash, value); }
  void build() {
    std::sort(entries_.begin(), entries_.end());
    entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
    std::size_t size = 16;
    while (size < entries_.size() * 2) size *= 2;
    slots_.assign(size, none);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (i > 0 && entries_[i].first == entries_[i - 1].first) continue;
      auto at = entries_[i].first & (size - 1);
      while (slots_[at] != none) at = (at + 1) & (size - 1);
      slots_[at] = static_cast<std::uint32_t>(i);
    }
  }
  template <class Visit>
  void each(Hash hash, Visit visit) const {
    for (auto at = hash & (slots_.size() - 1); slots_[at] != none; at = (at + 1) & (slots_.size() - 1)) {
      std::size_t i = slots_[at];
      if (entries_[i].first != hash) continue;
      for (; i < entries_.size() && entries_[i].first == hash; ++i) visit(entries_[i].second);
      return;
    }
  }

  /// Calls with each two values that share a hash.
  template <class Visit>
  void each_pair(Visit visit) const {
    for (std::size_t i = 0; i < entries_.size(); ++i)
      for (std::size_t j = i + 1; j < entries_.size() && entries_[j].first == entries_[i].first; ++j) visit(entries_[i].second, entries_[j].second);
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  std::vector<std::pair<Hash, std::uint32_t>> entries_;
  std::vector<std::uint32_t> slots_;
};

}  // namespace mainstay::recall_words
