// SPDX-License-Identifier: MIT
#include "core/feeds.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/check/carried_recalls.h"
#include "core/check/context.h"
#include "core/check/recalls.h"
#include "core/probe/fetch.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_reports = 12;        // weekly reports of an index: a quarter of a year
constexpr std::size_t most_candidates = 20'000;
constexpr std::size_t most_told = 12, most_note_bytes = 4000;
constexpr int same_recall_days = 30, support_ahead_days = 365;

/// Where a feed is read from and which record of the plan stands for it.
struct Place {
  const Feed* feed = nullptr;
  std::string name, url, path;
};

Place place_of(const Plan& plan, const std::string& what) {
  Place place;
  const auto in_plan = [&](auto fits) {
    for (const auto& feed : plan.feeds)
      if (fits(feed)) return &feed;
    return static_cast<const Feed*>(nullptr);
  };
  for (const auto& known : known_feeds())
    if (known.id == lower_case(what)) place.name = known.title, place.url = known.url;
  if (place.name.empty())
    if (const auto* feed = in_plan([&](const Feed& f) { return f.id.text == what || lower_case(f.name) == lower_case(what); }); feed && !feed->url.empty()) place.name = feed->name, place.url = feed->url;
  std::error_code error;
  if (place.url.empty() && fs::is_regular_file(what, error)) place.name = file_name(what), place.path = what;
  else if (place.url.empty() && (what.starts_with("https://") || what.starts_with("http://"))) place.name = shortened(clean_utf8(what), 200), place.url = what;
  if (place.url.empty() && place.path.empty()) {
    std::vector<std::string> ids;
    for (const auto& known : known_feeds()) ids.emplace_back(known.id);
    throw Error(ErrorCode::usage, tr("“{what}” is neither a file, nor an address, nor a feed that is known: {feeds}.", {{"what", shortened(clean_utf8(what), 200)}, {"feeds", join(ids, ", ")}}));
  }
  place.feed = in_plan([&](const Feed& f) { return place.url.empty() ? f.url.empty() && f.name == place.name : f.url == place.url; });
  return place;
}

/// The recalls of a plan, by everything that they are known again by; places in the plan's list.
class KnownRecalls {
 public:
  explicit KnownRecalls(const Plan& plan) : plan_(plan) {
    for (std::size_t i = 0; i < plan.recalls.size(); ++i) remember(i);
  }
  void remember(std::size_t place) {
    const auto& recall = plan_.recalls[place];
    slugs_.emplace(recall_slug(recall.authority, recall_number(recall.authority, recall.number)), place);
    add_page(recall.url, place);
    // Pages of other authorities stand in the note, where people can follow them.
    for (const auto& line : split(recall.note, '\n'))
      for (const auto& word : split(line, ' '))
        if (word.starts_with("http")) add_page(word, place);
    if (!recall.models.empty()) by_models_[recall.models].push_back(place);
  }
  std::optional<std::size_t> by_number(const RecallNotice& n) const { return look(slugs_, recall_slug(n.authority, n.number)); }
  /// The same recall told by another authority: either names the other's page, or the same models within a month.
  std::optional<std::size_t> elsewhere(const RecallNotice& n, const std::string& models) const {
    if (!n.family.empty()) return {};  // one page tells of many cycles
    if (const auto known = look(pages_, page_key(n.url))) return known;
    for (const auto& url : n.also)
      if (const auto known = look(pages_, page_key(url))) return known;
    const auto found = models.empty() ? by_models_.end() : by_models_.find(models);
    if (found == by_models_.end()) return {};
    for (const auto place : found->second) {
      const auto& recall = plan_.recalls[place];
      if (recall.authority != n.authority && recall.announced && n.announced && std::abs(recall.announced.days - n.announced.days) <= same_recall_days) return place;
    }
    return {};
  }

 private:
  using Map = std::unordered_map<std::string, std::size_t>;
  static std::optional<std::size_t> look(const Map& map, const std::string& key) {
    const auto found = key.empty() ? map.end() : map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
  }
  void add_page(const std::string& url, std::size_t place) {
    if (auto key = page_key(url); !key.empty()) pages_.emplace(std::move(key), place);
  }
  const Plan& plan_;
  Map slugs_, pages_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_models_;
};

