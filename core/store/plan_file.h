// SPDX-License-Identifier: MIT
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/observation.h"
#include "core/model/plan.h"
#include "core/model/revision.h"

namespace mainstay {

/// One plan file: an SQLite database used as a document (rollback journal, one file). Every SQL statement of the program is in
/// this folder. Throws Error with a sentence of its own for each way in which a file can be wrong.
class PlanFile {
 public:
  /// Writes a new file aside and puts it in place whole; refuses where something is there. `first` describes revision 1.
  static void create(const std::string& path, const Plan& plan, const Revision& first);
  /// Opens for reading and, where the file and its folder allow it, for writing. Looks at the header before SQLite does and changes nothing.
  static std::unique_ptr<PlanFile> open(const std::string& path);
  ~PlanFile();

  bool read_only() const;
  /// Everything but edits, read in one transaction, so that the parts belong together.
  struct Contents {
    Plan plan;
    std::vector<Revision> revisions;
    std::vector<Observation> observations;
  };
  Contents read() const;
  Plan load() const;
  /// The newest revision, without edits.
  Revision head() const;
  std::vector<Revision> revisions(bool with_edits) const;
  std::vector<Edit> edits_of(int revision) const;
  /// Stores a revision with its edits and the touched records of `after`, durable when it returns. Fills in number, parent and chain. Nothing is written and false
  /// comes back where the newest revision is not `expected_head` any more.
  bool commit(const std::string& expected_head, Revision& revision, const Plan& after);
  std::vector<Observation> observations() const;
  std::int64_t observation_count() const;
  /// Adds readings whose UUID is new; returns how many. With a time `now`, once a day and in the same transaction, older readings that prove
  /// nothing more are left out (superfluous_readings) and the replies kept for support go, but for the newest of each probe.
  int add_observations(const std::vector<Observation>& observations, Instant now = {});
  /// True where another file lies under the name by now: moved, restored or replaced by another program.
  bool was_replaced() const;
  /// A number that changes when another process writes.
  std::int64_t data_version() const;
  /// The first revision whose chain does not follow from what is stored; nothing where the history is whole.
  std::optional<int> first_broken_revision() const;

 private:
  struct Impl;
  explicit PlanFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Columns of a table as the file has them, for the test that holds fields and columns equal.
std::vector<std::string> stored_columns(const std::string& path, const std::string& table);
/// The statements that make a plan file of the newest version, for the test that holds `db/schema.sql` to them.
std::string stored_schema(const std::string& path);

}  // namespace mainstay
