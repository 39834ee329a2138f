// SPDX-License-Identifier: MIT
#include <wx/wrapsizer.h>

#include <algorithm>
#include <cmath>

#include "app/gui/accessible.h"
#include "app/gui/add_dialog.h"
#include "app/gui/chart_view.h"
#include "app/gui/list_detail.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

/// Time along the axis: hours matter at first and weeks later, so the scale is logarithmic.
double along(std::int64_t minutes) { return std::log2(1.0 + static_cast<double>(minutes) / 60.0); }

/// What must keep going, by when, and how badly its loss hurts as time goes by.
class ActivitiesPage : public ListDetailPage {
 public:
  ActivitiesPage(wxWindow* parent, Session& session)
      : ListDetailPage(parent, session, tr("Activities"), tr("What must keep going: how long it may stop (MTPD), when it must be back (RTO) and how much work may be lost (RPO).")) {
    bar()->AddStretchSpacer();
    to_bar(make_button(this, tr("&Add an activity"), "activity_add", [this] { add_of_kind("activity"); }));
    remove_ = make_button(this, tr("Re&move"), "activity_remove", [this] { remove_selected(); });
    to_bar(remove_);
    make_list(tr("Activities"), "activity_list", {{tr("Activity"), 190}, {tr("MTPD"), 70}, {tr("RTO"), 70}, {tr("RPO"), 70}, {tr("Rests on"), 130}},
              {tr("The plan does not say yet what must keep going"), tr("Take a plan for a business like yours step by step, or add the first activity here."), tr("Go step by step"),
               [this] { session_.go_to("wizard"); }});
    heading_ = make_record_heading(right());
    detail()->Add(heading_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    curve_ = new ChartView(right(), "impact_curve", 13);
    detail()->Add(curve_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    words_ = make_hint(right(), "", gap_page);
    detail()->Add(words_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    auto* buttons = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
    const auto in_row = wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(gap));
    buttons->Add(make_button(right(), tr("Add an &impact"), "impact_add", [this] { add_impact(); }), in_row);
    buttons->Add(make_button(right(), tr("What it &needs"), "activity_needs", [this] { session_.go_to("dependencies", Id{list_->selected()}); }), in_row);
    detail()->Add(buttons, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    detail()->Add(make_form(), wxSizerFlags().Expand());
    arrange();
  }

  void refresh() override {
    std::vector<TableList::Row> rows;
    const auto* info = table_of("activity")->info;
    for (const auto& activity : plan().activities) {
      TableList::Row row{activity.id.text, {activity.name}};
      for (const auto* key : {"mtpd_minutes", "rto_minutes", "rpo_minutes"}) {
        row.order[row.cells.size()] = info->field(key)->text(&activity);
        row.cells.push_back(info->field(key)->spoken(&activity));
      }
      row.cells.push_back(info->field("times_basis")->spoken(&activity));
      rows.push_back(std::move(row));
    }
    fill_list(std::move(rows));
  }

 private:
  void show_selected() override {
    const Id id{list_->selected()};
    const auto* activity = find_in(plan().activities, id);
    right()->Show(activity != nullptr);
    remove_->Enable(activity != nullptr);
    form_->show(activity ? id : Id{});
    if (activity) {
      heading_->set_text(tr("{activity}: how it hurts as time goes by", {{"activity", activity->name}}));
      draw(*activity);
    }
    right()->content_changed();
  }

  void draw(const Activity& activity) {
    Chart chart;
    constexpr std::pair<std::int64_t, const char*> ticks[] = {{0, "0"}, {60, "1 h"}, {240, "4 h"}, {480, "8 h"}, {1440, "1 d"}, {4320, "3 d"}, {10080, "1 w"}, {20160, "2 w"}, {43200, "30 d"}};
    for (const auto& [minutes, label] : ticks) chart.x_ticks.emplace_back(along(minutes), label);
    chart.x_max = along(43200);
    chart.y_max = 4.2;
    for (std::size_t level = 1; level < std::size(impact_level_choices); ++level) chart.y_ticks.emplace_back(static_cast<double>(level) - 1, tr(impact_level_choices[level].label));
    std::string described;
    for (std::size_t category = 1; category < std::size(impact_category_choices); ++category) {
      std::vector<const Impact*> points;
      for (const auto& impact : plan().impacts)
        if (impact.activity_id == activity.id && static_cast<std::size_t>(impact.category) == category && impact.after_minutes && impact.level != Impact::Level::unknown) points.push_back(&impact);
      if (points.empty()) continue;
      std::sort(points.begin(), points.end(), [](const auto* a, const auto* b) { return a->after_minutes.count < b->after_minutes.count; });
      ChartSeries series{tr(impact_category_choices[category].label), series_colour(category - 1), {{0.0, 0.0}}, true};
      // Lines on one level stand a little apart, so that none hides another.
      const double apart = 0.03 * static_cast<double>(category);
      for (const auto* point : points) series.points.emplace_back(along(point->after_minutes.count), static_cast<double>(point->level) - 1 + apart);
      described += tr(" {category}: {level} after {time}.", {{"category", series.label}, {"level", lower_case(impact_level_choices[static_cast<std::size_t>(points.back()->level)].label)},
                                                             {"time", spoken_minutes(points.back()->after_minutes.count)}});
      chart.series.push_back(std::move(series));
    }
    if (activity.rto_minutes) chart.marks.push_back({along(activity.rto_minutes.count), tr("RTO {time}", {{"time", spoken_minutes(activity.rto_minutes.count)}}), Status::info});
    if (activity.mtpd_minutes) chart.marks.push_back({along(activity.mtpd_minutes.count), tr("MTPD {time}", {{"time", spoken_minutes(activity.mtpd_minutes.count)}}), Status::bad});
    const auto none = tr("Nobody has said yet how its loss hurts as time goes by.");
    words_->set_text(described.empty() ? none : std::string(trimmed(described)));
    curve_->show(std::move(chart), tr("Impact curve of {activity}. {words}", {{"activity", activity.name}, {"words", described.empty() ? none : std::string(trimmed(described))}}));
  }

  void add_impact() {
    const auto id = add_record_of_kind(this, session_, "impact");
    if (!id.empty()) session_.show_record(id);
  }

  wxButton* remove_;
  WrappedText* heading_;
  ChartView* curve_;
  WrappedText* words_;
};

}  // namespace

Page* make_activities_page(wxWindow* parent, Session& session, const PageInfo&) { return new ActivitiesPage(parent, session); }

}  // namespace mainstay
