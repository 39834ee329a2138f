// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <map>

#include "core/base/csv.h"
#include "core/model/timeline.h"
#include "core/report/figure_history.h"
#include "core/report/printed_reason.h"
#include "core/report/report.h"
#include "core/report/section.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

Instant at(std::string_view text) { return *parse_instant(text); }
const Instant now = at("2026-11-24T12:00:00Z");

struct Made {
  Plan plan;
  Graph graph;
  std::vector<Observation> observations;
  std::vector<Finding> findings;
  explicit Made(Plan p) : plan(std::move(p)), graph(plan) {}
  ReportInput input(std::string_view period = "") const {
    ReportInput in{plan, graph, observations, findings, now, "ab12cd34ef567890ab12cd34ef567890", 7, ""};
    if (!period.empty()) in.period = parse_period(period);
    return in;
  }
  std::string html(std::string_view period = "") const { return write_html(build_report(input(period), "backup-evidence")); }
  BackupHistory history(Instant from, Instant to) const {
    readings = readings_of(observations, Id{"b"});
    return backup_history(plan, graph, plan.backups.front(), readings, from, to, now);
  }
  mutable ReadingList readings;
};

Plan business(const std::string& rpo = "rpo_minutes='1440'") {
  return testing::plan("<organisation id='organisation' name='Harbour Books'/><site id='main' kind='main' open_days='mon-sat'/><activity id='a' name='Take orders' " + rpo +
                       "/><resource id='d' name='Orders' kind='data'/><backup id='b' name='Nightly &lt;copy&gt;' run_at='02:00' run_minutes='30'/><probe id='p' name='NAS probe' backup_id='b' type='time_machine'/>"
                       "<link id='l' from_id='a' to_id='d' kind='needs'/><link id='m' from_id='b' to_id='d' kind='protects'/>"
                       "<restore_test id='t' backup_id='b' on='2026-11-10' result='pass' took_minutes='42'/>");
}

/// Nightly copies read each morning from some day of October on; two nights without a copy, one morning without an answer.
std::vector<Observation> autumn() {
  std::vector<Observation> all;
  Instant point;
  for (auto day = Date::of(2026, 10, 1); day.days <= Date::of(2026, 11, 24).days; day = day.plus_days(1)) {
    Observation o;
    o.uuid = to_text(day);
    o.backup_id = Id{"b"};
    o.probe_id = Id{"p"};
    o.read_at = Instant(std::int64_t{day.days} * 86400 + 8 * 3600);
    if (day != Date::of(2026, 11, 12) && day != Date::of(2026, 11, 13)) point = Instant(std::int64_t{day.days} * 86400 + 2 * 3600 + 1200);
    o.outcome = day == Date::of(2026, 11, 18) ? Observation::Outcome::unreadable : Observation::Outcome::read;
    if (o.outcome == Observation::Outcome::read) o.last_point = o.last_attempt = point;
    else o.detail = "The NAS did not answer.";
    all.push_back(o);
  }
  return all;
}

void check_inside(const Figure& figure) {
  const auto inside = [&](double x, double y) {
    CHECK(x >= -0.5);
    CHECK(y >= -0.5);
    CHECK(x <= figure.width + 0.5);
    CHECK(y <= figure.height + 0.5);
  };
  for (const auto& shape : figure.shapes) {
    if (const auto* line = std::get_if<Figure::Line>(&shape)) inside(line->x1, line->y1), inside(line->x2, line->y2);
    if (const auto* rect = std::get_if<Figure::Rect>(&shape)) inside(rect->x + 2, rect->y + 2), inside(rect->x + rect->w - 2, rect->y + rect->h - 2);
    if (const auto* label = std::get_if<Figure::Label>(&shape)) inside(label->x, label->y);
    if (const auto* poly = std::get_if<Figure::Poly>(&shape))
      for (const auto& [x, y] : poly->points) inside(x, y);
  }
}
bool says(const Figure& figure, std::string_view text) {
  return std::any_of(figure.shapes.begin(), figure.shapes.end(), [&](const auto& shape) {
    const auto* label = std::get_if<Figure::Label>(&shape);
    return label && label->text.find(text) != std::string::npos;
  });
}
std::size_t polys(const Figure& figure, std::string_view stroke) {
  return static_cast<std::size_t>(std::count_if(figure.shapes.begin(), figure.shapes.end(), [&](const auto& shape) {
    const auto* poly = std::get_if<Figure::Poly>(&shape);
    return poly && poly->stroke == stroke;
  }));
}

}  // namespace

