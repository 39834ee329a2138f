// SPDX-License-Identifier: MIT
#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/report/report.h"

namespace mainstay::cli {

int run_report(const Invocation& in) {
  if (in.has("--list")) {
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto& report : report_list()) {
      list.push_back({{"id", report.id}, {"title", report.title}, {"purpose", report.purpose}, {"has_period", report.has_period}});
      rows.push_back({report.id, report.title, report.purpose});
    }
    if (in.json()) print(list);
    else print_table(rows);
    return Exit::fine;
  }
  if (!in.has("FILE") || !in.has("ID")) throw Error(ErrorCode::usage, tr("Say which plan and which report, or --list."));
  if (!in.has("--output")) throw Error(ErrorCode::usage, tr("Say where to write the report: -o FILE."));
  std::optional<Period> period;
  if (in.has("--period")) {
    period = in.get("--period") == "last" ? month_of(month_of(in.clock().date()).first.plus_days(-1)) : parse_period(in.get("--period"));
    if (!period) throw Error(ErrorCode::usage, tr("--period takes a month such as 2026-11, “last” for the month before this, or days such as 2026-11-01..2026-11-15 (at most a year), not “{text}”.", {{"text", in.get("--period")}}));
    if (period->first.days > in.clock().date().days + 1)  // a day ahead lies the day of places east of here
      throw Error(ErrorCode::usage, tr("{period} is still to come: there is nothing to tell of it yet.", {{"period", spoken(*period)}}));
    const auto reports = report_list();
    const auto report = std::find_if(reports.begin(), reports.end(), [&](const ReportInfo& r) { return r.id == in.get("ID"); });
    if (report != reports.end() && !report->has_period) throw Error(ErrorCode::usage, tr("The report “{id}” tells of no period; leave --period out.", {{"id", report->id}}));
  }
  const auto document = in.open();
  auto input = document->report_input();
  input.period = period;
  export_report(input, in.get("ID"), in.get("--output"), in.get("--format"));
  if (in.json()) print(Json{{"file", in.get("--output")}});
  else print(tr("Wrote {path}.", {{"path", in.get("--output")}}));
  return Exit::fine;
}

}  // namespace mainstay::cli
