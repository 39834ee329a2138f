// SPDX-License-Identifier: MIT
#include "app/cli/command.h"

#include "core/author.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay::cli {

std::string Invocation::get(std::string_view name, std::string other) const {
  const auto found = words.find(name);
  return found == words.end() || found->second.empty() ? other : found->second.front();
}

const std::vector<std::string>& Invocation::all(std::string_view name) const {
  static const std::vector<std::string> nothing;
  const auto found = words.find(name);
  return found == words.end() ? nothing : found->second;
}

DocumentContext Invocation::context() const { return {clock, known_author()}; }

Values field_values(const std::vector<std::string>& words) {
  Values values;
  for (const auto& word : words) {
    const auto equals = word.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw Error(ErrorCode::usage, tr("“{word}” is not of the form field=value.", {{"word", shortened(clean_utf8(word), 60)}}));
    const auto key = word.substr(0, equals);
    if (std::any_of(values.begin(), values.end(), [&](const auto& value) { return value.first == key; })) throw Error(ErrorCode::usage, tr("“{key}” is given twice.", {{"key", key}}));
    values.emplace_back(key, word.substr(equals + 1));
  }
  return values;
}

}  // namespace mainstay::cli