std::vector<std::pair<std::string, std::string>> values_of(const RecallNotice& n, const RecallCandidate& candidate, const Id& feed) {
  std::string models = candidate.models;
  if (models.empty()) models = shortened(n.models, 1000);
  return {{"authority", n.authority}, {"number", n.number}, {"title", shortened(n.title, 300)}, {"brand", shortened(n.brand, 100)}, {"product", shortened(n.product, 600)}, {"models", models},
          {"hazard", shortened(n.hazard, 1500)}, {"remedy", shortened(n.remedy, 2500)}, {"url", shortened(n.url, 500)}, {"announced", to_text(n.announced)}, {"feed_id", feed.text},
          {"score", std::to_string(candidate.score)}, {"why", candidate.why}, {"fits", fits_text(candidate)}, {"extent", join(extent_of(n), "; ")}};
}

/// Gathers what a feed tells; only what concerns the inventory is kept, so memory does not grow with the feed.
class Gathering {
 public:
  Gathering(const Plan& plan, Instant now) : plan_(plan), today_(now.date()), matcher_(plan), next_(plan), known_(next_), carried_(plan, now), graph_(Plan()), context_(plan, graph_, readings_, now, "", "") {
    for (const auto& table : Plan::tables())
      for (std::size_t i = 0; i < table.size(plan); ++i) taken_.insert(table.id_at(plan, i).text);
  }

  void take(const RecallNotice& notice, const Id& feed) {
    // Support that ends in years is no candidate yet; a later fetch will find it.
    if (!notice.family.empty() && notice.announced && notice.announced.days > today_.days + support_ahead_days) return;
    auto candidate = matcher_.match(notice);
    if (!candidate) return;
    if (const auto place = known_.by_number(notice)) return renew(*place, notice, *candidate, feed);
    // A pack that carries the recall looks after the devices that its rule speaks of; of any other a person decides.
    if (carried_.has(notice)) {
      candidate = matcher_.match(notice, [&](const Id& device, int) { return !carried_.speaks_of(notice, device); });
      if (!candidate) { ++result.carried; return; }
    }
    if (const auto place = known_.elsewhere(notice, candidate->models)) return note_elsewhere(*place, notice, *candidate, feed);
    add(notice, *candidate, feed);
  }
  FetchedRecalls result;
  Change change() const {
    auto change = diff(plan_, next_);
    if (!widened_.empty()) follow_with_tasks(plan_, change, widened_, context_.now);
    return change;
  }
  Plan& next() { return next_; }