TEST_CASE("The plot of an age names its limit, who set it and the greatest age, and says the same in words", "[report]") {
  Made made{business()};
  made.observations = autumn();
  const auto h = made.history(at("2026-11-01"), now);
  const auto figure = age_figure(made.plan, h);
  CHECK(says(figure, "Limit 1 d, set by Take orders"));
  CHECK(says(figure, "greatest 3 d"));
  CHECK(says(figure, "no answer"));
  CHECK(says(figure, "✕"));
  CHECK(says(figure, "✓"));
  CHECK(polys(figure, "bad") == 1);
  CHECK(figure.alt.find("Its greatest age was 3 d, on 14 Nov 2026, 02:20") != std::string::npos);
  CHECK(figure.alt.find("Of 20 planned runs 17 were made and 2 missed; of 1 it is not known.") != std::string::npos);
  CHECK(figure.alt.find("One of 24 readings got no answer.") != std::string::npos);
  check_inside(figure);
  for (const auto& [width, height] : {std::pair{160.0, 90.0}, {300.0, 500.0}, {1200.0, 140.0}}) check_inside(age_figure(made.plan, h, width, height));
  check_inside(age_figure(made.plan, made.history(at("2026-10-01"), now)));
  check_inside(age_sparkline(made.plan, h, 90, 18));
  CHECK(polys(age_sparkline(made.plan, h, 90, 18), "bad") == 1);
}

TEST_CASE("A plot without readings or without a limit draws what there is and promises nothing", "[report]") {
  Made made{business("")};
  auto figure = age_figure(made.plan, made.history(at("2026-11-01"), now));
  CHECK(polys(figure, "accent") == 0);
  CHECK(says(figure, "not known"));
  CHECK(figure.alt.find("Nothing was read") != std::string::npos);
  made.observations = autumn();
  figure = age_figure(made.plan, made.history(at("2026-11-01"), now));
  CHECK(polys(figure, "accent") >= 1);
  CHECK(polys(figure, "bad") == 0);
  CHECK_FALSE(says(figure, "Limit"));
  CHECK(figure.alt.find("no limit to hold it against") != std::string::npos);
  check_inside(figure);
}

TEST_CASE("A gap in the readings breaks the line and is tinted", "[report]") {
  Made made{business()};
  made.observations = autumn();
  std::erase_if(made.observations, [](const Observation& o) { return o.read_at > at("2026-11-04") && o.read_at < at("2026-11-09"); });
  const auto h = made.history(at("2026-11-01"), now);
  const auto figure = age_figure(made.plan, h);
  CHECK(polys(figure, "accent") == 3);  // before the gap, after it, and after the morning without an answer
  CHECK(says(figure, "not known"));
  CHECK(h.told_permille() < 1000);
}

TEST_CASE("Thousands of teeth are drawn with no more corners than the eye can part, and none of the peaks is lost", "[report]") {
  Made made{business("rpo_minutes='120'")};
  for (int hour = 0; hour < 24 * 90; ++hour) {
    Observation o;
    o.uuid = std::to_string(hour);
    o.backup_id = Id{"b"};
    o.outcome = Observation::Outcome::read;
    o.read_at = at("2026-08-26T00:10:00Z").plus_minutes(hour * 60);
    o.last_point = at("2026-08-26T00:00:00Z").plus_minutes((hour == 1000 ? hour - 1 : hour) * 60);
    made.observations.push_back(o);
  }
  const auto figure = age_figure(made.plan, made.history(at("2026-08-26"), now));
  std::size_t corners = 0;
  for (const auto& shape : figure.shapes)
    if (const auto* poly = std::get_if<Figure::Poly>(&shape)) corners += poly->points.size();
  CHECK(corners > 500);
  CHECK(corners < 4200);
  CHECK(says(figure, "greatest 2 h"));
}

