// SPDX-License-Identifier: MIT
// Reads the system's compiled zones (TZif, RFC 8536): GCC 12 has no std::chrono::locate_zone yet.
#include "core/base/time_zone.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/file.h"

namespace mainstay {
namespace {

constexpr std::int64_t seconds_per_day = 86400;
constexpr std::size_t header_size = 44;

/// A zone's offsets: `offsets[i]` holds from `changes[i]` on, `first` before all of them.
struct Zone {
  std::vector<std::int64_t> changes;
  std::vector<std::int32_t> offsets;
  std::int32_t first = 0;

  std::int32_t offset_at(std::int64_t seconds) const {
    const auto after = std::upper_bound(changes.begin(), changes.end(), seconds);
    return after == changes.begin() ? first : offsets[static_cast<std::size_t>(after - changes.begin() - 1)];
  }
};

/// Takes big-endian numbers from the front of a file; `good` turns false where it ends too early.
struct Reader {
  std::string_view rest;
  bool good = true;
  std::string_view take(std::size_t count) {
    if (rest.size() < count) {
      good = false;
      return {};
    }
    const auto part = rest.substr(0, count);
    rest.remove_prefix(count);
    return part;
  }
  std::int64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    const auto part = take(bytes);
    for (const char c : part) value = value << 8 | static_cast<unsigned char>(c);
    return bytes == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value)) : static_cast<std::int64_t>(value);
  }
};

struct Counts { std::size_t utc = 0, standard = 0, leaps = 0, changes = 0, types = 0, letters = 0; };

std::optional<Counts> read_header(Reader& in) {
  const auto start = in.take(20);
  if (!in.good || start.substr(0, 4) != "TZif") return {};
  std::size_t all[6];
  for (auto& count : all) {
    const auto value = in.number(4);
    if (!in.good || value < 0 || value > 100'000) return {};
    count = static_cast<std::size_t>(value);
  }
  return Counts{all[0], all[1], all[2], all[3], all[4], all[5]};
}

std::optional<Zone> parse_zone(std::string_view bytes) {
  Reader in{bytes};
  auto counts = read_header(in);
  if (!counts || bytes.size() < header_size) return {};
  if (bytes[4] < '2') return {};  // version 1 ends in 2038 and no system ships it alone
  in.take(counts->changes * 5 + counts->types * 6 + counts->letters + counts->leaps * 8 + counts->standard + counts->utc);
  counts = read_header(in);  // the same again with 64-bit times
  if (!counts || counts->types == 0) return {};
  Zone zone;
  std::vector<std::size_t> kinds;
  for (std::size_t i = 0; i < counts->changes; ++i) zone.changes.push_back(in.number(8));
  for (std::size_t i = 0; i < counts->changes; ++i) kinds.push_back(static_cast<std::size_t>(in.number(1)));
  std::vector<std::int32_t> offsets;
  for (std::size_t i = 0; i < counts->types; ++i) {
    offsets.push_back(static_cast<std::int32_t>(in.number(4)));
    in.take(2);
  }
  if (!in.good || !std::is_sorted(zone.changes.begin(), zone.changes.end())) return {};
  for (const auto kind : kinds) {
    if (kind >= offsets.size()) return {};
    zone.offsets.push_back(offsets[kind]);
  }
  zone.first = offsets.front();
  return zone;
}

/// A name is only ever looked up below the system's folder.
bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '/' || name.find("..") != std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) || c == '/' || c == '_' || c == '-' || c == '+'; });
}

std::shared_ptr<const Zone> zone_of(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Zone>, std::less<>> known;
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(name); found != known.end()) return found->second;
  if (!is_zone_name(name)) return nullptr;
  const char* set = std::getenv("TZDIR");
  const auto path = (std::filesystem::path(set && *set ? set : "/usr/share/zoneinfo") / name).string();
  std::shared_ptr<const Zone> zone;
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error))
    if (auto read = parse_zone(read_file(path, 1 << 20))) zone = std::make_shared<Zone>(std::move(*read));
  if (known.size() < 1000) known.emplace(name, zone);
  return zone;
}

WallTime wall_of(std::int64_t local_seconds) {
  const auto day = Instant(local_seconds).date();
  return {day, static_cast<int>(local_seconds - day.days * seconds_per_day)};
}

/// The machine's own zone, as its C library knows it.
std::int32_t own_offset(std::int64_t at) {
  const std::time_t seconds = at;
  std::tm local{};
  return localtime_r(&seconds, &local) ? static_cast<std::int32_t>(local.tm_gmtoff) : 0;
}

/// Offset at an instant, in a known zone or (nullptr) the machine's own.
std::int32_t offset_at(const Zone* zone, std::int64_t at) { return zone ? zone->offset_at(at) : own_offset(at); }

}  // namespace

bool is_time_zone(std::string_view name) { return name.empty() || zone_of(name) != nullptr; }

std::optional<WallTime> wall_time(std::string_view zone, Instant at) {
  const auto found = zone.empty() ? nullptr : zone_of(zone);
  if (!at || (!found && !zone.empty())) return {};
  return wall_of(at.seconds + offset_at(found.get(), at.seconds));
}

std::optional<Instant> instant_of(std::string_view zone, const WallTime& wall) {
  const auto found = zone.empty() ? nullptr : zone_of(zone);
  if (!wall.day || (!found && !zone.empty())) return {};
  const auto local = wall.day.days * seconds_per_day + wall.seconds;
  // A change moves clocks by a few hours: the offsets a day before and after are the two that can hold.
  const auto before = offset_at(found.get(), local - seconds_per_day), after = offset_at(found.get(), local + seconds_per_day);
  for (const auto offset : {before, after})
    if (offset_at(found.get(), local - offset) == offset) return Instant(local - offset);
  return Instant(local - before);
}

}  // namespace mainstay