 private:
  void set(Recall& recall, const RecallNotice& notice, const RecallCandidate& candidate, const Id& feed) {
    for (const auto& [key, text] : values_of(notice, candidate, feed)) Recall::info().field(key)->set_text(&recall, text);
    for (const auto& url : notice.also) add_page(recall, url);
  }
  /// Another copy of the same recall adds what the first lacks and takes nothing away.
  void fill(Recall& stored, const RecallNotice& notice, const RecallCandidate& candidate, const Id& feed) {
    auto fuller = stored;
    set(fuller, notice, candidate, feed);
    for (const auto& field : Recall::info().fields)
      if (!field.is_unknown(&fuller) && field.key != "extent") field.set_text(&stored, field.text(&fuller));
    stored.extent = with_extent(stored.extent, extent_of(notice));  // two feeds of one authority may name more or less
  }
  static void add_page(Recall& recall, const std::string& url) {
    if (!url.starts_with("http") || recall.note.find(url) != std::string::npos || recall.note.size() > most_note_bytes) return;
    recall.note += (recall.note.empty() ? "" : "\n") + tr("See also {url}", {{"url", shortened(url, 300)}});
  }
  void renew(std::size_t place, const RecallNotice& notice, const RecallCandidate& candidate, const Id& feed) {
    auto& stored = next_.recalls[place];
    if (stored.decision != Recall::Decision::open) {
      if (!reconsider(stored, notice, candidate, feed, true)) ++result.decided;
      known_.remember(place);
      return;
    }
    const auto before = stored;
    fill(stored, notice, candidate, stored.feed_id.empty() ? feed : stored.feed_id);
    const bool changed = std::any_of(Recall::info().fields.begin(), Recall::info().fields.end(), [&](const FieldInfo& f) { return f.text(&before) != f.text(&stored); });
    ++(changed ? result.renewed : result.same);
    known_.remember(place);
  }
  /// A decision holds for what it was made for. Where the notice fits another device, or one of them better, or names more than it did (models, serial numbers, days, quantities), what
  /// was dismissed is open again, and what was accepted gets a wider rule; either says why. What one authority named is compared with its own words only (`own`).
  bool reconsider(Recall& stored, const RecallNotice& notice, const RecallCandidate& candidate, const Id& feed, bool own) {
    const bool accepted = stored.decision == Recall::Decision::accepted, untold = stored.fits.empty();
    if (accepted && !is_readable(stored)) return false;  // the check reports it
    const auto words = own ? extent_of(notice) : std::vector<std::string>();
    const auto named = stored.extent.empty() ? std::vector<std::string>() : beyond_extent(stored.extent, words);
    const auto fits = untold ? fits_as_told(plan_, matcher_, stored) : stored.fits;
    const auto rule = accepted ? std::optional(rule_of_recall(stored)) : std::nullopt;
    const auto more = matcher_.match(notice, [&](const Id& device, int score) { return (!named.empty() || !is_remembered(fits, device, score)) && !(rule && speaks_of(*rule, context_, device)); });
    const auto decided = stored;
    if (more || !named.empty()) fill(stored, notice, more ? *more : candidate, stored.feed_id.empty() ? feed : stored.feed_id);
    stored.fits = with_fits(fits, candidate);
    stored.extent = with_extent(decided.extent, words);
    if (accepted && (more || !named.empty())) return widen(stored, decided, more, named);
    return more && !accepted && reopen(stored, decided, *more, named, untold);
  }
  bool reopen(Recall& stored, const Recall& dismissed, const RecallCandidate& more, const std::vector<std::string>& named, bool untold) {
    stored.decision = Recall::Decision::open;
    stored.decided_on = {};
    stored.decided_by.clear();
    const Args args{{"day", spoken(dismissed.decided_on)}, {"person", dismissed.decided_by}, {"named", shown(named)}};
    const auto why = !named.empty() ? tr("It was dismissed on {day}, and since then its notice also names: {named}.", args)
                     : untold       ? tr("It was dismissed on {day}, before it was kept for which devices; its reasons of then do not name what it fits now.", args)
                                    : tr("It was dismissed on {day}, and since then fits more than it was dismissed for.", args);
    stored.why = why + "\n" + more.why;
    add_note(stored, dismissed.decided_by.empty() ? tr("Dismissed on {day}; opened again by a later notice.", args) : tr("Dismissed on {day} by {person}; opened again by a later notice.", args));
    ++result.reopened;
    return true;
  }
  /// The rule stays as it was for the devices that it covered; for the others it asks, until a person accepts it once more.
  bool widen(Recall& stored, const Recall& accepted, const std::optional<RecallCandidate>& more, const std::vector<std::string>& named) {
    stored.revision = Number(accepted.revision.value_or(1) + 1);
    if (more) stored.wider = wider_condition(plan_, stored, more->devices);
    const Args args{{"day", spoken(today_)}, {"named", shown(named)}, {"revision", stored.revision.count}, {"title", shortened(stored.title, 100)}, {"number", stored.number}};
    const auto told = named.empty() ? tr("Revision {revision}, {day}: it now also covers devices that it was not accepted for.", args) : tr("Revision {revision}, {day}: the notice now also covers: {named}.", args);
    stored.why = more ? told + "\n" + more->why : told + (accepted.why.empty() ? "" : "\n" + accepted.why);
    add_note(stored, told);
    if (++result.widened <= most_told) {
      auto remark = named.empty() ? tr("“{title}” ({number}) was accepted and now also covers devices that it was not accepted for.", args) : tr("“{title}” ({number}) was accepted and now also covers: {named}.", args);
      if (more)
        remark += " " + tr_count(static_cast<long long>(more->devices.size()), "One more device may be concerned and is on the checklist; accept the recall once more if it is, or dismiss what was added.",
                                 "{count} more devices may be concerned and are on the checklist; accept the recall once more if they are, or dismiss what was added.");
      else remark += " " + tr("No device of this plan is concerned by that beyond those that were.");
      result.remarks.push_back(std::move(remark));
    }
    widened_.push_back(recall_rule_id(stored));
    return true;
  }
  static std::string shown(const std::vector<std::string>& words) {
    std::vector<std::string> first(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(words.size(), most_told)));
    if (words.size() > most_told) return tr("{words} and {count} more", {{"words", join(first, ", ")}, {"count", words.size() - most_told}});
    return join(first, ", ");
  }
  static void add_note(Recall& recall, const std::string& line) {
    if (recall.note.size() < most_note_bytes) recall.note += (recall.note.empty() ? "" : "\n") + line;
  }
  void note_elsewhere(std::size_t place, const RecallNotice& notice, const RecallCandidate& candidate, const Id& feed) {
    auto& stored = next_.recalls[place];
    if (stored.decision != Recall::Decision::open) {
      // Of another authority's telling only what it fits is taken over, so that the recall keeps its number.
      auto same = notice;
      same.authority = stored.authority;
      same.number = stored.number;
      same.url = stored.url;
      if (reconsider(stored, same, candidate, feed, false)) return;
    }
    ++result.same;
    if (next_.recalls[place].decision == Recall::Decision::open) add_page(next_.recalls[place], notice.url);
  }
  void add(const RecallNotice& notice, const RecallCandidate& candidate, const Id& feed) {
    if (++result.fresh > most_candidates) throw Error(ErrorCode::refused, tr("More than {count} recalls seem to concern this inventory: that is no list anyone can decide on. Write brands and models into the inventory, and fetch again.", {{"count", most_candidates}}));
    Recall recall;
    recall.id = Id{"recall-" + recall_slug(notice.authority, notice.number)};
    if (!is_valid_id(recall.id.text) || !taken_.insert(recall.id.text).second) recall.id = new_id("recall");
    set(recall, notice, candidate, feed);
    next_.recalls.push_back(std::move(recall));
    known_.remember(next_.recalls.size() - 1);
  }

  const Plan& plan_;
  Date today_;
  RecallMatcher matcher_;
  Plan next_;
  KnownRecalls known_;
  CarriedRecalls carried_;
  const Graph graph_;
  const std::vector<Observation> readings_;
  const CheckContext context_;
  std::unordered_set<std::string> taken_;
  std::vector<std::string> widened_;  ///< rules
};

