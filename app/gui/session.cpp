// SPDX-License-Identifier: MIT
#include "app/gui/session.h"

#include <wx/app.h>
#include <wx/notifmsg.h>

#include <algorithm>
#include <utility>

#include "app/gui/background.h"
#include "app/gui/page.h"
#include "app/gui/wx_text.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/probe_order.h"
#include "core/probe/refused_logins.h"
#include "core/probe/secrets.h"
#include "core/restore_session.h"
#include "core/trouble_told.h"

namespace mainstay {

Session::Session(std::unique_ptr<Document> document) : document_(std::move(document)) {
  // Workers post to the application, never to a window that may be gone.
  const auto secrets = system_secrets();
  probes_ = std::make_unique<ProbeRunner>([](std::function<void()> call) { if (wxTheApp) wxTheApp->CallAfter(std::move(call)); }, secrets, system_now, ProbePace{},
                                          [secrets](const Probe& probe, bool refused) { return remember_login(probe, secrets, refused); });
  statuses_ = document_->backups();
}

Session::~Session() { alive_.reset(); }

bool Session::attempt(const std::function<void()>& action) {
  try {
    action();
    return true;
  } catch (const Error& error) {
    show_error(error.what());
    return false;
  }
}

void Session::in_background(std::function<std::string()> work) {
  run_in_background<std::string>(alive_, std::move(work), [this](std::string said) { show_note(said); }, [this](const std::string& problem) { show_error(problem); });
}

bool Session::apply(const Change& change) {
  return change.empty() || attempt([&] { document_->apply(change); });
}

void Session::undo() {
  commit_pending();
  attempt([&] { show_note(tr("Taken back: {note}", {{"note", document_->undo()}})); });
}

void Session::redo() {
  commit_pending();
  attempt([&] { show_note(tr("Done again: {note}", {{"note", document_->redo()}})); });
}

bool Session::testing(const Id& backup) const { return std::find(test_waiting_.begin(), test_waiting_.end(), backup) != test_waiting_.end(); }

void Session::test_backups(const std::vector<Id>& backups) {
  if (testing()) return;
  if (secrets_in_hand_ > 0) {
    test_asked_ = backups;
    return show_note(tr("The secret is still being kept; the test begins after that."));
  }
  commit_pending();
  if (!attempt([&] { document_->refresh(); })) return;  // another program may have changed what is to be measured
  std::vector<Probe> wanted;
  for (const auto& probe : plan().probes)
    if (probe.paused != Answer::yes && (backups.empty() || std::find(backups.begin(), backups.end(), probe.backup_id) != backups.end())) wanted.push_back(probe);
  if (wanted.empty()) {
    show_error(tr("Nothing says yet where to measure this: add a probe with the address of the backup."));
    return;
  }
  if (std::all_of(wanted.begin(), wanted.end(), [](const Probe& probe) { return probe.type == Probe::Type::unknown; })) return show_error(tr("Choose first how this can be measured: the probe has no type yet."));
  test_waiting_.clear();
  for (const auto& probe : wanted) test_waiting_.push_back(probe.backup_id);
  test_done_ = 0;
  test_total_ = static_cast<int>(wanted.size());
  const std::weak_ptr<int> alive = alive_;
  const bool started = attempt([&] {
    probes_->start(
        failures_first(std::move(wanted), document_->observations()),
        [this, alive](std::vector<Observation> readings) {
          if (alive.expired()) return;
          test_done_ += static_cast<int>(readings.size());
          for (const auto& reading : readings) std::erase(test_waiting_, reading.backup_id);
          attempt([&] { document_->add_observations(readings); });
          test_changed.emit();
        },
        [this, alive] {
          if (alive.expired()) return;
          test_waiting_.clear();
          test_total_ = 0;
          test_changed.emit();
          look_for_trouble(document_->backups());
        });
  });
  if (!started) {
    test_waiting_.clear();
    test_total_ = 0;
  }
  test_changed.emit();
}

void Session::keep_secret(const std::string& name, const std::string& secret) {
  ++secrets_in_hand_;
  show_note(tr("Keeping the secret “{name}”…", {{"name", name}}));
  const auto kept = [this](const std::function<void()>& say) {
    --secrets_in_hand_;
    say();
    if (secrets_in_hand_ > 0 || !test_asked_) return;
    const auto asked = std::exchange(test_asked_, std::nullopt);
    test_backups(*asked);
  };
  // The keyring may ask for its own password, or not answer at all.
  run_in_background<std::string>(alive_, [name, secret] { return mainstay::keep_secret(name, secret); }, [this, kept](std::string said) { kept([&] { show_note(said); }); },
                                 [this, kept](const std::string& problem) { kept([&] { show_error(problem); }); });
}

void Session::look_for_trouble(std::vector<BackupStatus> now) {
  constexpr std::int64_t minutes_between_tries = 5;
  const auto fresh = newly_in_trouble(statuses_, now);
  for (const auto& status : fresh) to_tell_.push_back(status.backup_id);
  statuses_ = std::move(now);
  PlanTrouble trouble;
  const auto clock = document_->now();
  if (!fresh.empty() || minutes_between(tried_to_tell_, clock) >= minutes_between_tries)
    for (const auto& status : statuses_)
      if (std::find(to_tell_.begin(), to_tell_.end(), status.backup_id) != to_tell_.end()) trouble.to_tell.push_back(status);
  attempt([&] {
    trouble.plan = plan_identity(*document_);
    trouble.now = statuses_;
    tried_to_tell_ = trouble.to_tell.empty() ? tried_to_tell_ : clock;
    const bool told = tell_trouble({trouble}, [](const TroubleNotice& notice) {
      return wxNotificationMessage(wx(notice.title), wx(notice.text), nullptr, wxICON_WARNING).Show(wxNotificationMessage::Timeout_Never);
    });
    if (told && !trouble.to_tell.empty()) to_tell_.clear();
  });
}

void Session::cancel_test() { probes_->cancel(); }

void Session::show_record(const Id& record) {
  if (const auto ref = find_record(plan(), record)) go_to(page_for_kind(ref.kind()), record);
}

}  // namespace mainstay
