// SPDX-License-Identifier: MIT
// Internal to probe: reading JSON from servers and programs that may send anything.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/date.h"
#include "core/probe/probe_types.h"

namespace mainstay {

using Json = nlohmann::json;

/// Throws Error{io}, which the runner turns into an observation that could not be read, for this reason.
[[noreturn]] void cannot_read(const std::string& sentence);

/// The member of an object, or nullptr: also where there is no object, or null stands there.
const Json* member(const Json& object, std::string_view key);
/// A member's text; empty where it is none.
std::string text_of(const Json& object, std::string_view key);
/// A member's whole number, also where it is written as text; nothing where it is neither, or negative.
std::optional<std::int64_t> count_of(const Json& object, std::string_view key);
/// A member that is true, false, "true" or "false".
std::optional<bool> flag_of(const Json& object, std::string_view key);
/// A member's time: ISO 8601 with a zone as text, or {"$date": milliseconds}; unset where it is neither, or after the year 9999.
Instant time_of(const Json& object, std::string_view key);
/// An ISO 8601 time with a zone; nothing for a bare date, which may begin 26 hours apart, depending on where it was written.
std::optional<Instant> zoned_time(std::string_view text);
/// True where a member is there and holds something else than text or null: what it meant to say is not known.
bool is_no_text(const Json& object, std::string_view key);
/// True for a word that can be a state of something, such as DEGRADED or read_only: letters, and little else.
bool is_state_word(std::string_view text);
/// Words of a server cut and cleaned, fit for a sentence.
std::string shown(std::string_view text);

/// The value in a JSON text of at most 64 levels; nothing where it is none.
std::optional<Json> parse_json(std::string_view text);
/// What a server or program says went wrong, from any of the usual shapes; empty where there is none.
std::string message_in(const Json& reply);
/// The JSON of a reply with status 200. Throws Error with a sentence that names the host and `service` otherwise.
Json json_from(const WebReply& reply, std::string_view host, std::string_view service);

/// The address without query and final slashes, to which paths are added. Throws Error where it cannot be used.
struct ServiceAddress { std::string base, host; };
ServiceAddress service_address(const Probe& probe);

/// Takes a completed point into an observation: read where it is plausible; a future one or none at all is said in the detail.
void take_point(Observation& seen, Instant point, Instant now);

/// True where the member is there and null.
bool is_null(const Json& object, std::string_view key);
/// The text of a query: `a=1&b=two`, percent-encoded.
std::string form_of(const std::vector<std::pair<std::string, std::string>>& fields);
/// A wall-clock time as devices write it, `2026/11/24 02:00` with or without seconds and with either separator, in the zone of
/// the probe (this machine's where it names none). Unset where it is no such time; throws Error where the zone is not known.
Instant device_time(std::string_view text, const Probe& probe);

}  // namespace mainstay
