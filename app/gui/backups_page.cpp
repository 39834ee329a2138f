// SPDX-License-Identifier: MIT
#include <wx/gauge.h>
#include <wx/msgdlg.h>
#include <wx/textctrl.h>
#include <wx/wrapsizer.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/backup_history_view.h"
#include "app/gui/discover_dialog.h"
#include "app/gui/finding_words.h"
#include "app/gui/list_detail.h"
#include "app/gui/restore_dialog.h"
#include "app/gui/secret_dialog.h"
#include "app/gui/trust_dialog.h"
#include "app/gui/wx_text.h"
#include "core/base/id.h"
#include "core/model/probe_settings.h"
#include "core/probe/allowed_commands.h"
#include "core/probe/probe_types.h"

namespace mainstay {
namespace {

/// How much of the RPO the age has used, in percent; nothing where either is not known.
std::optional<std::int64_t> used_percent(const BackupStatus& status) {
  if (status.age_minutes < 0 || !status.rpo.rpo_minutes || status.rpo.rpo_minutes.count <= 0) return std::nullopt;
  return (status.working_age_minutes >= 0 ? status.working_age_minutes : status.age_minutes) * 100 / status.rpo.rpo_minutes.count;
}

/// The same as a bar of five and in percent: readable as text.
std::string used_words(std::optional<std::int64_t> percent) {
  if (!percent) return tr("not known");
  std::string bar;
  for (int i = 1; i <= 5; ++i) bar += *percent >= i * 20 - 10 ? "▰" : "▱";
  return tr("{bar} {percent} %", {{"bar", bar}, {"percent", *percent > 999 ? std::string(">999") : std::to_string(*percent)}});
}

/// The place of a state in the list where it is sorted by: the worst first.
int order_of(BackupState state) {
  switch (state) {
    case BackupState::breached: return 0;
    case BackupState::failed: return 1;
    case BackupState::at_risk: return 2;
    case BackupState::unknown: return 3;
    case BackupState::ok: break;
  }
  return 4;
}

/// One row per backup: the measured age against what the business can bear.
class BackupsPage : public ListDetailPage {
 public:
  BackupsPage(wxWindow* parent, Session& session)
      : ListDetailPage(parent, session, tr("Backups"),
                       tr("The age of the newest restorable point, measured, against the data loss that the tightest activity can bear (its RPO).")) {
    test_all_ = make_button(this, tr("&Test all now"), "backup_test_all", [this] { session_.test_backups(); });
    test_one_ = make_button(this, tr("Test t&his one"), "backup_test", [this] { session_.test_backups({Id{list_->selected()}}); });
    cancel_ = make_button(this, tr("&Cancel"), "backup_cancel", [this] { session_.cancel_test(); });
    gauge_ = new wxGauge(this, wxID_ANY, 100);
    set_accessible(gauge_, tr("Progress of the test"), "backup_progress");
    progress_ = make_label(this, "");
    to_bar(test_all_);
    to_bar(test_one_);
    to_bar(cancel_);
    to_bar(gauge_);
    to_bar(progress_, 1);
    to_bar(make_button(this, tr("&Add a backup"), "backup_add", [this] { add_of_kind("backup"); }));
    make_list(tr("Backups"), "backup_list",
              {{tr("State"), 100}, {tr("Backup"), 146}, {tr("Age"), 80}, {tr("Limit used"), 104, true}, {tr("Limit"), 60, false, false, true}, {tr("Last 30 days"), 158, true, true, true},
               {tr("Tightest user"), 150, false, false, true}, {tr("Read"), 140, false, false, true}},
              {tr("No backup is in the plan yet"), tr("Add each copy of your data: Time Machine on a NAS, CrashPlan, a disk taken home. Then say where to measure it and press “Test now”."),
               tr("Add a backup"), [this] { add_of_kind("backup"); }});

    list_->picture_of = [this](const std::string& id) -> const TableList::Picture& {
      return pictures_.of(Id{id}, *list_, for_text(list_, 60), list_->GetCharHeight());
    };

    chip_ = make_chip(right(), Status::none, "");
    chip_->SetFont(chip_->GetFont().Scaled(1.15f));
    sentence_ = make_text(right(), "", gap_page);
    clocks_ = make_text(right(), "", gap_page);
    chain_ = make_hint(right(), "", gap_page);
    trust_ = make_button(right(), tr("&Trust this device…"), "probe_trust", [this] { CallAfter([this] { if (const auto* probe = probe_of(Id{list_->selected()})) trust_device(this, session_, probe->id); }); });
    allow_ = make_button(right(), tr("A&llow this command on this computer"), "probe_allow", [this] { allow(); });
    detail()->Add(chip_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    detail()->Add(sentence_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    detail()->Add(clocks_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    detail()->Add(chain_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    detail()->Add(trust_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    detail()->Add(allow_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    history_ = new BackupHistoryView(right(), session);
    detail()->Add(history_, wxSizerFlags().Expand());
    detail()->Add(make_section(right(), tr("The backup")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    detail()->Add(make_form(), wxSizerFlags().Expand());
    detail()->Add(make_section(right(), tr("Where to measure it")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    add_probe_ = make_button(right(), tr("Add a &probe"), "probe_add", [this] { add_probe(); });
    detail()->Add(add_probe_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap_wide)));
    probe_ = new RecordForm(right(), session, {"backup_id"});
    detail()->Add(probe_, wxSizerFlags().Expand());
    const auto in_row = wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(gap));  // a row goes on below where it finds no room
    secret_ = make_button(right(), tr("&Keep its secret…"), "probe_secret", [this] { CallAfter([this] { if (const auto* probe = probe_of(Id{list_->selected()})) keep_probe_secret(this, session_, probe->id); }); });
    discover_ = make_button(right(), tr("&Find other Macs on this share…"), "probe_discover", [this] { CallAfter([this] { if (const auto* probe = probe_of(Id{list_->selected()})) discover_bundles(this, session_, probe->id); }); });
    auto* beside_probe = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
    for (auto* button : {secret_, discover_}) beside_probe->Add(button, in_row);
    detail()->Add(beside_probe, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    where_ = make_hint(right(), "", gap_page);
    detail()->Add(where_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    reply_title_ = make_section(right(), tr("The last reply, for support (secrets removed)"));
    detail()->Add(reply_title_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    reply_ = new wxTextCtrl(right(), wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxTE_READONLY);
    reply_->SetMinSize(wxSize(FromDIP(120), reply_->GetCharHeight() * 7));
    set_accessible(reply_, tr("The last reply of the server or program, secrets removed"), "probe_reply");
    detail()->Add(reply_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    auto* buttons = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
    restore_ = make_button(right(), tr("Write down a &restore test"), "restore_add", [this] { add_restore_test(); });
    remove_ = make_button(right(), tr("Re&move this backup"), "backup_remove", [this] { remove_selected(); });
    buttons->Add(make_button(right(), tr("Test a r&estore…"), "restore_test", [this] { CallAfter([this] { test_restore(this, session_, Id{list_->selected()}); }); }), in_row);
    for (auto* button : {restore_, remove_}) buttons->Add(button, in_row);
    detail()->Add(buttons, wxSizerFlags().Expand());
    arrange();
    testing_ = session.test_changed.subscribe([this] { show_progress(); });
    show_progress();
  }

  void refresh() override {
    statuses_ = document().backups();
    std::vector<TableList::Row> rows;
    for (const auto& status : statuses_) {
      TableList::Row row{status.backup_id.text,
                         {status_words(status_of(status), backup_status_label(status)), title_of(plan(), status.backup_id),
                          status.age_minutes < 0 ? tr("not known") : spoken_minutes(status.age_minutes), used_words(used_percent(status)),
                          status.rpo.rpo_minutes ? spoken_minutes(status.rpo.rpo_minutes.count) : tr("not said"), pictures_.key(status.backup_id, status.rpo),
                          status.rpo.activity_id.empty() ? tr("nobody yet") : title_of(plan(), status.rpo.activity_id), status.read_at ? spoken(status.read_at) : tr("never")}};
      row.status = status_of(status);
      const auto number = [](bool known, std::int64_t value) { return TableList::order_of(known ? std::optional<std::int64_t>(value) : std::nullopt); };
      row.order = {{0, std::to_string(order_of(status.state))}, {2, number(status.age_minutes >= 0, status.age_minutes)}, {3, TableList::order_of(used_percent(status))},
                   {4, number(static_cast<bool>(status.rpo.rpo_minutes), status.rpo.rpo_minutes.count)}, {5, TableList::order_of(used_percent(status))}, {7, status.read_at ? to_text(status.read_at) : std::string()}};
      rows.push_back(std::move(row));
    }
    fill_list(std::move(rows));
    show_progress();
  }

 private:
  const Probe* probe_of(const Id& backup) const {
    for (const auto& probe : session_.plan().probes)
      if (probe.backup_id == backup) return &probe;
    return nullptr;
  }

  void show_selected() override {
    const Id id{list_->selected()};
    const auto found = std::find_if(statuses_.begin(), statuses_.end(), [&](const auto& status) { return status.backup_id == id; });
    const bool there = found != statuses_.end() && static_cast<bool>(find_record(plan(), id));
    right()->Show(there);
    form_->show(there ? id : Id{});
    const auto* probe = there ? probe_of(id) : nullptr;
    probe_->show(probe ? probe->id : Id{});
    add_probe_->Show(there && !probe);
    test_one_->Enable(probe && !session_.testing());
    if (there) {
      history_->show(*found);
      set_chip(chip_, status_of(*found), backup_status_label(*found));
      sentence_->set_text(found->detail);
      clocks_->set_text(tr("Last attempt: {attempt}. Last restorable point: {point}. Last proven restore: {proven}.",
                           {{"attempt", found->last_attempt ? spoken(found->last_attempt) : tr("not known")},
                            {"point", found->last_point ? spoken(found->last_point) : tr("not known")},
                            {"proven", found->last_proven ? spoken(found->last_proven) : tr("never")}}));
    }
    show_measuring(there ? id : Id{}, probe);
    right()->content_changed();
  }

  /// What sets the RPO, whom to trust, where to find what the probe asks for, and what was answered last.
  void show_measuring(const Id& backup, const Probe* probe) {
    const auto* newest = probe ? latest_as_set(document().observations(), *probe, document().now()) : nullptr;
    chain_->set_text(backup.empty() ? std::string() : chain_of(backup));
    trust_->Show(probe && !untrusted_fingerprint(session_, probe->id).empty());  // the sentence above names it
    discover_->Show(probe && probe->type == Probe::Type::time_machine);
    secret_->Show(probe && takes_secret(probe->type));
    allow_->Show(probe && probe->type == Probe::Type::command && !probe->command.empty() && !is_allowed_command(probe->command));
    std::string where;
    if (probe)
      for (const auto& field : probe_fields(probe->type))
        where += (where.empty() ? "" : "\n") + tr("{label}: {where} For example: {example}", {{"label", tr(field.label)}, {"where", tr(field.where)}, {"example", field.example}});
    where_->set_text(where);
    const auto text = newest ? newest->reply : std::string();
    reply_title_->Show(!text.empty());
    reply_->Show(!text.empty());
    if (utf8(reply_->GetValue()) != text) reply_->ChangeValue(wx(text));
  }

  /// "Take orders → Orders → Nightly": from the activity that sets the RPO to the backup.
  std::string chain_of(const Id& backup) {
    const auto rpo = inherited_rpo(plan(), document().graph(), backup);
    if (rpo.activity_id.empty()) return tr("No activity sets an RPO for it yet: link the data it protects to the activities that use it.");
    std::vector<std::string> data;
    for (const auto& link : plan().links)
      if (link.kind == Link::Kind::protects && link.from_id == backup) data.push_back(title_of(plan(), link.to_id));
    return tr("What sets the limit: {activity} → {data} → {backup}", {{"activity", title_of(plan(), rpo.activity_id)}, {"data", join(data, ", ")}, {"backup", title_of(plan(), backup)}});
  }

  void allow() {
    const auto* probe = probe_of(Id{list_->selected()});
    if (!probe) return;
    const auto question = tr("A plan can come from anybody. Shall this command run on this computer whenever the backup is measured?\n\n{command}", {{"command", probe->command}});
    if (wxMessageBox(wx(question), wx(tr("Allow a command")), wxYES_NO | wxNO_DEFAULT | wxICON_WARNING, this) != wxYES) return;
    if (session_.attempt([&] { allow_command(probe->command); })) session_.test_backups({Id{list_->selected()}});
    show_selected();
  }

  void show_progress() {
    const bool testing = session_.testing();
    gauge_->Show(testing);
    cancel_->Show(testing);
    test_all_->Enable(!testing && !plan().probes.empty());
    test_one_->Enable(!testing && probe_of(Id{list_->selected()}));
    if (testing) {
      gauge_->SetRange(std::max(1, session_.tests_total()));
      gauge_->SetValue(std::min(session_.tests_done(), session_.tests_total()));
      progress_->SetLabel(wx(tr("{done} of {total} read", {{"done", session_.tests_done()}, {"total", session_.tests_total()}})));
    } else {
      progress_->SetLabel({});
    }
    Layout();
  }

  void add_probe() {
    const Id backup{list_->selected()};
    const auto* record = find_in(plan().backups, backup);
    if (!record) return;
    const auto* usual = probe_type(usual_probe(record->method));
    const std::string type = usual ? std::string(usual->id) : std::string();
    session_.attempt([&] {
      document().apply(add_record("probe", new_id("probe"), {{"name", tr("Measure {backup}", {{"backup", record->name}})}, {"backup_id", backup.text}, {"type", type}}));
    });
    refresh();
    probe_->focus_first();
  }

  void add_restore_test() {
    const auto test = new_id("restore_test");
    if (session_.attempt([&] {
          document().apply(add_record("restore_test", test, {{"backup_id", list_->selected()}, {"on", to_text(document().today())}}));
        }))
      session_.show_record(test);
  }

  std::vector<BackupStatus> statuses_;
  AgePictures pictures_{document()};
  BackupHistoryView* history_;
  wxButton *test_all_, *test_one_, *cancel_, *add_probe_, *restore_, *remove_, *trust_, *allow_, *secret_, *discover_;
  wxGauge* gauge_;
  wxStaticText *progress_, *chip_;
  WrappedText *sentence_, *clocks_, *chain_, *where_;
  wxStaticText* reply_title_;
  wxTextCtrl* reply_;
  RecordForm* probe_ = nullptr;
  Subscription testing_;
};

}  // namespace

Page* make_backups_page(wxWindow* parent, Session& session, const PageInfo&) { return new BackupsPage(parent, session); }

}  // namespace mainstay
