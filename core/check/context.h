// SPDX-License-Identifier: MIT
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/check/check.h"
#include "core/model/condition.h"
#include "core/model/timeline.h"

namespace mainstay {

/// A plan with the indexes that rules share, so that no rule walks all records for each of its own.
class CheckContext {
 public:
  CheckContext(const Plan& plan, const Graph& graph, const std::vector<Observation>& observations, Instant now, std::string content_hash, std::string plan_path);

  const Plan& plan;
  const Graph& graph;
  const std::vector<Observation>& observations;
  const Instant now;
  const Date today;
  const std::string content_hash, plan_path;

  /// The record of that id, or an empty ref.
  RecordRef record(const Id& id) const;
  /// What people call it; the id where there is none.
  std::string title(const Id& id) const;
  /// The titles joined for a sentence, at most `most` of them by name.
  std::string titles(const std::vector<Id>& ids, std::size_t most = 4) const;
  /// The record of that id where it is of that kind, else nullptr.
  template <class T>
  const T* get(std::string_view kind, const Id& id) const {
    const auto ref = record(id);
    return ref && ref.kind() == kind ? static_cast<const T*>(ref.record) : nullptr;
  }
  /// Machine text of a field, a computed value or an Attribute of the record, or an Attribute of its site; "" where not known.
  std::string value(const RecordRef& ref, std::string_view name) const;
  /// The value of an Attribute of the record, "" where not known.
  const std::string& attribute(const Id& subject, std::string_view name) const;
  /// What a condition asks about the record.
  ConditionSubject subject(const RecordRef& ref) const;
  /// The backups' states, computed when first asked for.
  const std::vector<BackupStatus>& backups() const;
  /// The business, or an empty ref of its kind where the plan has none yet.
  RecordRef organisation() const;
  /// The role that a rule has in mind for its task: "it", "coordinator", "safety" …; empty where the plan has none like it.
  Id role_like(std::string_view hint) const;
  /// True for a person who has not left by today.
  bool is_current(const Person& person) const { return !person.left_on || person.left_on.days > today.days; }
  /// Days since; a large number where the day is not known.
  long days_since(Date day) const { return day ? static_cast<long>(today.days) - day.days : 1'000'000; }
  /// Ids of the activities that need a record through any chain.
  const std::vector<Id>& users(const Id& id) const;
  /// What an activity needs through any chain, as nodes of the graph.
  const std::vector<int>& needs(const Id& activity) const;

 private:
  std::unordered_map<std::string, RecordRef> records_;
  std::unordered_map<std::string, std::vector<const Attribute*>> attributes_;
  mutable std::unordered_map<std::string, std::vector<int>> needs_;
  mutable std::unordered_map<std::string, std::vector<Id>> users_;
  mutable bool users_ready_ = false, backups_ready_ = false;
  mutable std::vector<BackupStatus> backups_;
};

/// One hit of a named function: which case of its rule, about what, with which values for the sentences.
struct Hit {
  std::string case_name;
  RecordRef subject;
  Args args;
  bool moving = false;  ///< the sentence names an age: it alone does not renew a task
};
/// What a named function found.
using Hits = std::vector<Hit>;
/// A typed record as a reference.
template <class T>
RecordRef ref_to(const T& record) {
  return {table_of(T::info().kind), &record, record.id};
}
/// A function that a rule names: adds its hits to the list.
using AuditFunction = void (*)(const CheckContext&, std::vector<Hit>&);
/// Such a function and the name by which packs call it.
struct NamedAudit {
  std::string_view name;
  AuditFunction run;
};
/// The named functions of each part of a plan, one file for each.
std::span<const NamedAudit> governance_audits();
std::span<const NamedAudit> activity_audits();
std::span<const NamedAudit> dependency_audits();
std::span<const NamedAudit> risk_audits();
std::span<const NamedAudit> backup_audits();
std::span<const NamedAudit> people_audits();
std::span<const NamedAudit> procedure_audits();
std::span<const NamedAudit> exercise_audits();
/// The function of that name, or nullptr.
AuditFunction find_audit(std::string_view name);

/// A named question that a condition may `call` about one record.
using Predicate = Truth (*)(const CheckContext&, const RecordRef&);
/// The question of that name, or nullptr.
Predicate find_predicate(std::string_view name);

/// True for "today" and for every name that computed_value knows.
bool is_computed_value(std::string_view name);
/// A value that a rule may name like a field although it is worked out: "two_prong_left", "home_region" …; "" where it cannot be told, nothing where there is no such name for records of this
/// kind.
std::optional<std::string> computed_value(const CheckContext& context, const RecordRef& ref, std::string_view name);

}  // namespace mainstay
