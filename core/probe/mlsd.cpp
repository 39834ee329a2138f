// SPDX-License-Identifier: MIT
#include "core/probe/mlsd.h"

#include <charconv>

#include "core/base/text.h"

namespace mainstay {
namespace {

/// `20240203040506` or with a fraction, UTC.
Instant mlsd_time(std::string_view text) {
  text = text.substr(0, text.find('.'));
  if (text.size() != 14 || text.find_first_not_of("0123456789") != std::string_view::npos) return {};
  const std::string t(text);
  const auto read = parse_instant(t.substr(0, 4) + "-" + t.substr(4, 2) + "-" + t.substr(6, 2) + "T" + t.substr(8, 2) + ":" + t.substr(10, 2) + ":" + t.substr(12, 2) + "Z");
  return read.value_or(Instant());
}

}  // namespace

std::int64_t server_number(std::string_view text) {
  std::int64_t value = -1;
  const auto digits = trimmed(text);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc() && read.ptr == digits.data() + digits.size() && value >= 0 ? value : -1;
}

MlsdFacts mlsd_facts(std::string_view line) {
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return {};
  MlsdFacts facts;
  facts.name = line.substr(space + 1);
  for (const auto& fact : split(line.substr(0, space), ';')) {
    const auto equals = fact.find('=');
    if (equals == std::string::npos) continue;
    const auto key = lower_case(fact.substr(0, equals));
    const auto value = std::string_view(fact).substr(equals + 1);
    if (key == "type") facts.type = lower_case(value);
    if (key == "size") facts.bytes = server_number(value);
    if (key == "modify") facts.modified = mlsd_time(value);
  }
  return facts;
}

}  // namespace mainstay