TEST_CASE("The month's evidence tells limits, shares, missed runs, what was not read and by whom it was measured", "[report]") {
  Made made{business()};
  made.observations = autumn();
  const auto html = made.html();
  for (const auto* part : {"November 2026, up to 24 Nov 2026, 12:00", "One backup went past its limit<", "Take orders", "17 of 20", "2 missed", "1 not known", "12 Nov 2026, 02:20 to 14 Nov 2026, 02:20",
                           "12 Nov 2026, 02:00", "18 Nov 2026, 08:00: The NAS did not answer.", "“NAS probe” (Time Machine folder); 24 readings", "10 November 2026: passed, took 42 min", "Signature", "Nightly &lt;copy&gt;"}) {
    INFO(part);
    CHECK(html.find(part) != std::string::npos);
  }
  CHECK(html.find("Day by day: ") == std::string::npos);
  CHECK(html.find("greatest_age_minutes") == std::string::npos);
  CHECK(LaidOutReport(build_report(made.input(), "backup-evidence")).pages() <= 5);
}

TEST_CASE("A month in which the source says that its copy is not to be trusted is no good month, however new the copies", "[report]") {
  Made made{business()};
  made.observations = autumn();
  for (auto& o : made.observations)
    if (is_answer(o.outcome)) o.last_point = o.read_at.plus_minutes(-30);  // always new
  CHECK(made.html().find("not to be trusted<") == std::string::npos);
  auto& one = *std::find_if(made.observations.rbegin(), made.observations.rend(), [](const Observation& o) { return is_answer(o.outcome); });
  one.alarm = true;
  const auto html = made.html();
  CHECK(html.find("The copy of one backup was not to be trusted") != std::string::npos);
  CHECK(html.find("stayed inside its limit throughout") == std::string::npos);
  CHECK(html.find("On one day its source said that the copy is not to be trusted.") != std::string::npos);
  one.alarm = false;
  one.outcome = Observation::Outcome::failed;
  CHECK(made.html().find("On one day its source told of a failed run.") != std::string::npos);
}

TEST_CASE("The evidence as CSV is one table with one kind of row for each backup and one for each of its days", "[report]") {
  Made made{business()};
  made.plan.backups.front().name = "Nightly\n\"copy\", =all";
  made.observations = autumn();
  const auto rows = parse_csv(write_csv(build_report(made.input(), "backup-evidence")));
  REQUIRE(rows.size() == 1 + 1 + 24);
  std::map<std::string, std::size_t> column;
  for (std::size_t i = 0; i < rows[0].cells.size(); ++i) column[rows[0].cells[i]] = i;
  CHECK(column.size() == rows[0].cells.size());  // no two of one name
  for (const auto& row : rows) {
    CHECK(row.cells.size() == rows[0].cells.size());
    for (const auto& cell : row.cells) CHECK(cell.find('\n') == std::string::npos);
  }
  const auto value = [&](std::size_t row, const char* name) { return rows[row].cells.at(column.at(name)); };
  CHECK(value(1, "record") == "period");
  CHECK(value(1, "backup") == "Nightly \"copy\", =all");
  CHECK(value(1, "limit_minutes") == "1440");
  CHECK(value(1, "limit_set_by") == "Take orders");
  CHECK(value(1, "runs_made") == "17");
  CHECK(value(1, "runs_missed") == "2");
  CHECK(value(1, "readings_without_answer") == "1");
  CHECK(value(1, "restore_tests_passed") == "1");
  CHECK(value(13, "from") == "2026-11-12");
  CHECK(value(13, "record") == "day");
  CHECK(value(13, "greatest_age_minutes") == "2740");
  CHECK(value(13, "past_minutes") == "1300");
  CHECK(value(19, "readings_without_answer") == "1");
  CHECK(value(16, "closed") == "yes");
  CHECK(parse_csv(write_csv(build_report(made.input("2027-01"), "backup-evidence"))).size() == 1);
}

TEST_CASE("A month before any reading is said to be unknown, and none of its runs is counted", "[report]") {
  Made made{business()};
  made.observations = autumn();
  const auto august = made.html("2026-08");
  CHECK(august.find("Nothing is known of August 2026") != std::string::npos);
  CHECK(august.find("The first reading of a backup was made on 1 Oct 2026, 08:00, later than that.") != std::string::npos);
  CHECK(august.find("missed;") == std::string::npos);
  CHECK(august.find("Past the limit</span></td><td><span class=\"muted\">none") == std::string::npos);
  CHECK(august.find("nobody tried") != std::string::npos);
  CHECK(august.find("not counted: nothing read by then") != std::string::npos);
  made.observations.clear();
  CHECK(made.html().find("No backup has been read yet.") != std::string::npos);
  // From the middle of a month on, the runs before the first reading are not planned ones.
  made.observations = autumn();
  std::erase_if(made.observations, [](const Observation& o) { return o.read_at < at("2026-11-16"); });
  const auto h = made.history(at("2026-11-01"), now);
  CHECK(h.runs.planned == 8);  // 16 to 24 November without a Sunday
  CHECK(h.runs.missed == 0);
}

