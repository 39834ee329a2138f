// SPDX-License-Identifier: MIT
// Internal to the reader of rule packs: names pugixml, so it is included by .cpp files only.
#pragma once
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/check/rule.h"
#include "core/model/condition.h"

namespace mainstay {

/// The file that is being read: it tells where a node stands.
class PackSource {
 public:
  PackSource(std::string_view bytes, std::string_view name) : bytes_(bytes), name_(name) {}
  const std::string& name() const { return name_; }
  std::string_view bytes() const { return bytes_; }
  /// Throws Error{bad_value} that names file, line, column and reason; `fault` keeps them apart.
  [[noreturn]] void fail(const pugi::xml_node& node, const std::string& reason) const;
  /// Fails where the node has an attribute that is not named, or one twice: a slip of the pen would otherwise say nothing for ever.
  void allow(const pugi::xml_node& node, std::initializer_list<std::string_view> names) const;
  /// An attribute's value; fails where there is none.
  std::string required(const pugi::xml_node& node, const char* key) const;
  /// An attribute's whole number, `other` where there is none; fails where it is no number from `least` to `most`.
  int number(const pugi::xml_node& node, const char* key, int other, int least, int most) const;
  /// An attribute's day, not known where there is none; fails where it is no day.
  Date date(const pugi::xml_node& node, const char* key) const;
  /// Fails where the node does not hold exactly one element, its condition.
  void check_single(const pugi::xml_node& node) const;

  /// From now on what `tried` is given to do is given up at its first fault, which goes in here, and the reading goes on behind it.
  void gather(std::vector<PackFault>& faults) { faults_ = &faults; }
  bool gathers() const { return faults_ != nullptr; }
  /// Does it; false where it had a fault and faults are gathered. Otherwise a fault is thrown.
  template <class Do>
  bool tried(Do&& part) const {
    if (!faults_) {
      part();
      return true;
    }
    try {
      part();
      return true;
    } catch (const Error& refused) {
      faults_->push_back(fault_.reason.empty() ? PackFault{0, 0, refused.what()} : fault_);
      fault_ = {};
      return false;
    }
  }

  /// What was refused last, and not gathered yet.
  const PackFault& fault() const { return fault_; }

 private:
  std::string_view bytes_;
  std::string name_;
  mutable PackFault fault_;
  std::vector<PackFault>* faults_ = nullptr;
};

/// The elements inside a node, in their order; comments and white space are left out.
std::vector<pugi::xml_node> elements_of(const pugi::xml_node& node);
/// An attribute's value, or `other` where there is none.
std::string text_of(const pugi::xml_node& node, const char* key, const std::string& other = {});
/// White space of a pack's layout folded to single spaces.
std::string sentence_of(std::string_view text);

/// Reads conditions with the sets and definitions that stand above them in the pack.
class ConditionReader {
 public:
  explicit ConditionReader(const PackSource& source) : source_(source) {}
  /// Remembers the values of a `<set>` under its name. Fails as PackSource does.
  void add_set(const pugi::xml_node& node);
  /// Remembers the condition of a `<define>` under its name. Fails as PackSource does.
  void add_definition(const pugi::xml_node& node);
  /// The one condition inside `<when>` or `<define>`. Where faults are gathered, each part with one stands as “no”.
  Condition inside(const pugi::xml_node& node) const;

 private:
  Condition condition(const pugi::xml_node& node) const;
  Condition leaf(const pugi::xml_node& node, Condition::Op op) const;
  std::vector<std::string> listed(const pugi::xml_node& node) const;
  void check_values(const pugi::xml_node& node, const Condition& c) const;
  void check_value(const pugi::xml_node& node, Condition::Op op, const std::string& value) const;

  const PackSource& source_;
  std::map<std::string, std::vector<std::string>> sets_;
  std::map<std::string, Condition> defined_;
  std::set<std::string> broken_;  ///< sets and definitions that have a fault of their own: who uses them has none
};

}  // namespace mainstay
