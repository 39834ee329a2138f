// SPDX-License-Identifier: MIT
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"

namespace mainstay::cli {

int run_import(const Invocation& in) {
  const auto document = in.open();
  const auto preview = import_file(document->plan(), in.get("SOURCE"), in.get("--as"));
  const auto readings = in.has("--dry-run") ? static_cast<int>(preview.readings.size()) : document->take(preview);
  if (in.json()) {
    Json findings = Json::array();
    for (const auto& finding : preview.findings) findings.push_back(json_of(finding));
    print(Json{{"added", preview.added}, {"updated", preview.updated}, {"unchanged", preview.unchanged}, {"readings", readings}, {"dry_run", in.has("--dry-run")}, {"findings", findings}});
    return Exit::fine;
  }
  const Args counts{{"added", preview.added}, {"updated", preview.updated}, {"unchanged", preview.unchanged}};
  print(in.has("--dry-run") ? tr("Would add {added}, update {updated} and leave {unchanged} records as they are.", counts)
                            : tr("Added {added}, updated {updated}, left {unchanged} records as they are.", counts));
  if (!preview.readings.empty())
    print(in.has("--dry-run") ? tr_count(readings, "It holds one reading of a backup.", "It holds {count} readings of backups.")
                              : tr_count(readings, "One reading of a backup was new.", "{count} readings of backups were new."));
  for (const auto& finding : preview.findings) print(finding.message);
  return Exit::fine;
}

int run_export(const Invocation& in) {
  const auto document = in.open();
  export_plan(document->plan(), in.get("OUT"));
  print(tr("Wrote {path}.", {{"path", in.get("OUT")}}));
  return Exit::fine;
}

}  // namespace mainstay::cli