/// Where copies of fetched feeds are kept, one a address.
std::string kept_copy(const std::string& url) { return user_data_directory() + "/feeds/" + sha256_hex(url).substr(0, 24); }

Id feed_record(Plan& plan, const Place& place, Instant now) {
  if (place.feed) return place.feed->id;
  Feed feed;
  feed.id = new_id("feed");
  feed.name = place.name;
  feed.url = place.url;
  feed.read_at = now;
  plan.feeds.push_back(feed);
  return feed.id;
}

}  // namespace

namespace {

/// Parts of this feed that a fetch which was ended a day ago or more has left behind.
void forget_parts(const fs::path& kept) {
  std::error_code error;
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (fs::directory_iterator entry(kept.parent_path(), error), end; !error && entry != end; entry.increment(error)) {
    std::error_code gone;
    if (entry->path().filename().string().starts_with(kept.filename().string() + ".part") && fs::last_write_time(entry->path(), gone) < old && !gone) fs::remove(entry->path(), gone);
  }
}

Downloaded downloaded(const std::string& url, const std::string& etag, std::stop_token stop) {
  const auto kept = kept_copy(url), partial = kept + "." + new_id("part").text;  // two programs may fetch one feed at once
  std::error_code error;
  fs::create_directories(fs::path(kept).parent_path(), error);
  forget_parts(kept);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(partial.c_str(), "wb"), std::fclose);
  if (!file) throw Error(ErrorCode::io, tr("The folder “{path}” for copies of feeds cannot be written.", {{"path", fs::path(kept).parent_path().string()}}));
  bool written = true;
  Fetch fetch;
  fetch.begin(std::chrono::seconds(600), stop);
  WebRequest request;
  request.url = url;
  if (!etag.empty() && fs::exists(kept, error)) request.headers.push_back("If-None-Match: " + etag);
  request.into = [&](std::string_view piece) { written = written && std::fwrite(piece.data(), 1, piece.size(), file.get()) == piece.size(); };
  const auto reply = fetch.send(request);
  written = std::fflush(file.get()) == 0 && written;
  const auto give_up = [&](const std::string& sentence) {
    fs::remove(partial, error);
    throw Error(ErrorCode::io, sentence);
  };
  if (!reply.problem.empty()) give_up(reply.problem);
  if (reply.status == 304) {
    fs::remove(partial, error);
    return {kept, etag};
  }
  if (reply.status == 429) give_up(tr("The feed's server says that it was asked too often. Try again later."));
  if (reply.status != 200) give_up(tr("The feed's server answered with status {status} instead of the feed.", {{"status", reply.status}}));
  if (!written) give_up(tr("The disk is full, or the copy of the feed could not be written."));
  fs::rename(partial, kept, error);
  if (error) give_up(tr("The copy of the feed could not be put in its place."));
  // Without the new line characters that would split a header.
  return {kept, is_clean_utf8(reply.etag) && reply.etag.size() < 300 && reply.etag.find('\n') == std::string::npos ? reply.etag : std::string()};
}

}  // namespace

