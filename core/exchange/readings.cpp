// SPDX-License-Identifier: MIT
#include "core/exchange/readings.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/one_line.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view format_name = "mainstay-readings";
constexpr std::size_t most_readings = 200'000, longest_text = 2'000;
constexpr std::int64_t most_ahead_seconds = 100LL * 366 * 86400;

/// A figure or time of a reading under its name in the file.
struct TimeField { const char* name; Instant Observation::*member; };
struct AnswerField { const char* name; bool Observation::*member; };
struct FigureField { const char* name; std::int64_t Observation::*member; };
constexpr TimeField time_fields[] = {{"read_at", &Observation::read_at}, {"last_attempt", &Observation::last_attempt}, {"last_point", &Observation::last_point},
                                     {"oldest_point", &Observation::oldest_point}, {"next_run", &Observation::next_run}};
constexpr AnswerField answer_fields[] = {{"alarm", &Observation::alarm}, {"warned", &Observation::warned}};
constexpr FigureField figure_fields[] = {{"history_count", &Observation::history_count}, {"bytes_used", &Observation::bytes_used}, {"bytes_free", &Observation::bytes_free},
                                         {"bytes_total", &Observation::bytes_total}, {"took_ms", &Observation::took_ms}};

[[noreturn]] void broken(std::string_view name, std::size_t number, const std::string& what) {
  throw Error(ErrorCode::bad_value, tr("“{file}”, reading {number}: {what}", {{"file", name}, {"number", number}, {"what", what}}));
}

std::string text_of(const Json& reading, const char* key, std::string_view file, std::size_t number) {
  const auto found = reading.find(key);
  if (found == reading.end() || found->is_null()) return {};
  if (!found->is_string() || found->get_ref<const std::string&>().size() > longest_text) broken(file, number, tr("“{key}” is no short text.", {{"key", key}}));
  return one_line(found->get_ref<const std::string&>());
}

Observation reading_of(const Json& entry, std::string_view file, std::size_t number) {
  if (!entry.is_object()) broken(file, number, tr("it is no object."));
  Observation o;
  o.uuid = text_of(entry, "uuid", file, number);
  if (o.uuid.size() < 8) broken(file, number, tr("it has no uuid."));
  o.probe_id = Id{text_of(entry, "probe", file, number)};
  o.backup_id = Id{text_of(entry, "backup", file, number)};
  const auto outcome = text_of(entry, "outcome", file, number);
  o.outcome = outcome_from(outcome);
  if (outcome_name(o.outcome) != outcome) broken(file, number, tr("“{outcome}” is no outcome of a reading.", {{"outcome", outcome}}));
  for (const auto& [key, member] : time_fields) {
    const auto text = text_of(entry, key, file, number);
    const auto at = parse_instant(text);
    if (!text.empty() && !at) broken(file, number, tr("“{text}” is no time for “{key}”.", {{"text", text}, {"key", key}}));
    if (at) o.*member = *at;
  }
  if (!o.read_at) broken(file, number, tr("it does not say when it was read."));
  for (const auto& [key, member] : figure_fields) {
    const auto found = entry.find(key);
    if (found == entry.end() || found->is_null()) continue;
    if (!found->is_number_integer() || (found->is_number_unsigned() && found->get<std::uint64_t>() > std::uint64_t(INT64_MAX)) || found->get<std::int64_t>() < 0)
      broken(file, number, tr("“{key}” is no whole number.", {{"key", key}}));
    o.*member = found->get<std::int64_t>();
  }
  if (const auto ahead = entry.find("clock_ahead_seconds"); ahead != entry.end()) {
    if (!ahead->is_number_integer() || (ahead->is_number_unsigned() && ahead->get<std::uint64_t>() > std::uint64_t(INT64_MAX))) broken(file, number, tr("“{key}” is no whole number.", {{"key", "clock_ahead_seconds"}}));
    o.clock_ahead_seconds = std::clamp(ahead->get<std::int64_t>(), -most_ahead_seconds, most_ahead_seconds);
  }
  for (const auto& [key, member] : answer_fields) {
    const auto found = entry.find(key);
    if (found == entry.end()) continue;
    if (!found->is_boolean()) broken(file, number, tr("“{key}” is neither true nor false.", {{"key", key}}));
    o.*member = found->get<bool>();
  }
  o.item = text_of(entry, "item", file, number);
  o.presented_pin = text_of(entry, "presented_pin", file, number);
  o.detail = text_of(entry, "detail", file, number);
  o.settings = text_of(entry, "settings", file, number);
  return o;
}

