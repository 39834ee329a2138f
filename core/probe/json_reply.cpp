// SPDX-License-Identifier: MIT
#include "core/probe/json_reply.h"

#include <algorithm>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/one_line.h"
#include "core/base/text.h"
#include "core/base/time_zone.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

constexpr int deepest = 64;
constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999
constexpr std::size_t longest_state = 40;

}  // namespace

void cannot_read(const std::string& sentence) { throw Error(ErrorCode::io, sentence); }

const Json* member(const Json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  const auto at = object.find(std::string(key));
  return at == object.end() || at->is_null() ? nullptr : &*at;
}

std::string text_of(const Json& object, std::string_view key) {
  const auto* value = member(object, key);
  return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<std::int64_t> count_of(const Json& object, std::string_view key) {
  const auto* value = member(object, key);
  if (!value) return {};
  if (value->is_number_unsigned()) return value->get<std::uint64_t>() <= std::uint64_t(INT64_MAX) ? std::optional(static_cast<std::int64_t>(value->get<std::uint64_t>())) : std::nullopt;
  if (value->is_number_integer()) return value->get<std::int64_t>() >= 0 ? std::optional(value->get<std::int64_t>()) : std::nullopt;
  if (!value->is_string()) return {};
  const auto text = trimmed(value->get_ref<const std::string&>());
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string_view::npos) return {};
  return std::stoll(std::string(text));
}

std::optional<bool> flag_of(const Json& object, std::string_view key) {
  const auto* value = member(object, key);
  if (value && value->is_boolean()) return value->get<bool>();
  const auto text = lower_case(text_of(object, key));
  if (text == "true") return true;
  if (text == "false") return false;
  return {};
}

std::optional<Instant> zoned_time(std::string_view text) { return parse_date(text) ? std::nullopt : parse_instant(text); }

Instant time_of(const Json& object, std::string_view key) {
  const auto* value = member(object, key);
  if (!value) return {};
  if (value->is_object()) {
    const auto milliseconds = count_of(*value, "$date");
    return milliseconds && *milliseconds / 1000 <= last_second ? Instant(*milliseconds / 1000) : Instant();
  }
  return value->is_string() ? zoned_time(trimmed(value->get_ref<const std::string&>())).value_or(Instant()) : Instant();
}

bool is_no_text(const Json& object, std::string_view key) {
  const auto* value = member(object, key);
  return value && !value->is_string();
}

bool is_state_word(std::string_view text) {
  const auto fits = [](unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == ' '; };
  return text.size() > 1 && text.size() <= longest_state && std::all_of(text.begin(), text.end(), fits);
}

std::string shown(std::string_view text) {
  auto words = one_line(text);
  for (const auto* mark : {"“", "”"})  // ours alone say where somebody else's words begin and end
    for (auto at = words.find(mark); at != std::string::npos; at = words.find(mark, at)) words.replace(at, std::string_view(mark).size(), "\"");
  return shortened(words, 160);
}

std::optional<Json> parse_json(std::string_view text) {
  // The library's own limit is the stack: depth is counted before a value is built.
  int depth = 0;
  bool too_deep = false;
  auto parsed = Json::parse(text, [&](int, Json::parse_event_t event, Json&) {
    if (event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start) too_deep = too_deep || ++depth > deepest;
    if (event == Json::parse_event_t::object_end || event == Json::parse_event_t::array_end) --depth;
    return !too_deep;
  }, false);
  if (parsed.is_discarded() || too_deep) return {};
  return parsed;
}

std::string message_in(const Json& reply) {
  const Json* at = &reply;
  if (const auto* data = member(*at, "data"); data && data->is_array()) at = data;
  if (at->is_array() && !at->empty()) at = &at->front();
  if (const auto* error = member(*at, "error"); error && error->is_object()) at = error;
  for (const char* key : {"description", "error_description", "message", "problem", "error", "name"})
    if (auto text = text_of(*at, key); !text.empty()) return shown(text);
  return {};
}

