// SPDX-License-Identifier: MIT
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
      list.push_back({{"id", report.id}, {"title", report.title}, {"purpose", report.purpose}});
      rows.push_back({report.id, report.title, report.purpose});
    }
    if (in.json()) print(list);
    else print_table(rows);
    return Exit::fine;
  }
  if (!in.has("FILE") || !in.has("ID")) throw Error(ErrorCode::usage, tr("Say which plan and which report, or --list."));
  if (!in.has("--output")) throw Error(ErrorCode::usage, tr("Say where to write the report: -o FILE."));
  const auto document = in.open();
  export_report(document->report_input(), in.get("ID"), in.get("--output"), in.get("--format"));
  if (in.json()) print(Json{{"file", in.get("--output")}});
  else print(tr("Wrote {path}.", {{"path", in.get("--output")}}));
  return Exit::fine;
}

}  // namespace mainstay::cli
