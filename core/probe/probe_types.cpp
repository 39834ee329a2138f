// SPDX-License-Identifier: MIT
#include "core/probe/probe_types.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/probe_borg.h"
#include "core/probe/probe_command.h"
#include "core/probe/probe_crashplan.h"
#include "core/probe/probe_crashplan_log.h"
#include "core/probe/probe_duplicati.h"
#include "core/probe/probe_healthchecks.h"
#include "core/probe/probe_qnap.h"
#include "core/probe/probe_restic.h"
#include "core/probe/probe_synology.h"
#include "core/probe/probe_time_machine.h"
#include "core/probe/probe_truenas.h"
#include "core/probe/probe_url.h"

namespace mainstay {
namespace {

constexpr std::int64_t year_2000 = 946'684'800;

constexpr ProbeType types[] = {
    {Probe::Type::time_machine, "time_machine", "Time Machine", 60, 240, probe_time_machine},
    {Probe::Type::crashplan, "crashplan", "CrashPlan", 180, 120, probe_crashplan},
    {Probe::Type::synology, "synology", "Synology DSM", 60, 240, probe_synology},
    {Probe::Type::qnap, "qnap", "QNAP", 60, 240, probe_qnap},
    {Probe::Type::truenas, "truenas", "TrueNAS", 60, 240, probe_truenas},
    {Probe::Type::restic, "restic", "restic", 300, 240, probe_restic},
    {Probe::Type::borg, "borg", "Borg", 300, 240, probe_borg},
    {Probe::Type::healthchecks, "healthchecks", "healthchecks.io", 30, 60, probe_healthchecks},
    {Probe::Type::duplicati, "duplicati", "Duplicati", 60, 120, probe_duplicati},
    {Probe::Type::url, "url", "Age of a file", 60, 240, probe_url},
    {Probe::Type::command, "command", "A command of your own", 120, 240, probe_command},
    {Probe::Type::crashplan_log, "crashplan_log", "CrashPlan's log files", 30, 120, probe_crashplan_log},
};

}  // namespace

std::span<const ProbeType> probe_types() { return types; }

const ProbeType* probe_type(Probe::Type type) {
  for (const auto& known : types)
    if (known.type == type) return &known;
  return nullptr;
}

std::string needed_secret(const Probe& probe, ProbeContext& context) {
  if (probe.secret_name.empty())
    throw Error(ErrorCode::refused, tr("This probe names no secret. Give one a name in its record, then keep the value under that name: “Keep its secret…” on the Backups page, or “mainstay-cli secret keep NAME”."));
  const auto secret = context.secrets ? context.secrets(probe.secret_name) : std::nullopt;
  if (!secret || secret->empty())
    throw Error(ErrorCode::refused, tr("The secret “{name}” is not on this computer. Keep it with “Keep its secret…” on the Backups page or “mainstay-cli secret keep {name}”, or put it into the environment as {variable}, or as a line {name}=… into “{file}”.",
                                       {{"name", probe.secret_name}, {"variable", secret_variable(probe.secret_name)}, {"file", secrets_file()}}));
  context.fetch.hide(*secret);
  return *secret;
}

std::int64_t ProbeContext::server_ahead() const {
  const auto ahead = fetch.clock_ahead_seconds();
  return std::abs(ahead) > clock_grace_seconds ? ahead : 0;
}

Instant ProbeContext::server_now() {
  dated_by_server = true;
  return Instant(now.seconds + server_ahead());
}

Observation observed(Observation::Outcome outcome, const std::string& detail) {
  Observation result;
  result.outcome = outcome;
  result.detail = detail;
  return result;
}

bool is_plausible(Instant when, Instant now) { return when && when.seconds >= year_2000 && when.seconds <= now.seconds + clock_grace_seconds; }

}  // namespace mainstay