Json json_from(const WebReply& reply, std::string_view host, std::string_view service) {
  if (!reply.problem.empty()) cannot_read(reply.problem);
  auto parsed = parse_json(reply.body);
  const auto message = parsed ? message_in(*parsed) : std::string();
  const Args args{{"host", host}, {"service", service}, {"status", reply.status}, {"message", message}, {"count", static_cast<long long>(reply.retry_after_seconds)}};
  if (reply.status == 401) cannot_read(tr("“{host}” refuses the login: check the account and the secret of this probe.", args));
  if (reply.status == 403) cannot_read(tr("“{host}” accepts the login, and does not let it see this: give the account the right to read.", args));
  if (reply.status == 404) cannot_read(tr("“{host}” does not answer as {service} does: check the address.", args));
  if (reply.status == 429)
    cannot_read(reply.retry_after_seconds > 0 ? tr("“{host}” asks us to wait {count} seconds before the next question.", args) : tr("“{host}” says that it was asked too often; try again later.", args));
  if (reply.status != 200 && !message.empty()) cannot_read(tr("“{host}” answered with HTTP status {status}: “{message}”.", args));
  if (reply.status != 200) cannot_read(tr("“{host}” answered with HTTP status {status}.", args));
  if (parsed) return std::move(*parsed);
  if (trimmed(reply.body).starts_with("<")) cannot_read(tr("“{host}” answered with a web page instead of data: check that the address is that of {service}.", args));
  cannot_read(tr("The answer of “{host}” is cut short or damaged.", args));
}

ServiceAddress service_address(const Probe& probe) {
  const auto address = parse_address(probe.url);
  if (!address.problem.empty()) cannot_read(address.problem);
  ServiceAddress found{std::string(trimmed(probe.url)), address.host};
  found.base = found.base.substr(0, found.base.find_first_of("?#"));
  while (found.base.ends_with('/')) found.base.pop_back();
  return found;
}

void take_point(Observation& seen, Instant point, Instant now) {
  if (is_plausible(point, now)) {
    if (!seen.last_point || point > seen.last_point) seen.last_point = point;
    if (!seen.last_attempt || point > seen.last_attempt) seen.last_attempt = point;
    if (seen.outcome == Outcome::unreadable) seen.outcome = Outcome::read;
    return;
  }
  if (point && point > now && seen.item.empty()) cannot_read(tr("The answer gives a completed backup in the future ({when}): a clock is wrong, so the age is not known.", {{"when", to_text(point)}}));
  if (seen.item.empty()) cannot_read(tr("The time of the last completed backup cannot be read, so its age is not known."));
  if (point && point > now)
    cannot_read(tr("“{item}” gives a completed backup in the future ({when}): a clock is wrong, so the age is not known.", {{"item", seen.item}, {"when", to_text(point)}}));
  cannot_read(tr("The time of the last completed backup of “{item}” cannot be read, so its age is not known.", {{"item", seen.item}}));
}

bool is_null(const Json& object, std::string_view key) {
  if (!object.is_object()) return false;
  const auto at = object.find(std::string(key));
  return at != object.end() && at->is_null();
}

std::string form_of(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string form;
  for (const auto& [key, value] : fields) form += (form.empty() ? "" : "&") + url_encoded(key) + "=" + url_encoded(value);
  return form;
}

Instant device_time(std::string_view text, const Probe& probe) {
  if (!is_time_zone(probe.time_zone)) cannot_read(tr("“{zone}” is no time zone that this computer knows: correct it in this probe.", {{"zone", shown(probe.time_zone)}}));
  std::string normal(trimmed(text));
  if (normal.size() > 32) return {};
  for (std::size_t i = 0; i < normal.size(); ++i) {
    if (i < 10 && normal[i] == '/') normal[i] = '-';
    if (i == 10 && normal[i] == ' ') normal[i] = 'T';
  }
  const auto utc = parse_instant(normal + "Z");  // read as figures; the zone comes after
  if (!utc || normal.size() < 16) return {};
  return instant_of(probe.time_zone, {utc->date(), static_cast<int>(utc->seconds - utc->date().days * std::int64_t{86400})}).value_or(Instant());
}

}  // namespace mainstay