TEST_CASE("A reason on paper is a whole sentence and no instruction", "[report]") {
  CHECK(printed_reason("") == "");
  CHECK(printed_reason("The NAS did not answer.") == "The NAS did not answer.");
  CHECK(printed_reason("The secret “office-nas” is not on this computer. Keep it with “Keep its secret…”, or put it into the environment as MAINSTAY_SECRET_OFFICE_NAS.") == "The password or key for it was not at hand where it was measured.");
  CHECK(printed_reason("No Time Machine bundle is in this folder: check that the address is the share that the Macs back up to.") == "No Time Machine bundle is in this folder.");
  CHECK(printed_reason("“nas.local” answered with HTTP status 503: busy. Try later.") == "“nas.local” answered with HTTP status 503: busy.");
  CHECK(printed_reason("It said “one. two” and\nno more. Enter another.") == "It said “one. two” and no more.");
  CHECK(printed_reason("no stop at the end") == "no stop at the end.");
  CHECK(printed_reason(std::string(500, 'x')).find("too long to print") != std::string::npos);
  Made made{business()};
  made.observations = autumn();
  made.observations.back().outcome = Observation::Outcome::unreadable;
  made.observations.back().detail = "The secret “nas” is not on this computer. Put it into the environment as MAINSTAY_SECRET_NAS.";
  const auto html = made.html();
  CHECK(html.find("MAINSTAY_SECRET") == std::string::npos);
  CHECK(html.find("“nas”") == std::string::npos);
  CHECK(html.find("The password or key for it was not at hand where it was measured.") != std::string::npos);
}

TEST_CASE("Another period is told from the readings kept, and one to come is told apart", "[report]") {
  Made made{business()};
  made.observations = autumn();
  const auto october = made.html("2026-10");
  CHECK(october.find("Every backup stayed inside its limit throughout<") != std::string::npos);
  CHECK(october.find("27 of 27") != std::string::npos);
  CHECK(october.find("1 missed") == std::string::npos);
  CHECK(made.html("2026-11-12..2026-11-13").find("12 November 2026 to 13 November 2026") != std::string::npos);
  CHECK(made.html("2027-01").find("January 2027 is still to come") != std::string::npos);
  const auto before = made.html("2026-08");
  CHECK(before.find("Nothing is known of August 2026") != std::string::npos);
}

TEST_CASE("Readings that cover little of a month promise little", "[report]") {
  Made made{business()};
  made.observations = autumn();
  std::erase_if(made.observations, [](const Observation& o) { return o.read_at < at("2026-11-15"); });
  CHECK(made.html().find("No backup was seen past its limit, but not all of the time was measured") != std::string::npos);
  const Made none{business()};
  CHECK(none.html().find("Nothing is known of November 2026") != std::string::npos);
  CHECK(none.html().find("nothing measured it") != std::string::npos);
}

TEST_CASE("Only reports about a time say that they have a period", "[report]") {
  for (const auto& report : report_list()) CHECK(report.has_period == (report.id == "backup-evidence"));
}

TEST_CASE("Shares are rounded down, so that nothing past a limit reads as all of it", "[report]") {
  CHECK(spoken_share(1000) == "100 %");
  CHECK(spoken_share(999) == "99.9 %");
  CHECK(spoken_share(40) == "4 %");
  CHECK(spoken_share(-1) == "not known");
}

