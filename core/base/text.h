// SPDX-License-Identifier: MIT
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mainstay {

/// A named value that a sentence shows.
struct Arg {
  std::string name;
  std::string value;
  Arg(std::string_view n, std::string_view v) : name(n), value(v) {}
  Arg(std::string_view n, long v) : name(n), value(std::to_string(v)) {}
  Arg(std::string_view n, long long v) : name(n), value(std::to_string(v)) {}
  Arg(std::string_view n, int v) : name(n), value(std::to_string(v)) {}
  Arg(std::string_view n, std::size_t v) : name(n), value(std::to_string(v)) {}
};
using Args = std::vector<Arg>;

/// The sentence in the reader's language with each `{name}` replaced. Every text that a person reads goes through here.
std::string tr(std::string_view sentence, const Args& args = {});

/// The sentence for one or for many; `{count}` is filled in.
std::string tr_count(long long count, std::string_view one, std::string_view many, Args args = {});

/// Without white space at both ends.
std::string_view trimmed(std::string_view text);
/// ASCII letters folded to lower case; other bytes as they are.
std::string lower_case(std::string_view text);
/// ASCII letters folded to upper case; other bytes as they are.
std::string upper_case(std::string_view text);
/// The parts between separators, each trimmed, empty ones left out.
std::vector<std::string> split(std::string_view text, char separator);
/// The parts joined with the separator between them.
std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// True where `needle` occurs in `text`, ASCII case aside.
bool contains_folded(std::string_view text, std::string_view needle);
/// True where the whole name fits a pattern with `*` and `?`, letter case counting; without recursion.
bool matches_wildcard(std::string_view pattern, std::string_view name);
/// True for well-formed UTF-8 without control characters other than tab and line feed.
bool is_clean_utf8(std::string_view text);
/// Well-formed UTF-8: broken bytes become U+FFFD, control characters other than tab and line feed go.
std::string clean_utf8(std::string_view text);
/// True where an address in the text carries a user and a password: "https://user:word@host/".
bool has_password_in_address(std::string_view text);
/// Cut to at most `bytes` on a character boundary, with an ellipsis when something went.
std::string shortened(std::string_view text, std::size_t bytes);

}  // namespace mainstay
