// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/signal.h"
#include "core/check/check.h"
#include "core/exchange/importer.h"
#include "core/model/revision.h"
#include "core/model/timeline.h"
#include "core/report/report.h"

namespace mainstay {

/// Who is at the keyboard and what time it is.
struct DocumentContext {
  Clock clock = system_now;
  std::string author;
};

/// The open plan: Plan + file + undo + findings + one event. The only door for the command line and the windows. Main thread only.
class Document {
 public:
  /// Creates a plan file from a starter plan ("" = blank). Throws Error{refused} where something is there already.
  static std::unique_ptr<Document> create(const std::string& path, std::string_view template_id, std::string_view name, DocumentContext context);
  /// Copies another plan's content into a new file: a new client like an old one; incidents, ticks and readings stay behind.
  static std::unique_ptr<Document> create_from(const std::string& path, const std::string& source, std::string_view name, DocumentContext context);
  /// Opens a plan file. An older version is upgraded in memory and the file at the first write. Throws Error with a sentence of its own for each
  /// way in which a file can be wrong, and leaves the file and its folder as they were.
  static std::unique_ptr<Document> open(const std::string& path, DocumentContext context);
  ~Document();

  const std::string& path() const;
  bool read_only() const;
  const Plan& plan() const;
  const Graph& graph() const;
  const std::vector<Observation>& observations() const;
  Instant now() const;
  Date today() const;
  const std::string& author() const;
  void set_author(std::string author);

  /// Commits a change as one revision, durable when this returns; an empty change does nothing. Where another process has moved the plan, reloads and applies again.
  /// Throws Error{conflict, locked, read_only, io}; nothing of the change is kept then, while what the other process wrote is shown.
  void apply(const Change& change);
  /// The same for a change that `make` computes from the plan as it is, such as an import: where another process has moved the plan, it is computed anew upon what that one wrote.
  void apply_made(const std::function<Change()>& make);
  /// Takes back the newest edit that is not undone; machine revisions are passed over. Returns its note; throws Error{refused} where there is none or a later edit
  /// touched the same field.
  std::string undo();
  std::string redo();
  std::optional<std::string> undo_note() const;  ///< what undo would take back
  std::optional<std::string> redo_note() const;

  /// Stores readings beside the plan; known UUIDs are passed over. Returns how many were new.
  int add_observations(const std::vector<Observation>& observations);
  /// What an import needs to know of the plan beside its content: the clock, and what people typed.
  ImportOptions import_options() const;
  /// Does what an import's preview shows: its change as one revision, then its readings. Where another process has moved the plan, `read` makes the preview anew. Returns how many
  /// readings were new.
  int take(ImportPreview& preview, const std::function<ImportPreview()>& read);
  /// Every finding as of now; computed when first asked after a change.
  const std::vector<Finding>& findings();
  std::vector<Finding> findings(std::string_view pack);
  std::vector<BackupStatus> backups() const;
  /// Updates the checklist from the findings, as the program does of itself: undo passes over it. Returns how many tasks changed.
  int sync_checklist();
  /// The same because a person asked for it, so that undo takes it back: all findings, or with `subject` those about that record.
  int put_on_checklist(const Id& subject = {});

  std::vector<Revision> history(bool with_edits = false) const;
  /// What one revision changed.
  std::vector<Edit> edits_of(int revision) const;
  /// The first revision that was altered after it was written; nothing where the history is whole.
  std::optional<int> first_broken_revision() const;
  std::string content_hash() const;
  /// Number of the newest revision that changed content, for page stamps.
  int content_version() const;
  ReportInput report_input();

  /// Fires after the plan, observations or history changed.
  [[nodiscard]] Subscription subscribe(std::function<void()> listener);
  /// Looks whether another process moved the file; reloads and fires if so.
  void refresh();
  /// To be called now and then while a plan stays open: fires where the day, a backup's state or the ages in words are not what was last shown.
  std::vector<BackupStatus> clock_moved();

 private:
  struct Impl;
  explicit Document(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The starter plans. Those of the user's own that cannot be read are left out, their sentences go into `troubles`.
struct StarterInfo { std::string id, title, description; };
std::vector<StarterInfo> starter_plans(std::vector<std::string>* troubles = nullptr);
/// A starter plan's content. Throws Error{usage} naming those there are.
Plan starter_plan(std::string_view id);

}  // namespace mainstay
