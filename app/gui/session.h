// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/signal.h"
#include "core/document.h"
#include "core/probe/probe_runner.h"

namespace mainstay {

/// What every page gets: the open plan, and what it may ask of the window around it. Main thread only.
class Session {
 public:
  explicit Session(std::unique_ptr<Document> document);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Document& document() { return *document_; }
  const Document& document() const { return *document_; }
  const Plan& plan() const { return document_->plan(); }

  /// Commits a change; an Error is shown in the window's bar and false returned, the plan then being as before.
  bool apply(const Change& change);
  /// Runs anything that may throw Error, shown in the same way. False where it did.
  bool attempt(const std::function<void()>& action);
  /// Runs work that may take long, away from the windows; its sentence, or that of its Error, is shown when it is done.
  void in_background(std::function<std::string()> work);
  /// Takes back or brings back the newest edit, after writing what is still being typed.
  void undo();
  void redo();

  /// Forms that hold typed text write it when this is called: before undo, printing, activating and closing.
  void commit_pending() { pending.emit(); }
  Signal pending;

  /// Measures the backups named (none: all) through their probes on worker threads; readings arrive in the document.
  void test_backups(const std::vector<Id>& backups = {});
  void cancel_test();
  bool testing() const { return test_total_ > 0; }
  bool testing(const Id& backup) const;
  int tests_done() const { return test_done_; }
  int tests_total() const { return test_total_; }
  /// Fires when a test starts, moves on or ends.
  Signal test_changed;
  ProbeRunner& probes() { return *probes_; }
  /// Keeps a secret away from the windows, saying so until it is kept and where then. A test that is asked for meanwhile waits for it.
  void keep_secret(const std::string& name, const std::string& secret);
  /// Puts a notice on the desktop for each backup that got into trouble since the plan was opened, once each time: by a reading, by time alone, or by what another program wrote. One that
  /// the desktop would not show is tried again later.
  void look_for_trouble(std::vector<BackupStatus> now);

  /// Shows a page, and a record on it. Pages and their ids are in page.cpp.
  void go_to(std::string_view page, const Id& record = {}) { if (on_go_to) on_go_to(std::string(page), record); }
  /// Shows the page where a record of this kind is edited.
  void show_record(const Id& record);
  /// Begins an incident, or shows the one that runs.
  void activate() { if (on_activate) on_activate(); }
  /// A sentence in the window's bar, until the next one.
  void show_error(const std::string& sentence) { if (on_error) on_error(sentence); }
  void show_note(const std::string& sentence) { if (on_note) on_note(sentence); }
  /// What was last shown as an error is put right, or is about something left behind: the bar goes.
  void mended() { if (on_mended) on_mended(); }

  /// Set by the main window.
  std::function<void(std::string, Id)> on_go_to;
  std::function<void()> on_activate, on_mended;
  std::function<void(std::string)> on_error, on_note;

 private:
  std::unique_ptr<Document> document_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  std::unique_ptr<ProbeRunner> probes_;
  std::vector<BackupStatus> statuses_;  ///< as they were when last looked at
  std::vector<Id> to_tell_;             ///< got into trouble and could not be told yet
  Instant tried_to_tell_;
  int secrets_in_hand_ = 0;             ///< being kept now
  std::optional<std::vector<Id>> test_asked_;  ///< while a secret is being kept: the backups, none for all
  std::vector<Id> test_waiting_;
  int test_done_ = 0, test_total_ = 0;
};

}  // namespace mainstay
