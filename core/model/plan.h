// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/model/activity.h"
#include "core/model/backup.h"
#include "core/model/device.h"
#include "core/model/evidence.h"
#include "core/model/exercise.h"
#include "core/model/incident.h"
#include "core/model/link.h"
#include "core/model/organisation.h"
#include "core/model/person_role.h"
#include "core/model/procedure.h"
#include "core/model/recall.h"
#include "core/model/resource.h"
#include "core/model/review.h"
#include "core/model/risk.h"
#include "core/model/scenario.h"
#include "core/model/strategy.h"
#include "core/model/task.h"
#include "core/model/waiver.h"

namespace mainstay {

struct Table;

/// A continuity plan: one vector per record kind, nothing else. A copyable value; whoever only reads it takes `const Plan&`.
struct Plan {
  std::vector<Organisation> organisations;
  std::vector<Site> sites;
  std::vector<Person> people;
  std::vector<Role> roles;
  std::vector<Contact> contacts;
  std::vector<Supplier> suppliers;
  std::vector<Activity> activities;
  std::vector<Impact> impacts;
  std::vector<Resource> resources;
  std::vector<Device> devices;
  std::vector<Attribute> attributes;
  std::vector<Link> links;
  std::vector<Backup> backups;
  std::vector<Probe> probes;
  std::vector<RestoreTest> restore_tests;
  std::vector<Risk> risks;
  std::vector<Strategy> strategies;
  std::vector<Procedure> procedures;
  std::vector<Step> steps;
  std::vector<MessageDraft> message_drafts;
  std::vector<Task> tasks;
  std::vector<Scenario> scenarios;
  std::vector<Incident> incidents;
  std::vector<LogEntry> log_entries;
  std::vector<Exercise> exercises;
  std::vector<Review> reviews;
  std::vector<PlanCopy> plan_copies;
  std::vector<InsurancePolicy> insurance_policies;
  std::vector<Obligation> obligations;
  std::vector<Evidence> evidence;
  std::vector<Waiver> waivers;
  std::vector<Attachment> attachments;
  std::vector<Feed> feeds;
  std::vector<Recall> recalls;
  std::vector<ColumnMapping> column_mappings;

  /// The record kinds in the order in which they are stored, exported and listed.
  static std::span<const Table> tables();

  /// The business; an empty one where the plan has none yet.
  const Organisation& organisation() const;
};

/// One record kind seen without its type: the registry behind storage, forms, lists, CSV, XML, history and search.
struct Table {
  const RecordInfo* info;
  std::size_t (*size)(const Plan&);
  const void* (*at)(const Plan&, std::size_t);
  void* (*mutable_at)(Plan&, std::size_t);
  const Id& (*id_at)(const Plan&, std::size_t);
  void* (*append)(Plan&, Id);             ///< a new empty record with that id
  void (*erase)(Plan&, std::size_t);
  void (*erase_marked)(Plan&, const std::vector<bool>& gone);  ///< all that are marked at once, in one walk

  /// Index of the record with that id, or nothing.
  std::optional<std::size_t> find(const Plan& plan, std::string_view id) const;
};

/// The table of a kind (by its name), or nullptr.
const Table* table_of(std::string_view kind);

/// A record found in a plan, without its type. Valid while the plan is neither changed nor gone.
struct RecordRef {
  const Table* table = nullptr;
  const void* record = nullptr;
  Id id;
  explicit operator bool() const { return record != nullptr; }
  std::string_view kind() const { return table->info->kind; }
  /// Machine text of one field; empty where the kind has no such field.
  std::string text(std::string_view key) const;
};

/// The record with that id, of any kind; an empty ref where there is none.
RecordRef find_record(const Plan& plan, const Id& id);
/// The typed record with that id in one of the plan's vectors, or nullptr.
template <class T>
const T* find_in(const std::vector<T>& records, const Id& id) {
  for (const auto& record : records)
    if (record.id == id) return &record;
  return nullptr;
}

/// What people call the record: its name, or for nameless kinds a short description ("Take orders needs Till").
std::string title_of(const Plan& plan, const RecordRef& ref);
/// The same by id; the id itself where there is no such record, and "" for an empty id.
std::string title_of(const Plan& plan, const Id& id);

/// A field for people: as FieldInfo::spoken, with ids as titles.
std::string spoken_field(const Plan& plan, const RecordRef& ref, const FieldInfo& field);

/// Finds what somebody typed for an id: the id itself, a unique name, or a unique prefix of an id or name; ASCII case aside;
/// `kind` may be empty. Throws Error{not_found} or Error{ambiguous}, which lists the candidates.
RecordRef resolve_record(const Plan& plan, std::string_view kind, std::string_view typed);

/// One place where a text occurs.
struct SearchHit {
  RecordRef ref;
  const FieldInfo* field = nullptr;
  std::string excerpt;
};
/// Every record with the text in its id or one of its fields (as people see them), ASCII case aside; at most `limit` records.
std::vector<SearchHit> search_plan(const Plan& plan, std::string_view text, std::size_t limit = 500);

}  // namespace mainstay
