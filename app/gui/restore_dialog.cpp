// SPDX-License-Identifier: MIT
#include "app/gui/restore_dialog.h"

#include <wx/checkbox.h>
#include <wx/dialog.h>
#include <wx/dirdlg.h>
#include <wx/display.h>
#include <wx/gauge.h>
#include <wx/textctrl.h>

#include <filesystem>

#include "app/gui/accessible.h"
#include "app/gui/background.h"
#include "app/gui/layout.h"
#include "app/gui/trouble.h"
#include "app/gui/wx_text.h"
#include "core/base/error.h"
#include "core/restore_session.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t bytes_per_mb = 1'000'000, noticed_idle_minutes = 10;

std::string clock_text(std::int64_t seconds) {
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return tr("{hours}:{minutes}:{seconds}", {{"hours", seconds / 3600}, {"minutes", two(seconds / 60 % 60)}, {"seconds", two(seconds % 60)}});
}

class RestoreDialog : public wxDialog {
 public:
  RestoreDialog(wxWindow* parent, Session& session, const Id& backup)
      : wxDialog(parent, wxID_ANY, wx(tr("Test a restore")), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER),
        session_(session), backup_(backup), manifest_(usual_manifest(session.document(), backup)) {
    scroll_ = new ScrolledPanel(this);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_title(scroll_, title_of(session.plan(), backup)), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    for (auto** part : {&choose_, &run_, &result_}) {
      *part = new wxPanel(scroll_, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL);
      (*part)->SetSizer(new wxBoxSizer(wxVERTICAL));
      column->Add(*part, wxSizerFlags().Expand());
    }
    make_choose();
    make_run();
    make_result();
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column, wxSizerFlags().Expand().Border(wxALL, FromDIP(gap_page)));
    scroll_->SetSizer(padded);
    auto* whole = new wxBoxSizer(wxVERTICAL);
    whole->Add(scroll_, wxSizerFlags(1).Expand());
    whole->Add(make_progress(), wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT, FromDIP(gap_page)));
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    forget_ = make_button(this, tr("&End the test without a result"), "restore_forget", [this] { forget(); });
    auto* close = new wxButton(this, wxID_CANCEL, wx(tr("C&lose")));
    set_accessible(close, tr("Close"), "restore_close");
    write_ = make_button(this, tr("&Write it down"), "restore_write", [this] { write_down(); });
    write_->SetFont(write_->GetFont().Bold());
    buttons->Add(forget_);
    buttons->AddStretchSpacer();
    buttons->Add(close, wxSizerFlags().Border(wxRIGHT, FromDIP(gap)));
    buttons->Add(write_);
    whole->Add(buttons, wxSizerFlags().Expand().Border(wxALL, FromDIP(gap_wide)));
    SetSizer(whole);
    SetMinSize(FromDIP(wxSize(480, 400)));
    const auto room = wxDisplay(this).GetClientArea();
    SetSize(wxSize(std::min(for_text(this, 640), room.width), std::min(for_text(this, 680), room.height)));
    tick_.SetOwner(this);
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { show_clock(); });
    tick_.Start(1000);
    std::error_code error;
    if (fs::exists(manifest_, error)) attempt([&] { running_ = read_manifest(manifest_); });
    show();
    CentreOnParent();
  }
  ~RestoreDialog() override { stop_.request_stop(); }

 private:
  /// Runs what may throw Error; its sentence stands in the window.
  bool attempt(const std::function<void()>& action) {
    try {
      action();
      tell({});
      return true;
    } catch (const Error& problem) {
      tell(problem.what());
      return false;
    }
  }

  void tell(const std::string& sentence) {
    trouble_->set_text(sentence.empty() ? sentence : status_words(Status::bad, sentence));
    trouble_->Show(!sentence.empty());
    Layout();
    scroll_->content_changed();
  }

  wxTextCtrl* add_folder(wxWindow* on, const std::string& label, const std::string& key, const std::string& help) {
    auto* box = new wxTextCtrl(on, wxID_ANY);
    add_field(on->GetSizer(), box, label, key, help);
    return box;
  }

  /// The step's button, and one that looks for its folder before it.
  wxButton* add_step(wxWindow* on, wxTextCtrl* folder, const std::string& folder_label, const std::string& folder_key, const std::string& label, const std::string& key, std::function<void()> action) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* browse = make_button(on, tr("&Browse…"), folder_key + "_browse", [this, folder, folder_label] {
      wxDirDialog dialog(this, wx(folder_label), folder->GetValue(), wxDD_DEFAULT_STYLE | wxDD_DIR_MUST_EXIST);
      if (dialog.ShowModal() == wxID_OK) folder->SetValue(dialog.GetPath());
    });
    set_accessible(browse, tr("Browse for: {what}", {{"what", folder_label}}), folder_key + "_browse");
    auto* step = make_button(on, label, key, std::move(action));
    step->SetFont(step->GetFont().Bold());
    row->Add(browse, wxSizerFlags().Border(wxRIGHT, FromDIP(gap)));
    row->Add(step);
    on->GetSizer()->Add(row, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap_wide)));
    return step;
  }

  void make_choose() {
    auto* sizer = choose_->GetSizer();
    sizer->Add(make_section(choose_, tr("1  Choose some files")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    sizer->Add(make_text(choose_, tr("Mainstay picks files of every size and age from the original folder and notes what is in them. Then the clock starts, and you restore them with your own program.")),
               wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    from_ = add_folder(choose_, tr("The original folder"), "restore_from", tr("On this computer or mounted. It is only read."));
    for (const auto& link : session_.plan().links)
      if (link.kind == Link::Kind::protects && link.from_id == backup_ && from_->IsEmpty())
        if (const auto* data = find_in(session_.plan().resources, link.to_id); data && fs::path(data->folder).is_absolute()) from_->ChangeValue(wx(data->folder));
    files_ = new wxTextCtrl(choose_, wxID_ANY);
    add_field(sizer, files_, tr("At most so many files"), "restore_files", tr("Empty here and below: as many as it likely takes to tell the time of everything."));
    mb_ = new wxTextCtrl(choose_, wxID_ANY);
    add_field(sizer, mb_, tr("At most so many MB"), "restore_mb", tr("The larger the sample, the surer the time for everything."));
    start_ = add_step(choose_, from_, tr("The original folder"), "restore_from", tr("Choose files and &start the clock"), "restore_start", [this] { choose(); });
  }

  void make_run() {
    auto* sizer = run_->GetSizer();
    sizer->Add(make_section(run_, tr("2  Restore them with your own program")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    clock_ = make_figure(run_);
    set_accessible(clock_, tr("The clock"), "restore_clock");
    sizer->Add(clock_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    instruction_ = make_text(run_, "");
    sizer->Add(instruction_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    names_ = new wxTextCtrl(run_, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxTE_READONLY | wxTE_DONTWRAP);
    names_->SetMinSize(wxSize(FromDIP(200), names_->GetCharHeight() * 6));
    set_accessible(names_, tr("The files to restore"), "restore_names");
    sizer->Add(names_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    list_ = make_hint(run_, "");
    sizer->Add(list_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    sizer->Add(make_section(run_, tr("3  Say where they came back")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    at_ = add_folder(run_, tr("The folder they came back in"), "restore_at", tr("Another one than the original. The folder above it, or one inside, will do as well."));
    compare_ = add_step(run_, at_, tr("The folder they came back in"), "restore_at", tr("&It is back: stop the clock and compare"), "restore_compare", [this] { compare(); });
  }

  void make_result() {
    auto* sizer = result_->GetSizer();
    sizer->Add(make_section(result_, tr("4  What came back")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    chip_ = make_chip(result_, Status::none, "");
    chip_->SetFont(chip_->GetFont().Scaled(1.3f));
    sizer->Add(chip_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    said_ = make_text(result_, "");
    sizer->Add(said_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    last_file_ = new wxCheckBox(result_, wxID_ANY, wx(tr("Count to the &last file that was written only")));
    set_accessible(last_file_, tr("Count to the last file that was written only"), "restore_last_file");
    times_ = new wxCheckBox(result_, wxID_ANY, wx(tr("Write the time as the data's &tested recovery time")));
    set_accessible(times_, tr("Write the time as the data's tested recovery time"), "restore_times");
    times_->SetValue(true);
    for (auto* box : {last_file_, times_}) {
      box->Bind(wxEVT_CHECKBOX, [this](wxCommandEvent&) { judge(); });
      sizer->Add(box, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    }
  }

  /// How far a reading is, or what went wrong: below what scrolls, so that it is always seen.
  wxSizer* make_progress() {
    auto* column = new wxBoxSizer(wxVERTICAL);
    working_ = new wxPanel(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL);
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    gauge_ = new wxGauge(working_, wxID_ANY, 1000);
    set_accessible(gauge_, tr("Progress of the reading"), "restore_progress");
    done_ = make_label(working_, "");
    row->Add(gauge_, wxSizerFlags(1).CentreVertical().Border(wxRIGHT, FromDIP(gap)));
    row->Add(done_, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(gap)));
    row->Add(make_button(working_, tr("&Cancel the reading"), "restore_cancel", [this] { stop_.request_stop(); }));
    working_->SetSizer(row);
    column->Add(working_, wxSizerFlags().Expand());
    trouble_ = make_text(this, "");
    trouble_->SetForegroundColour(status_colour(Status::bad));
    column->Add(trouble_, wxSizerFlags().Expand());
    return column;
  }

  void show() {
    const bool finished = outcome_.has_value();
    choose_->Show(!running_);
    run_->Show(running_ && !finished);
    result_->Show(finished);
    write_->Show(finished);
    forget_->Show(running_.has_value());
    working_->Show(busy_);
    for (wxWindow* part : {static_cast<wxWindow*>(choose_), static_cast<wxWindow*>(run_), static_cast<wxWindow*>(forget_)}) part->Enable(!busy_);
    if (running_ && !finished) {
      std::string names;
      for (const auto& file : running_->files) names += shown_path(file.path) + "\n";
      const auto advice = sample_advice(*running_);
      instruction_->set_text(restore_instruction(*running_) + (advice.empty() ? "" : "\n" + advice));
      names_->ChangeValue(wx(names));
      list_->set_text(tr("The list for programs that take one: {path}\nYou may close this window: the clock goes on, also when Mainstay ends.", {{"path", list_beside(manifest_)}}));
    }
    show_clock();
    Layout();
    scroll_->content_changed();
  }

  void show_clock() {
    if (!running_ || outcome_) return;
    clock_->SetLabel(wx(clock_text(std::max<std::int64_t>(0, session_.document().now().seconds - running_->started.seconds))));
  }

  /// What a box says, unset where it is empty; false where it is no number, which is told at the box.
  bool number_in(wxTextCtrl* box, std::int64_t most, std::optional<std::int64_t>& found) {
    long long number = 0;
    found.reset();
    const bool empty = trimmed(utf8(box->GetValue())).empty();
    const bool fine = empty || (box->GetValue().ToLongLong(&number) && number >= 1 && number <= most);
    show_trouble(box, fine ? std::string() : tr("A whole number from 1 to {most} is wanted here.", {{"most", static_cast<long long>(most)}}));
    if (fine && !empty) found = number;
    return fine;
  }

  /// Runs `work` with progress and Cancel shown; `then` gets what it found.
  template <class T>
  void in_background(std::function<T(std::stop_token, const OnFileProgress&)> work, std::function<void(T)> then) {
    busy_ = true;
    stop_ = std::stop_source();
    tell({});
    show();
    const std::weak_ptr<int> alive = alive_;
    const auto done = [this] {
      busy_ = false;
      show();
    };
    run_in_background<T>(
        alive,
        [this, alive, work = std::move(work), stop = stop_.get_token()] {
          auto told = std::chrono::steady_clock::time_point();
          return work(stop, [&](const FileProgress& p) {
            if (std::chrono::steady_clock::now() - told < std::chrono::milliseconds(100)) return;
            told = std::chrono::steady_clock::now();
            post_to_main([this, alive, p] { if (!alive.expired()) show_progress(p); });
          });
        },
        [done, then = std::move(then)](T found) {
          done();
          then(std::move(found));
        },
        [this, done](const std::string& problem) {
          done();
          tell(problem);
        });
  }

  void show_progress(const FileProgress& p) {
    if (p.bytes_total > 0) gauge_->SetValue(static_cast<int>(std::min<std::int64_t>(1000, p.bytes * 1000 / p.bytes_total)));
    else gauge_->Pulse();
    working_->Layout();
    done_->SetLabel(wx(p.bytes_total > 0 ? tr("{mb} of {all} MB read", {{"mb", p.bytes / bytes_per_mb}, {"all", (p.bytes_total + bytes_per_mb - 1) / bytes_per_mb}}) : tr("{files} files seen", {{"files", p.files}})));
  }

  void choose() {
    std::optional<std::int64_t> files, mb;
    const bool fine = number_in(files_, 10'000, files) & number_in(mb_, 10'000'000, mb);
    const auto typed = std::string(trimmed(utf8(from_->GetValue())));
    show_trouble(from_, typed.empty() ? tr("Which folder is to be sampled?") : std::string());
    if (!fine || typed.empty()) return;
    const auto limits = limits_for(session_.document(), backup_, files ? std::optional<std::size_t>(*files) : std::nullopt, mb ? std::optional<std::int64_t>(*mb * bytes_per_mb) : std::nullopt, {});
    std::error_code error;
    const auto whole = fs::canonical(typed, error);
    const auto folder = error ? typed : whole.string();
    in_background<FileSample>([=](std::stop_token stop, const OnFileProgress& progress) { return choose_sample(folder, limits, stop, progress); },
                              [this, folder, limits](FileSample sample) {
                                if (sample.stopped) return;
                                attempt([&] {
                                  auto session = started_restore(session_.document(), backup_, folder, limits, sample);
                                  write_manifest(manifest_, session);
                                  running_ = std::move(session);
                                });
                                show();
                                at_->SetFocus();
                              });
  }

  void compare() {
    const auto at = std::string(trimmed(utf8(at_->GetValue())));
    show_trouble(at_, at.empty() ? tr("Where did the files come back?") : std::string());
    if (at.empty()) return;
    ending_ = {};
    ending_.stopped = session_.document().now();  // before the comparing, which takes its own time
    in_background<RestoreComparison>([claim = claim_of(*running_, at)](std::stop_token stop, const OnFileProgress& progress) { return compare_restored(claim, stop, progress); },
                                     [this](RestoreComparison comparison) {
                                       if (comparison.stopped) return;
                                       comparison_ = std::move(comparison);
                                       last_file_->SetValue(false);
                                       if (judge()) last_file_->Show(outcome_->idle_minutes >= noticed_idle_minutes);
                                       show();
                                       write_->SetFocus();
                                     });
  }

  bool judge() {
    ending_.until_last_file = last_file_->GetValue();
    ending_.record_times = times_->GetValue();
    const bool fine = attempt([&] { outcome_ = finished_restore(session_.document(), *running_, comparison_, ending_); });
    if (!fine) return false;
    using Result = RestoreTest::Result;
    const auto result = outcome_->result;
    const auto time = outcome_->verdict.time;
    const bool small = outcome_->verdict.estimate.too_small;
    if (result == Result::pass && small && (time == RestoreTime::unsure || time == RestoreTime::no_rto)) set_chip(chip_, Status::warning, tr("It came back; too little to tell the time of everything"));
    else if (result == Result::pass && time == RestoreTime::too_slow) set_chip(chip_, Status::bad, tr("It came back, but too slowly"));
    else if (result == Result::pass && time == RestoreTime::unsure) set_chip(chip_, Status::warning, tr("It came back; whether in time is not sure"));
    else if (result == Result::pass && time == RestoreTime::in_time) set_chip(chip_, Status::good, tr("It came back, and in time"));
    else if (result == Result::pass) set_chip(chip_, Status::good, tr("It came back"));
    else if (result == Result::partial) set_chip(chip_, Status::bad, tr("Not everything came back"));
    else if (result == Result::fail) set_chip(chip_, Status::bad, tr("It did not come back"));
    else set_chip(chip_, Status::unknown, tr("Nothing is proven"));
    said_->set_text(join(outcome_->sentences, "\n"));
    times_->Show(result == Result::pass && outcome_->sample_mb > 0 && !small);
    scroll_->content_changed();
    return true;
  }

  void write_down() {
    if (!outcome_ || !attempt([&] { session_.document().apply(outcome_->change); })) return;
    attempt([&] { remove_manifest(manifest_); });
    session_.show_note(tr("Restore test written down: {sentence}", {{"sentence", outcome_->sentences.front()}}));
    EndModal(wxID_OK);
  }

  void forget() {
    if (!attempt([&] { remove_manifest(manifest_); })) return;
    running_.reset();
    outcome_.reset();
    show();
  }

  Session& session_;
  Id backup_;
  std::string manifest_;
  std::optional<RestoreSession> running_;
  RestoreComparison comparison_;
  RestoreEnding ending_;
  std::optional<RestoreOutcome> outcome_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  std::stop_source stop_;
  bool busy_ = false;
  wxTimer tick_;
  ScrolledPanel* scroll_ = nullptr;
  wxPanel *choose_ = nullptr, *run_ = nullptr, *result_ = nullptr, *working_ = nullptr;
  wxTextCtrl *from_ = nullptr, *files_ = nullptr, *mb_ = nullptr, *names_ = nullptr, *at_ = nullptr;
  wxButton *start_ = nullptr, *compare_ = nullptr, *forget_ = nullptr, *write_ = nullptr;
  wxCheckBox *last_file_ = nullptr, *times_ = nullptr;
  wxStaticText *clock_ = nullptr, *chip_ = nullptr, *done_ = nullptr;
  wxGauge* gauge_ = nullptr;
  WrappedText *instruction_ = nullptr, *list_ = nullptr, *said_ = nullptr, *trouble_ = nullptr;
};

}  // namespace

void test_restore(wxWindow* parent, Session& session, const Id& backup) {
  if (!find_in(session.plan().backups, backup)) return;
  session.commit_pending();
  RestoreDialog dialog(parent, session, backup);
  dialog.ShowModal();
}

}  // namespace mainstay
