// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/finding.h"
#include "core/model/record_index.h"

namespace mainstay {

/// More than so many records of which one rule says the same are told as one on paper; the CSV names each.
constexpr std::size_t most_told_apart = 20;

/// One finding, or many that one rule makes alike.
struct Alike {
  std::vector<const Finding*> findings;  ///< never empty
  const Finding& first() const { return *findings.front(); }
  bool is_many() const { return findings.size() > 1; }
  /// How many there are beside the first.
  std::size_t more() const { return findings.size() - 1; }
};
/// The findings in their order; those told as one stand at the place of the first of them.
std::vector<Alike> told_together(const std::vector<const Finding*>& findings);

/// The names of what they are about, each on a line, and of many the first few and how many more.
std::string names_of(const Alike& alike, const RecordIndex& records);
/// True where something is told as one, so that a table for a person lacks what the CSV has.
bool is_summed_up(const std::vector<Alike>& all);

/// How often each text occurs, the most frequent first.
class Tally {
 public:
  void add(const std::string& text, std::size_t count = 1);
  /// True where nothing else occurs.
  bool is_one() const { return counts_.size() == 1; }
  /// "Shop: 12, Store: 3", the first `most` of them and how many more; the text alone where there is only one.
  std::string spoken(std::size_t most = 6) const;

 private:
  std::vector<std::pair<std::string, std::size_t>> counts_;
  std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace mainstay
