// SPDX-License-Identifier: MIT
// Internal to the reader of rule packs: names pugixml, so it is included by .cpp files only.
#pragma once
#include <string>
#include <unordered_set>
#include <vector>

#include "core/check/pack_node.h"

namespace mainstay {

/// What the conditions and sentences of a rule may speak of beside the fields of its records: a name that is neither a field, nor computed, nor asked for is a slip of the pen, and the rule
/// would be silent for ever. Fails as PackSource does.
class PackWords {
 public:
  /// `told`: what was said already of definitions, which many rules may use.
  PackWords(const PackSource& source, const Rule& rule, std::unordered_set<std::string>& told) : source_(source), rule_(rule), told_(told) {}

  /// The condition that a `<when>` holds, part by part where it stands.
  void check_inside(const pugi::xml_node& when, const Condition& c) const;
  /// A question that is neither asked by the rule nor a field could not be answered.
  void check_question(const pugi::xml_node& node, const std::string& attribute) const;
  /// The placeholders of a sentence; those of a rule with a named function are filled by it.
  void check_sentence(const pugi::xml_node& node, const std::string& sentence) const;

 private:
  void check(const pugi::xml_node& node, const Condition& c, const std::string& definition) const;
  void check_leaf(const pugi::xml_node& node, const Condition& c, const std::string& definition) const;
  [[noreturn]] void fail(const pugi::xml_node& node, const std::string& reason) const { source_.fail(node, reason); }
  bool is_news(const std::string& definition, const std::string& reason) const { return definition.empty() || !source_.gathers() || told_.insert(definition + "\n" + reason).second; }
  bool is_field(const std::string& name) const;
  bool is_asked(const std::string& name) const;
  bool is_known(const std::string& name) const;
  std::vector<std::string> choices_of(const std::string& name) const;

  const PackSource& source_;
  const Rule& rule_;
  std::unordered_set<std::string>& told_;
};

}  // namespace mainstay
