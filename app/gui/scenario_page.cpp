// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/textctrl.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/chart_view.h"
#include "app/gui/finding_words.h"
#include "app/gui/page.h"
#include "app/gui/table_list.h"
#include "app/gui/trouble.h"
#include "app/gui/wx_text.h"
#include "core/analysis/survive.h"
#include "core/base/error.h"

namespace mainstay {
namespace {

/// Would the business survive so many days without …: played day by day.
class ScenarioPage : public Page {
 public:
  ScenarioPage(wxWindow* parent, Session& session) : Page(parent, session), scroll_(new ScrolledPanel(this)) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_title(scroll_, tr("Would the business survive two weeks without …?")), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* first = new wxBoxSizer(wxVERTICAL);
    loss_ = new wxChoice(scroll_, wxID_ANY);
    loss_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { chosen_ = losses_[static_cast<std::size_t>(loss_->GetSelection())].first; play(); });
    add_field(first, loss_, tr("What is lost"), "scenario_loss");
    auto* second = new wxBoxSizer(wxVERTICAL);
    days_ = new wxTextCtrl(scroll_, wxID_ANY, "14", wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
    days_->SetMinSize(wxSize(-1, days_->GetCharHeight() + FromDIP(gap_wide)));
    days_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { play(); });
    days_->Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
      event.Skip();
      if (!IsBeingDeleted()) CallAfter([this] { play(); });
    });
    add_field(second, days_, tr("For how many days"), "scenario_days");
    row->Add(first, wxSizerFlags(1).Border(wxRIGHT, FromDIP(gap_wide)));
    row->Add(second);
    column->Add(row, wxSizerFlags().Expand());
    chip_ = make_chip(scroll_, Status::none, "");
    chip_->SetFont(chip_->GetFont().Scaled(1.3f));
    column->Add(chip_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    verdict_ = make_text(scroll_, "", gap_page);
    column->Add(verdict_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    rests_ = make_hint(scroll_, "", gap_page);
    column->Add(rests_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    unknown_ = make_hint(scroll_, "", gap_page);
    column->Add(unknown_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    column->Add(make_section(scroll_, tr("Cash left at the end of each day")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    no_cash_ = make_hint(scroll_, "", gap_page);
    column->Add(no_cash_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    cash_ = new ChartView(scroll_, "cash_chart", 12);
    column->Add(cash_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    column->Add(make_section(scroll_, tr("How much of each activity runs")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    service_ = new ChartView(scroll_, "service_chart", 13);
    column->Add(service_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    column->Add(make_section(scroll_, tr("Day by day")), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    table_ = new TableList(scroll_, tr("Day by day"), "scenario_days_table",
                           {{tr("Day"), 90}, {tr("Earned"), 110}, {tr("Lost income"), 110}, {tr("Extra cost"), 110}, {tr("Fixed cost"), 110}, {tr("Insurance"), 110}, {tr("Cash left"), 120}});
    table_->SetMinSize(wxSize(FromDIP(400), GetCharHeight() * 18));
    column->Add(table_, wxSizerFlags().Expand());
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column, wxSizerFlags().Expand().Border(wxALL, FromDIP(gap_page)));
    scroll_->SetSizer(padded);
    auto* sizer = new wxBoxSizer(wxVERTICAL);
    sizer->Add(scroll_, wxSizerFlags(1).Expand());
    SetSizer(sizer);
  }

  void refresh() override {
    losses_ = {{"premises", tr("The premises: every place of work")}};
    for (const auto& scenario : plan().scenarios)
      if (!scenario.lose.empty()) losses_.emplace_back("scenario:" + scenario.id.text, tr("Scenario: {name}", {{"name", scenario.name}}));
    for (const auto& site : plan().sites) losses_.emplace_back(site.id.text, tr("Place: {name}", {{"name", site.name}}));
    for (const auto& supplier : plan().suppliers) losses_.emplace_back(supplier.id.text, tr("Supplier: {name}", {{"name", supplier.name}}));
    for (const auto& resource : plan().resources) losses_.emplace_back(resource.id.text, tr("Resource: {name}", {{"name", resource.name}}));
    for (const auto& person : plan().people) losses_.emplace_back(person.id.text, tr("Person: {name}", {{"name", person.name}}));
    wxArrayString labels;
    int selected = 0;
    for (std::size_t i = 0; i < losses_.size(); ++i) {
      labels.Add(wx(losses_[i].second));
      if (losses_[i].first == chosen_) selected = static_cast<int>(i);
    }
    loss_->Set(labels);
    loss_->SetSelection(selected);
    chosen_ = losses_[static_cast<std::size_t>(selected)].first;
    played_.clear();
    play();
  }

 private:
  void play() {
    long days = 14;
    if (!days_->GetValue().ToLong(&days) || days < 1 || days > 365) {
      show_trouble(days_, tr("The test takes 1 to 365 days, not “{text}”.", {{"text", utf8(days_->GetValue())}}));
      return;
    }
    show_trouble(days_, {});
    const auto key = chosen_ + "/" + std::to_string(days);
    if (key == played_) return;
    played_ = key;
    session_.attempt([&] {
      std::vector<std::string> words{chosen_};
      if (chosen_.starts_with("scenario:"))
        if (const auto* scenario = find_in(plan().scenarios, Id{chosen_.substr(9)})) {
          words.clear();
          for (const auto& part : split(scenario->lose, ','))
            for (const auto& word : split(part, ' ')) words.push_back(word);
        }
      show(survive(plan(), document().graph(), parse_loss(plan(), words, static_cast<int>(days)), document().today()));
    });
  }

  void show(const Survival& result) {
    set_chip(chip_, status_of(result.outlook), result.word);
    verdict_->set_text(result.verdict);
    std::vector<std::string> rests = result.guesses;
    rests.insert(rests.end(), result.assumed.begin(), result.assumed.end());
    rests_->set_text(rests.empty() ? std::string() : tr("It rests on this: {list}", {{"list", join(rests, " ")}}));
    unknown_->set_text(result.unknown.empty() ? std::string() : tr("Not known, or counted at its worst: {list}", {{"list", join(result.unknown, " ")}}));
    const int last = std::max<int>(1, static_cast<int>(result.days.size()));
    Chart cash, service;
    cash.x_min = service.x_min = 0;
    cash.x_max = service.x_max = last;
    for (int day = 0; day <= last; day += std::max(1, last / 14)) {
      const auto label = day == 0 ? tr("start") : tr("day {day}", {{"day", day}});
      cash.x_ticks.emplace_back(day, label);
      service.x_ticks.emplace_back(day, label);
    }
    ChartSeries money{tr("Cash left"), accent_colour(), {{0.0, static_cast<double>(result.cash_start_cents)}}};
    double low = 0, high = static_cast<double>(std::max<std::int64_t>(result.cash_start_cents, 100));
    for (const auto& day : result.days) {
      money.points.emplace_back(day.day, static_cast<double>(day.cash_cents));
      low = std::min(low, static_cast<double>(day.cash_cents));
      high = std::max(high, static_cast<double>(day.cash_cents));
    }
    cash.y_min = low * 1.05;
    cash.y_max = high * 1.05;
    cash.zero_line = true;
    for (const double at : {low, 0.0, high / 2, high})
      if (at != 0.0 || low == 0.0 || at > low * 0.8) cash.y_ticks.emplace_back(at, spoken_money(static_cast<std::int64_t>(at) / 100 * 100));
    if (result.cash_ends_day > 0) cash.marks.push_back({static_cast<double>(result.cash_ends_day), tr("Cash ends on day {day}", {{"day", result.cash_ends_day}}), Status::bad});
    if (result.cash_known) cash.series.push_back(std::move(money));
    const auto described = !result.cash_known ? tr("Cash is not known, so there is nothing to draw: page 1 of “Step by step” asks for it.")
                                              : tr("Cash goes from {start} to {end} in {days} days.", {{"start", spoken_money(result.cash_start_cents)}, {"end", spoken_money(result.cash_end_cents)}, {"days", last}});
    cash_->show(std::move(cash), described);
    cash_->Show(result.cash_known);
    no_cash_->set_text(result.cash_known ? std::string() : described);
    no_cash_->Show(!result.cash_known);

    service.y_max = 105;
    for (const int percent : {0, 50, 100}) service.y_ticks.emplace_back(percent, tr("{percent} %", {{"percent", percent}}));
    std::string words;
    for (std::size_t i = 0; i < result.activities.size(); ++i) {
      ChartSeries line{title_of(plan(), result.activities[i]), series_colour(i), {{0.0, 100.0}}, false};
      for (const auto& day : result.days)
        if (i < day.activities.size()) line.points.emplace_back(day.day, day.activities[i].service_percent + 0.6 * static_cast<double>(i % 5));
      if (!result.days.empty() && i < result.days.back().activities.size())
        words += tr(" {activity}: {percent} % on the last day.", {{"activity", line.label}, {"percent", result.days.back().activities[i].service_percent}});
      service.series.push_back(std::move(line));
    }
    service_->show(std::move(service), tr("Service of each activity by day.{words}", {{"words", words}}));

    std::vector<TableList::Row> rows;
    for (const auto& day : result.days) {
      TableList::Row row{std::to_string(day.day), {day.open ? tr("{day}", {{"day", day.day}}) : tr("{day} (closed)", {{"day", day.day}})}};
      for (const auto cents : {day.earned_cents, day.lost_income_cents, day.extra_cost_cents, day.fixed_cost_cents, day.insurance_cents, day.cash_cents}) {
        const bool is_known = row.cells.size() < 6 || result.cash_known;  // the last is the cash
        row.order[row.cells.size()] = TableList::order_of(is_known ? std::optional<std::int64_t>(cents) : std::nullopt);
        row.cells.push_back(is_known ? spoken_money(cents) : tr("not known"));
      }
      rows.push_back(std::move(row));
    }
    table_->set_rows(std::move(rows));
    scroll_->content_changed();
  }

  ScrolledPanel* scroll_;
  wxChoice* loss_;
  wxTextCtrl* days_;
  wxStaticText* chip_;
  WrappedText *verdict_, *rests_, *unknown_, *no_cash_;
  ChartView *cash_, *service_;
  TableList* table_;
  std::vector<std::pair<std::string, std::string>> losses_;
  std::string chosen_ = "premises", played_;
};

}  // namespace

Page* make_scenario_page(wxWindow* parent, Session& session, const PageInfo&) { return new ScenarioPage(parent, session); }

}  // namespace mainstay
