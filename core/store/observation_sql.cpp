// SPDX-License-Identifier: MIT
#include "core/store/observation_sql.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/model/thin_readings.h"

namespace mainstay {
namespace {

constexpr const char* observation_columns =
    "uuid, probe_id, backup_id, outcome, read_at, last_attempt, last_point, item, history_count, bytes_used, bytes_free, alarm, detail, "
    "oldest_point, next_run, bytes_total, took_ms, presented_pin, reply, settings, clock_ahead_seconds, warned";

std::vector<Observation> read_where(SQLite::Database& db, const std::string& which, const std::vector<std::string>& values) {
  SQLite::Statement q(db, fmt::format("select {} from observation {}", observation_columns, which));
  for (std::size_t i = 0; i < values.size(); ++i) q.bind(static_cast<int>(i) + 1, values[i]);
  std::vector<Observation> all;
  while (q.executeStep()) {
    Observation o;
    o.uuid = q.getColumn(0).getString();
    o.probe_id = Id{q.getColumn(1).getString()};
    o.backup_id = Id{q.getColumn(2).getString()};
    o.outcome = outcome_from(q.getColumn(3).getString());
    o.read_at = parse_instant(q.getColumn(4).getString()).value_or(Instant());
    o.last_attempt = parse_instant(q.getColumn(5).getString()).value_or(Instant());
    o.last_point = parse_instant(q.getColumn(6).getString()).value_or(Instant());
    o.item = q.getColumn(7).getString();
    o.history_count = q.getColumn(8).getInt64();
    o.bytes_used = q.getColumn(9).getInt64();
    o.bytes_free = q.getColumn(10).getInt64();
    o.alarm = q.getColumn(11).getInt() != 0;
    o.detail = q.getColumn(12).getString();
    o.oldest_point = parse_instant(q.getColumn(13).getString()).value_or(Instant());
    o.next_run = parse_instant(q.getColumn(14).getString()).value_or(Instant());
    o.bytes_total = q.getColumn(15).getInt64();
    o.took_ms = q.getColumn(16).getInt64();
    o.presented_pin = q.getColumn(17).getString();
    o.reply = q.getColumn(18).getString();
    o.settings = q.getColumn(19).getString();
    o.clock_ahead_seconds = q.getColumn(20).getInt64();
    o.warned = q.getColumn(21).getInt() != 0;
    all.push_back(std::move(o));
  }
  return all;
}

/// Of those up to `now`: what a wrong clock dated later tells nothing of when thinning was last done.
Instant newest_reading(SQLite::Database& db, Instant now) {
  SQLite::Statement q(db, "select max(read_at) from observation where read_at <= ?");
  q.bind(1, to_text(now.plus_minutes(clock_grace_seconds / 60)));
  return q.executeStep() ? parse_instant(q.getColumn(0).getString()).value_or(Instant()) : Instant();
}

/// Leaves out what is superfluous among the readings that grew old since this was done last: once a day, where old readings come in from elsewhere
/// also then, and never over all of them again.
void thin(SQLite::Database& db, const std::vector<Observation>& added, Instant newest_before, Instant now) {
  if (!newest_before || !now) return;
  const auto before = now.plus_minutes(-whole_days * minutes_per_day);
  const bool brings_old = std::any_of(added.begin(), added.end(), [&](const Observation& o) { return o.read_at < before; });
  if (now.date() == newest_before.date() && !brings_old) return;
  // A few days more than grew old, so that what stood at the edge the last time is looked at again.
  auto from = std::min(now, newest_before).plus_minutes(-(whole_days + 3) * minutes_per_day);
  for (const auto& o : added)
    if (o.read_at) from = std::min(from, o.read_at.plus_minutes(-minutes_per_day));
  const auto old = read_where(db, "where read_at >= ? and read_at < ? order by read_at, rowid", {to_text(from), to_text(before)});
  SQLite::Statement drop(db, "delete from observation where uuid = ?");
  for (const auto& uuid : superfluous_readings(old, before)) {
    drop.reset();
    drop.bind(1, uuid);
    drop.exec();
  }
  SQLite::Statement replies(db, "update observation set reply = '' where reply <> '' and read_at >= ? and read_at < ? and exists "
                                "(select 1 from observation later where later.backup_id = observation.backup_id and later.probe_id = observation.probe_id and later.read_at > observation.read_at)");
  replies.bind(1, to_text(from));
  replies.bind(2, to_text(before));
  replies.exec();
}

}  // namespace

std::vector<Observation> read_observations(SQLite::Database& db) { return read_where(db, "order by read_at, rowid", {}); }

int store_observations(SQLite::Database& db, const std::vector<Observation>& observations, Instant now) {
  SQLite::Statement row(db, fmt::format("insert into observation ({}) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) on conflict (uuid) do nothing", observation_columns));
  const auto newest_before = now ? newest_reading(db, now) : Instant();
  int added = 0;
  for (const auto& o : observations) {
    row.reset();
    int i = 1;
    for (const auto& text : {o.uuid, o.probe_id.text, o.backup_id.text, std::string(outcome_name(o.outcome)), to_text(o.read_at), to_text(o.last_attempt), to_text(o.last_point), o.item}) row.bind(i++, text);
    for (const auto number : {o.history_count, o.bytes_used, o.bytes_free, std::int64_t(o.alarm)}) row.bind(i++, number);
    row.bind(i++, o.detail);
    row.bind(i++, to_text(o.oldest_point));
    row.bind(i++, to_text(o.next_run));
    row.bind(i++, o.bytes_total);
    row.bind(i++, o.took_ms);
    row.bind(i++, o.presented_pin);
    row.bind(i++, o.reply);
    row.bind(i++, o.settings);
    row.bind(i++, o.clock_ahead_seconds);
    row.bind(i, std::int64_t(o.warned));
    added += row.exec();
  }
  if (added > 0 && now) thin(db, observations, newest_before, std::min(now, newest_reading(db, now)));
  return added;
}

}  // namespace mainstay