Downloaded download_feed(const std::string& url, const std::string& etag) { return downloaded(url, etag, {}); }

Download stoppable_download(std::stop_token stop) {
  return [stop](const std::string& url, const std::string& etag) { return downloaded(url, etag, stop); };
}

Download each_once(Download download) {
  return [download = std::move(download), brought = std::make_shared<std::unordered_map<std::string, Downloaded>>()](const std::string& url, const std::string& etag) {
    const auto known = brought->find(url);
    return known != brought->end() ? known->second : brought->emplace(url, download(url, etag)).first->second;
  };
}

FetchedRecalls fetch_recalls(const Plan& plan, const std::string& what, Instant now, const Download& download) {
  const auto place = place_of(plan, what);
  Gathering gathering(plan, now);
  const auto feed_id = feed_record(gathering.next(), place, now);
  const auto sink = [&](RecallNotice&& notice) { gathering.take(notice, feed_id); };
  Downloaded copy{place.path, {}};
  if (!place.url.empty()) copy = download(place.url, place.feed ? place.feed->etag : std::string());
  auto summary = read_feed(bytes_of_file(copy.path), place.name, sink);
  auto& result = gathering.result;
  if (!summary.further.empty() && place.url.empty())
    result.remarks.push_back(tr_count(static_cast<long long>(summary.further.size()), "“{file}” is an index of one report and holds no recalls itself; fetch it by its address, so that the report is read.",
                                      "“{file}” is an index of {count} reports and holds no recalls itself; fetch it by its address, so that the newest reports are read.", {{"file", place.name}}));
  for (std::size_t i = 0; !place.url.empty() && i < summary.further.size() && i < most_reports; ++i)
    summary.records += read_feed(bytes_of_file(download(summary.further[i], {}).path), summary.further[i], sink).records;
  result.records = summary.records;
  if (result.carried > 0)
    result.remarks.push_back(tr_count(static_cast<long long>(result.carried), "One more is carried by a rule pack, which checks it without asking.", "{count} more are carried by rule packs, which check them without asking."));
  if (result.reopened > 0)
    result.remarks.push_back(tr_count(static_cast<long long>(result.reopened), "One that was dismissed fits more devices now and is open again.", "{count} that were dismissed fit more devices now and are open again."));
  if (summary.records == 0 && summary.further.empty()) result.remarks.push_back(tr("“{file}” lists no recall.", {{"file", place.name}}));
  for (auto& feed : gathering.next().feeds) {
    if (feed.id != feed_id) continue;
    feed.format = summary.format;
    feed.etag = copy.etag;
    feed.read_at = now;
    feed.records = Number(static_cast<std::int64_t>(summary.records));
  }
  result.change = gathering.change();
  result.change.cause = Cause::import;
  result.change.note = tr("Fetch recalls from {feed}", {{"feed", place.name}});
  return std::move(result);
}

}  // namespace mainstay
