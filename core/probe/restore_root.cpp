// SPDX-License-Identifier: MIT
#include "core/probe/restore_root.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t most_entries = 2'000'000, slack_seconds = 10;
constexpr std::size_t most_namesakes = 64, most_places = 20'000;

/// How many of the sample's files are at a place.
struct Fit {
  std::set<std::size_t> fresh, all;
};
using Places = std::map<std::pair<std::string, std::string>, Fit>;  // by root and what was dropped

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// The length of the longest end, in whole names, that two paths have in common.
std::size_t common_end(std::string_view a, std::string_view b) {
  std::size_t length = 0, whole = 0;
  while (length < a.size() && length < b.size() && a[a.size() - 1 - length] == b[b.size() - 1 - length]) {
    ++length;
    const bool a_ends = length == a.size() || a[a.size() - 1 - length] == '/', b_ends = length == b.size() || b[b.size() - 1 - length] == '/';
    if (a_ends && b_ends) whole = length;
  }
  return whole;
}

/// A path without its end, and without the slash between.
std::string before_end(std::string_view path, std::size_t end) { return std::string(path.substr(0, path.size() == end ? 0 : path.size() - end - 1)); }

Places places_below(const RestoreClaim& claim, const std::stop_token& stop) {
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_name;
  for (std::size_t i = 0; i < claim.files.size(); ++i) {
    auto& same = by_name[name_of(claim.files[i].path)];
    if (same.size() < most_namesakes) same.push_back(i);
  }
  Places places;
  walk_files(claim.at, most_entries, stop, [&](const FolderEntry& file) {
    const auto namesakes = by_name.find(name_of(file.path));
    if (namesakes == by_name.end()) return;
    for (const auto i : namesakes->second) {
      const std::string_view path = claim.files[i].path;
      const auto end = common_end(file.path, path);
      const auto place = std::pair(before_end(file.path, end), before_end(path, end));
      if (!places.contains(place) && places.size() >= most_places) continue;
      auto& fit = places[place];
      fit.all.insert(i);
      if (file.written.seconds + slack_seconds >= claim.started.seconds) fit.fresh.insert(i);
    }
  });
  return places;
}

/// Where a folder inside the restored one was named, the one above it that the whole paths start from; else unset.
std::optional<std::string> root_above(const std::string& at, const std::string& dropped) {
  const auto ends = "/" + dropped;
  if (dropped.empty() || at.size() <= ends.size() || !at.ends_with(ends)) return {};
  return at.substr(0, at.size() - ends.size());
}

[[noreturn]] void refuse_two(const RestoredRoot& one, const RestoredRoot& other, std::size_t files) {
  const Args args{{"one", clean_utf8(one.root)}, {"other", clean_utf8(other.root)}, {"dropped", clean_utf8(one.dropped.empty() ? other.dropped : one.dropped)}, {"count", files}};
  if (one.root != other.root)
    throw Error(ErrorCode::refused, tr("The sample fits “{one}” as well as “{other}” ({count} files each): name the one that this restore filled. The clock goes on.", args));
  throw Error(ErrorCode::refused, tr("What is in “{one}” fits more than one folder of the sample, such as “{dropped}”: restore the files with their folders, so that they can be told apart. The clock goes on.", args));
}

}  // namespace

bool is_new(Instant born, Instant started) { return born && born > started; }

bool is_original(const OpenFolder& folder, const RestoreClaim& claim) { return folder.identity() == claim.identity && !is_new(folder.born(), claim.started); }

RestoredRoot restored_root(const RestoreClaim& claim, const std::stop_token& stop) {
  const Args args{{"path", clean_utf8(claim.at)}, {"file", clean_utf8(claim.files.empty() ? std::string() : claim.files.front().path)}};
  if (is_original(OpenFolder(claim.at), claim))
    throw Error(ErrorCode::refused, tr("“{path}” is the folder that the sample was taken from, so it proves nothing: restore into another folder and name that one.", args));
  std::error_code error;
  const auto canonical = fs::canonical(claim.at, error);
  const auto at = error ? claim.at : canonical.string();

  struct Found {
    RestoredRoot place;
    std::size_t fresh = 0, all = 0;
  };
  std::vector<Found> found;
  bool original = false;
  std::set<std::string> above_seen;
  for (const auto& [place, fit] : places_below(claim, stop)) {
    const auto& [below, dropped] = place;
    Found one{{below.empty() ? claim.at : claim.at + "/" + below, dropped}, fit.fresh.size(), fit.all.size()};
    if (const auto above = below.empty() ? root_above(at, dropped) : std::nullopt) {
      if (!above_seen.insert(*above).second) continue;
      try {
        const OpenFolder folder(*above);
        if (is_original(folder, claim)) {
          original = true;
          continue;
        }
      } catch (const Error&) {
        // not ours to read: only what was named is compared
        found.push_back(std::move(one));
        continue;
      }
      one.place = {*above, {}};
    } else if (dropped.empty()) {
      try {
        if (is_original(OpenFolder(one.place.root), claim)) {
          original = true;
          continue;
        }
      } catch (const Error&) {
        continue;
      }
    }
    found.push_back(std::move(one));
  }
  if (stop.stop_requested()) return {claim.at, {}};
  const auto rank = [&](const Found& f) { return std::tuple(f.fresh > 0, f.place.dropped.empty(), f.fresh, f.fresh > 0 ? 0 : f.all, common_end(f.place.root, claim.folder) > 0); };
  std::sort(found.begin(), found.end(), [&](const Found& a, const Found& b) { return rank(a) > rank(b); });
  if (!found.empty()) {
    if (found.size() > 1 && rank(found[0]) == rank(found[1]) && found[0].fresh > 0) refuse_two(found[0].place, found[1].place, found[0].fresh);
    // Files of several folders that came back side by side: one of them alone is not the whole sample.
    for (const auto& other : found)
      if (&other != &found[0] && found[0].fresh > 0 && !found[0].place.dropped.empty() && other.place.root == found[0].place.root && other.fresh * 2 > found[0].fresh) refuse_two(found[0].place, other.place, other.fresh);
    if (original && found[0].fresh == 0) found.clear();
  }
  if (!found.empty()) return found[0].place;
  if (original) throw Error(ErrorCode::refused, tr("In “{path}” lies only the folder that the sample was taken from, so it proves nothing: restore into another folder and name that one.", args));
  throw Error(ErrorCode::refused, tr("Nothing of the sample is in “{path}”: name the folder that holds “{file}” or one above it. The clock goes on.", args));
}

}  // namespace mainstay
