// SPDX-License-Identifier: MIT
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/exchange/sample_client.h"

namespace mainstay::cli {

int run_new(const Invocation& in) {
  if (in.has("--list")) {
    if (in.json()) {
      Json list = Json::array();
      for (const auto& plan : starter_plans()) list.push_back({{"id", plan.id}, {"title", plan.title}, {"description", plan.description}});
      print(list);
      return Exit::fine;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& plan : starter_plans()) rows.push_back({plan.id, plan.title, plan.description});
    print_table(rows);
    return Exit::fine;
  }
  if (in.has("--refresh-sample")) {
    furnish_sample(in.get("--refresh-sample"), in.clock());
    return Exit::fine;
  }
  if (!in.has("FILE")) throw Error(ErrorCode::usage, tr("Say which file to create, or --list."));
  if (in.has("--from") && in.has("--template")) throw Error(ErrorCode::usage, tr("--from and --template exclude each other."));
  const auto file = in.get("FILE"), name = in.get("--name");
  const auto document = in.has("--from") ? Document::create_from(file, in.get("--from"), name, in.context())
                                         : Document::create(file, in.get("--template"), name, in.context());
  std::size_t records = 0;
  for (const auto& table : Plan::tables()) records += table.size(document->plan());
  if (in.json()) print(Json{{"file", file}, {"records", records}});
  else print(tr_count(static_cast<long long>(records), "Created {file} with one record.", "Created {file} with {count} records.", {{"file", file}}));
  return Exit::fine;
}

}  // namespace mainstay::cli
