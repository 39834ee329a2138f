// SPDX-License-Identifier: MIT
#include "core/check/recall_memory.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_set>

#include "core/base/text.h"
#include "core/check/exclusions.h"
#include "core/check/recalls.h"

namespace mainstay {
namespace {

constexpr std::size_t most_remembered = 200, most_fits_bytes = 8000, most_words = 1000, longest_word = 40;
constexpr std::ptrdiff_t most_devices_named = 5;  // as the matcher writes its reasons
constexpr std::array<std::string_view, 12> months = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string key_of_word(std::string_view word) {
  std::string key;
  for (const char c : upper_case(word))
    if (is_digit(c) || (c >= 'A' && c <= 'Z') || c == ' ') key += c;
  return key;
}

std::unordered_set<std::string> keys_of(std::string_view extent) {
  std::unordered_set<std::string> keys;
  for (const auto& word : split(std::string(extent), ';')) keys.insert(key_of_word(trimmed(word)));
  return keys;
}

/// A comma between digits belongs to a number; any other ends a word.
bool ends_word(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (c == ',') return !(i > 0 && is_digit(text[i - 1]) && i + 1 < text.size() && is_digit(text[i + 1]));
  return static_cast<unsigned char>(c) <= ' ' || c == ';' || c == '(' || c == ')' || c == '[' || c == ']' || c == '/' || c == ':' || c == '"' || c == '|';
}

}  // namespace

std::string fits_text(const RecallCandidate& candidate) {
  std::string text;
  int rest = 0;
  for (std::size_t i = 0; i < candidate.devices.size(); ++i) {
    if (i < most_remembered) text += (i ? "; " : "") + candidate.devices[i].text + "=" + std::to_string(candidate.scores[i]);
    else rest = std::max(rest, candidate.scores[i]);
  }
  // A brand's whole fleet is remembered by how well it fits.
  return rest > 0 ? text + "; *=" + std::to_string(rest) : text;
}

bool is_remembered(std::string_view fits, const Id& device, int score) {
  for (const auto& entry : split(std::string(fits), ';')) {
    const auto equals = entry.find('=');
    if (equals == std::string::npos) continue;
    const auto name = entry.substr(0, equals);
    int known = -1;
    std::from_chars(entry.data() + equals + 1, entry.data() + entry.size(), known);
    if ((name == device.text || name == "*") && score <= known) return true;
  }
  return false;
}

std::string with_fits(std::string fits, const RecallCandidate& candidate) {
  if (fits.empty()) return fits_text(candidate);
  const auto before = fits;
  int rest = 0;  // of those that do not fit in the list any more, the best
  for (std::size_t i = 0; i < candidate.devices.size(); ++i) {
    if (is_remembered(before, candidate.devices[i], candidate.scores[i])) continue;
    if (fits.size() < most_fits_bytes) fits += "; " + candidate.devices[i].text + "=" + std::to_string(candidate.scores[i]);
    else rest = std::max(rest, candidate.scores[i]);
  }
  return rest > 0 ? fits + "; *=" + std::to_string(rest) : fits;
}

std::string fits_as_told(const Plan& plan, const RecallMatcher& matcher, const Recall& recall) {
  const auto score = "=" + std::to_string(recall.score.value_or(0));
  std::string fits;
  for (const auto& device : plan.devices) {
    if (fits.size() > most_fits_bytes) break;
    if (recall.why.find(tr("“{device}”: ", {{"device", device.name}})) != std::string::npos) fits += (fits.empty() ? "" : "; ") + device.id.text + score;
  }
  const bool more = std::count(recall.why.begin(), recall.why.end(), '\n') >= most_devices_named;
  if (more)
    if (const auto today = matcher.match(notice_of(recall))) return with_fits(fits, *today);
  return fits;
}

std::set<Id> devices_to_decide_on(const Plan& plan) {
  std::set<Id> devices;
  std::optional<RecallMatcher> matcher;  // costs an index of the plan: made only where a recall does not name all that it fits
  for (const auto& recall : plan.recalls) {
    if (!recall.waits()) continue;
    bool names_all = !recall.fits.empty();
    for (const auto& entry : split(recall.fits, ';')) {
      const auto name = std::string(trimmed(std::string_view(entry).substr(0, entry.find('='))));
      if (name == "*") names_all = false;
      else devices.insert(Id{name});
    }
    if (names_all) continue;
    if (!matcher) matcher.emplace(plan);
    if (const auto today = matcher->match(notice_of(recall))) devices.insert(today->devices.begin(), today->devices.end());
  }
  return devices;
}

std::vector<std::string> extent_of(const RecallNotice& whole) {
  const auto notice = told_apart(whole).about;  // what is left out is not what it is about
  std::vector<std::string> words;
  std::unordered_set<std::string> known;
  for (const auto* field : {&notice.title, &notice.product, &notice.models, &notice.description, &notice.units}) {
    const std::string_view text = *field;
    std::string month;  // the word before, where it is one
    for (std::size_t i = 0; i < text.size();) {
      if (ends_word(text, i)) {
        ++i;
        continue;
      }
      const auto start = i;
      while (i < text.size() && !ends_word(text, i)) ++i;
      auto word = std::string(text.substr(start, i - start));
      while (!word.empty() && (word.back() == '.' || word.back() == ',')) word.pop_back();
      const auto folded = lower_case(word);
      const bool counts = std::any_of(word.begin(), word.end(), is_digit) && word.size() <= longest_word && word.front() != '$';
      if (counts) {
        const auto shown = month.empty() ? word : month + " " + word;
        if (words.size() < most_words && known.insert(key_of_word(shown)).second) words.push_back(shown);
      }
      month = std::find(months.begin(), months.end(), folded) != months.end() ? word : std::string();
    }
  }
  return words;
}

std::vector<std::string> beyond_extent(std::string_view extent, const std::vector<std::string>& words) {
  const auto known = keys_of(extent);
  std::vector<std::string> more;
  for (const auto& word : words)
    if (!known.contains(key_of_word(word))) more.push_back(word);
  return more;
}

std::string with_extent(std::string extent, const std::vector<std::string>& words) {
  for (const auto& word : beyond_extent(extent, words)) extent += (extent.empty() ? "" : "; ") + word;
  return extent;
}

}  // namespace mainstay