/// Nesting that no file of ours has is refused before the library builds it.
bool is_too_deep(std::string_view bytes) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (in_text) {
      if (c == '\\') ++i;
      else if (c == '"') in_text = false;
    } else if (c == '"') in_text = true;
    else if (c == '[' || c == '{') {
      if (++depth > 16) return true;
    } else if (c == ']' || c == '}') --depth;
  }
  return false;
}

}  // namespace

std::string readings_to_json(const Plan& plan, const std::vector<Observation>& readings) {
  Json list = Json::array();
  for (const auto& o : readings) {
    Json entry{{"uuid", o.uuid}, {"probe", o.probe_id.text}, {"backup", o.backup_id.text}, {"outcome", outcome_name(o.outcome)}};
    for (const auto& [key, member] : time_fields)
      if (o.*member) entry[key] = to_text(o.*member);
    for (const auto& [key, member] : figure_fields)
      if (o.*member >= 0) entry[key] = o.*member;
    if (o.clock_ahead_seconds) entry["clock_ahead_seconds"] = o.clock_ahead_seconds;
    for (const auto& [key, member] : answer_fields) entry[key] = o.*member;
    for (const auto& [key, text] : {std::pair{"item", &o.item}, std::pair{"presented_pin", &o.presented_pin}, std::pair{"detail", &o.detail}, std::pair{"settings", &o.settings}})
      if (!text->empty()) entry[key] = *text;
    list.push_back(std::move(entry));
  }
  return Json{{"format", format_name}, {"version", 1}, {"business", plan.organisation().name}, {"readings", std::move(list)}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool looks_like_readings(std::string_view bytes, std::string_view) { return bytes.substr(0, 200).find(format_name) != std::string_view::npos; }

ImportPreview read_readings(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions&) {
  const auto document = is_too_deep(bytes) ? Json(Json::value_t::discarded) : Json::parse(bytes, nullptr, false);
  if (document.is_discarded() || !document.is_object() || document.value("format", Json()) != format_name)
    throw Error(ErrorCode::bad_value, tr("“{file}” is no whole file of readings: fetch it again.", {{"file", name}}));
  if (document.value("version", Json()) != 1)
    throw Error(ErrorCode::bad_value, tr("“{file}” was written by a newer Mainstay. Update this one to read it.", {{"file", name}}));
  const auto list = document.find("readings");
  if (list == document.end() || !list->is_array() || list->size() > most_readings)
    throw Error(ErrorCode::bad_value, tr("“{file}” holds no list of readings, or one without end.", {{"file", name}}));
  ImportPreview preview;
  std::size_t number = 0;
  for (const auto& entry : *list) {
    auto reading = reading_of(entry, name, ++number);
    const auto* probe = find_in(plan.probes, reading.probe_id);
    if (find_in(plan.backups, reading.backup_id) && (!probe || probe->backup_id == reading.backup_id)) {
      preview.readings.push_back(std::move(reading));
      continue;
    }
    Finding finding;
    finding.rule_id = "import.reading";
    finding.severity = Severity::warning;
    finding.message = tr("“{file}”, reading {number}: this plan has no backup “{id}”; the reading was left out.", {{"file", name}, {"number", number}, {"id", reading.backup_id.text}});
    preview.findings.push_back(std::move(finding));
  }
  if (number > 0 && preview.readings.empty()) throw Error(ErrorCode::refused, tr("None of the readings in “{file}” belongs to a backup of this plan: it comes from another plan.", {{"file", name}}));
  return preview;
}

}  // namespace mainstay