TEST_CASE("One of anything is told as one", "[report]") {
  Made made{business()};
  const auto words = [&](int planned, int runs_made, int missed, int unknown, int beside = 0) {
    BackupHistory h;
    h.backup_id = Id{"b"};
    h.runs = {planned, runs_made, missed, unknown, beside, {}};
    return history_words(made.plan, h);
  };
  const auto tells = [](const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; };
  CHECK(tells(words(1, 1, 0, 0), "The only planned run was made."));
  CHECK(tells(words(1, 0, 1, 0), "The only planned run was missed."));
  CHECK(tells(words(1, 0, 0, 1), "Whether the only planned run was made is not known."));
  CHECK(tells(words(3, 1, 2, 0), "Of 3 planned runs one was made and 2 missed."));
  CHECK(tells(words(3, 1, 1, 1, 1), "Of 3 planned runs one was made and 1 missed; of 1 it is not known. One more was made in closed time."));
  CHECK(tells(words(3, 3, 0, 0, 2), "Of 3 planned runs 3 were made and 0 missed. 2 more were made in closed time."));
  CHECK_FALSE(tells(words(0, 0, 0, 0), "run"));
  // A whole report of one backup, read once: without an answer, with one, with an alarm.
  for (const auto outcome : {Observation::Outcome::unreadable, Observation::Outcome::read, Observation::Outcome::failed}) {
    Observation o;
    o.uuid = "only";
    o.backup_id = Id{"b"};
    o.probe_id = Id{"p"};
    o.outcome = outcome;
    o.read_at = at("2026-11-23T08:00:00Z");
    o.detail = "The NAS did not answer.";
    if (outcome != Observation::Outcome::unreadable) o.last_point = o.last_attempt = at("2026-11-21T02:20:00Z");
    o.alarm = outcome == Observation::Outcome::failed;
    made.observations = {o};
    for (const auto& html : {made.html("2026-11"), write_html(build_report(made.input(), "plan"))}) {
      for (const auto* wrong : {"1 readings", "1 planned runs", "1 backups", "1 days", "1 different", "1 runs", "1 records", "1 of 1"}) {
        const auto found = html.find(wrong);
        INFO(wrong << ": " << (found == std::string::npos ? "" : html.substr(found > 80 ? found - 80 : 0, 200)));
        CHECK((found == std::string::npos || (found > 0 && html[found - 1] >= '0' && html[found - 1] <= '9')));
      }
    }
    const auto html = made.html("2026-11");
    if (outcome == Observation::Outcome::unreadable) {
      CHECK(tells(html, "One reading was made, and it got no answer."));
      CHECK(tells(html, "The only reading got no answer."));
    } else {
      CHECK(tells(html, "One reading was made, and it got an answer."));
      CHECK(tells(html, "one reading, one restorable point seen"));
    }
    CHECK(tells(html, "One reading told of a copy that is not to be trusted.") == o.alarm);
  }
}

TEST_CASE("A report words each reading's sentence for paper, and leaves the readings as they are", "[report]") {
  Made made{business()};
  Observation o;
  o.uuid = "only";
  o.backup_id = Id{"b"};
  o.probe_id = Id{"p"};
  o.outcome = Observation::Outcome::unreadable;
  o.read_at = now.plus_minutes(-10);
  o.detail = "The NAS did not answer. Check its cable.";
  made.observations = {o};
  const auto told = [&](const ReasonWords& words) { return backup_statuses(made.plan, made.graph, made.observations, now, words).front().detail; };
  CHECK(told({}).find("Check its cable.") != std::string::npos);
  CHECK(told(printed_reason).find("The NAS did not answer.") != std::string::npos);
  CHECK(told(printed_reason).find("cable") == std::string::npos);
  const auto html = write_html(build_report(made.input(), "plan"));
  CHECK(html.find("The NAS did not answer.") != std::string::npos);
  CHECK(html.find("cable") == std::string::npos);
}

TEST_CASE("A breach that outlasts a month that is over ends with it, and lengths that leave closed days out say so") {
  Made made(business());
  made.observations = autumn();
  for (auto& o : made.observations) {  // no copy from Thursday 29 October to Tuesday 3 November, nor from Friday 6 to Tuesday 10; Sundays are closed
    const auto day = o.read_at.date();
    const auto stuck = [&](Date from, Date to) {
      if (day.days >= from.days && day.days <= to.days) o.last_point = o.last_attempt = Instant(std::int64_t{from.days} * 86400 + 2 * 3600 + 1200);
    };
    stuck(Date::of(2026, 10, 29), Date::of(2026, 11, 3));
    stuck(Date::of(2026, 11, 6), Date::of(2026, 11, 10));
  }
  const auto october = made.html("2026-10"), november = made.html("2026-11");
  CHECK(october.find("30 Oct 2026, 02:20 until the end of October 2026, 1 d 21 h") != std::string::npos);
  CHECK(october.find("until now") == std::string::npos);
  CHECK(november.find("7 Nov 2026, 02:20 to 11 Nov 2026") != std::string::npos);
  CHECK(november.find(" of open days") != std::string::npos);
}
