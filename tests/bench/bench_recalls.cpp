// SPDX-License-Identifier: MIT
// How long it takes to hold an inventory against a recall feed, explained candidates out, and how right they are, on a labelled set; beside two floors (hash joins that do only the
// core of the work), SQLite's full-text index asked once per device, and grep and ripgrep with the inventory's models as patterns. Words: DEVICES RECALLS ROUNDS.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "core/check/match_recalls.h"
#include "core/exchange/feed.h"
#include "core/model/plan.h"

using namespace mainstay;

namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;  ///< device, recall
using Pairs = std::set<Pair>;

/// Recalls, devices, and which belong together.
struct Labelled {
  std::vector<RecallNotice> notices;
  Plan plan;
  Pairs truth;
  std::size_t models = 0;
};

const char* const filler[] = {"unit", "sold", "stores", "nationwide", "online", "label", "bottom", "battery", "lithium-ion", "overheat", "posing", "hazard", "consumers", "should", "contact", "free", "repair",
                              "replacement", "black", "white", "model", "number", "printed", "edge", "from", "through", "for", "about", "inches", "cord", "plug", "power", "product", "recalled", "involves", "certain"};

std::string brand_name(std::size_t i) {
  static const char* const syllables[] = {"an", "bel", "cor", "dy", "el", "fon", "gra", "hal", "in", "jo", "kel", "lum", "mo", "nor", "op", "pra"};
  return fmt::format("{}{}{}", static_cast<char>('A' + i % 26), syllables[i / 26 % 16], syllables[(i * 7 + 3) % 16]);
}

std::string number_of(std::mt19937& random) {
  const auto letter = [&] { return static_cast<char>('A' + random() % 26); };
  std::string text{letter(), letter()};
  if (random() % 2) text += '-';
  for (int i = 0; i < 4; ++i) text += static_cast<char>('0' + random() % 10);
  if (random() % 3 == 0) text += letter();
  return text;
}

/// What people make of a number when they type it in: hyphens and case aside it is the same.
std::string spelled_otherwise(const std::string& number, std::mt19937& random) {
  std::string out;
  for (const char c : number)
    if (c != '-') out += random() % 2 ? static_cast<char>(std::tolower(c)) : c;
  return out;
}

std::string slipped(std::string number, std::mt19937& random) {
  const auto at = 1 + random() % (number.size() - 2);
  switch (random() % 4) {
    case 0: number.erase(at, 1); break;
    case 1: number.insert(at, 1, number[at]); break;
    case 2: std::swap(number[at], number[at + 1]); break;
    default:
      for (auto& c : number) {
        static const std::string from = "0158OISB", to = "OISB0158";
        if (const auto place = from.find(c); place != std::string::npos) { c = to[place]; return number; }
      }
      number.erase(at, 1);
  }
  return number;
}

/// Every third notice names a model of its brand that another one recalls, in order to say that it is not included; every other one says "not" of something else.
void leave_out(Labelled& set, const std::vector<std::pair<std::uint32_t, std::string>>& recalled, const std::vector<std::string>& brand_of) {
  std::mt19937 random(20261125);
  static constexpr const char* sentences[] = {". Model {} is not included in this recall.", ". This recall does not include model number {}.", ". The following models are not affected: {}.", ". All other models are recalled, but {} is not part of this recall.",
                                              ". It excludes {}."};
  std::map<std::string, std::vector<std::pair<std::uint32_t, std::string>>> by_brand;
  for (const auto& [r, model] : recalled) by_brand[brand_of[r]].emplace_back(r, model);
  for (std::uint32_t r = 0; r < set.notices.size(); ++r) {
    const auto& models = by_brand[brand_of[r]];
    const auto& [other, model] = models[random() % models.size()];
    if (r % 3 == 0 && other != r) set.notices[r].description += fmt::format(fmt::runtime(sentences[random() % std::size(sentences)]), model);
    else set.notices[r].description += ". Consumers should not use the product.";
  }
}

Labelled labelled(std::size_t devices, std::size_t recalls) {
  std::mt19937 random(20261124);
  Labelled set;
  std::set<std::string> taken;
  std::vector<std::pair<std::uint32_t, std::string>> recalled;  // recall, model
  const std::size_t brands = 300;
  const auto fresh = [&] {
    for (;;)
      if (auto number = number_of(random); taken.insert(number).second) return number;
  };
  std::vector<std::string> brand_of;
  for (std::uint32_t r = 0; r < recalls; ++r) {
    RecallNotice n;
    n.authority = "US CPSC";
    n.number = fmt::format("{:02}-{:05}", r % 30, r);
    const auto brand = brand_name(random() % brands);
    brand_of.push_back(brand);
    n.title = fmt::format("{} Recalls Power Products Due to Fire Hazard", brand);
    n.product = fmt::format("{} power products", brand);
    std::vector<std::string> models;
    for (int i = 0; i < 5 && (i < 4 || r % 10); ++i) models.push_back(fresh());
    for (int i = 0; i < 60; ++i) n.description += std::string(filler[random() % std::size(filler)]) + " ";
    for (std::size_t i = 0; i < models.size(); ++i) {
      recalled.emplace_back(r, models[i]);
      if (i % 2) n.models += (n.models.empty() ? "" : "; ") + models[i];
      else n.description += "model number " + models[i] + ", ";
    }
    set.models += models.size();
    set.notices.push_back(std::move(n));
  }
  for (std::uint32_t d = 0; d < devices; ++d) {
    Device device;
    device.id = Id{fmt::format("device-{}", d)};
    device.name = fmt::format("Device {}", d);
    const auto& [r, model] = recalled[random() % recalled.size()];
    const auto lot = random() % 100;
    device.brand = brand_of[r];
    if (lot < 20) device.model_number = fresh(), device.brand = brand_name(random() % brands);           // no recall knows it
    else if (lot < 30) {                                                                                  // its neighbour is recalled
      device.model_number = model;
      auto& digit = device.model_number[model.find_last_of("0123456789")];
      digit = static_cast<char>('0' + (digit - '0' + 1 + static_cast<char>(random() % 8)) % 10);
      if (!taken.insert(device.model_number).second) device.model_number = fresh();
    } else if (lot < 70) device.model_number = model, set.truth.emplace(d, r);
    else if (lot < 90) device.model_number = spelled_otherwise(model, random), set.truth.emplace(d, r);
    else device.model_number = slipped(model, random), set.truth.emplace(d, r);
    set.plan.devices.push_back(std::move(device));
  }
  leave_out(set, recalled, brand_of);
  return set;
}

// --- what is measured -------------------------------------------------------------------------------------------------------------

Pairs by_mainstay(const Labelled& set) {
  Pairs found;
  std::unordered_map<std::string, std::uint32_t> places;
  for (std::uint32_t d = 0; d < set.plan.devices.size(); ++d) places.emplace(set.plan.devices[d].id.text, d);
  const RecallMatcher matcher(set.plan);
  for (std::uint32_t r = 0; r < set.notices.size(); ++r)
    if (const auto candidate = matcher.match(set.notices[r]))
      for (const auto& id : candidate->devices) found.emplace(places.at(id.text), r);
  return found;
}

std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c))) out += static_cast<char>(std::toupper(c));
  return out;
}

/// Each run of letters, digits and hyphens of a text, bare, in a buffer that is used again.
template <class Visit>
void each_token(std::string_view text, std::string& token, Visit visit) {
  token.clear();
  bool digit = false;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (std::isalnum(static_cast<unsigned char>(c))) token += static_cast<char>(std::toupper(c)), digit = digit || (c >= '0' && c <= '9');
    else if (c != '-') {
      if (digit && token.size() > 2) visit();
      token.clear();
      digit = false;
    }
  }
}

const std::hash<std::string_view> hashed;

/// As tight as it gets without assumptions on the data: one sorted array and one flat table of where each hash begins.
class Table {
 public:
  void add(std::size_t hash, std::uint32_t device) { entries_.emplace_back(hash, device); }
  void build() {
    std::sort(entries_.begin(), entries_.end());
    std::size_t size = 16;
    while (size < entries_.size() * 2) size *= 2;
    slots_.assign(size, 0);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (i > 0 && entries_[i].first == entries_[i - 1].first) continue;
      auto at = entries_[i].first & (size - 1);
      while (slots_[at]) at = (at + 1) & (size - 1);
      slots_[at] = static_cast<std::uint32_t>(i) + 1;
    }
  }
  template <class Visit>
  void each(std::size_t hash, Visit visit) const {
    for (auto at = hash & (slots_.size() - 1); slots_[at]; at = (at + 1) & (slots_.size() - 1))
      if (entries_[slots_[at] - 1].first == hash) {
        for (std::size_t i = slots_[at] - 1; i < entries_.size() && entries_[i].first == hash; ++i) visit(entries_[i].second);
        return;
      }
  }

 private:
  std::vector<std::pair<std::size_t, std::uint32_t>> entries_;
  std::vector<std::uint32_t> slots_;
};

template <class Visit>
void shortenings(const std::string& text, std::string& scratch, Visit visit) {
  visit(hashed(text));
  for (std::size_t skip = 0; skip < text.size(); ++skip) {
    scratch.assign(text, 0, skip);
    scratch.append(text, skip + 1);
    visit(hashed(scratch));
  }
}

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  return i == a.size() || a.substr(i + 1) == b.substr(i + 1) || (i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2));
}

/// The floors: model numbers alone, no reasons, no names, no kinds. With `one_edit` also those one edit away whose brand is in the title.
Pairs by_hash_join(const Labelled& set, bool one_edit) {
  Pairs found;
  Table table;
  std::vector<std::string> models;
  std::string token, scratch;
  for (std::uint32_t d = 0; d < set.plan.devices.size(); ++d) {
    models.push_back(bare(set.plan.devices[d].model_number));
    if (one_edit) shortenings(models.back(), scratch, [&](std::size_t h) { table.add(h, d); });
    else table.add(hashed(models.back()), d);
  }
  table.build();
  for (std::uint32_t r = 0; r < set.notices.size(); ++r) {
    const auto& n = set.notices[r];
    for (const auto* text : {&n.title, &n.models, &n.description})
      each_token(*text, token, [&] {
        const auto look = [&](std::size_t h) {
          table.each(h, [&](std::uint32_t d) {
            if (models[d] == token || (one_edit && within_one_edit(models[d], token) && n.title.starts_with(set.plan.devices[d].brand))) found.emplace(d, r);
          });
        };
        if (one_edit) shortenings(token, scratch, look);
        else look(hashed(token));
      });
  }
  return found;
}

Pairs by_full_text(const Labelled& set) {
  Pairs found;
  sqlite3* db = nullptr;
  sqlite3_open(":memory:", &db);
  sqlite3_exec(db, "create virtual table recall using fts5(body); begin", nullptr, nullptr, nullptr);
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db, "insert into recall(rowid, body) values (?, ?)", -1, &insert, nullptr);
  for (std::size_t r = 0; r < set.notices.size(); ++r) {
    const auto body = set.notices[r].title + " " + set.notices[r].models + " " + set.notices[r].description;
    sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(r) + 1);
    sqlite3_bind_text(insert, 2, body.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  sqlite3_exec(db, "commit", nullptr, nullptr, nullptr);
  sqlite3_stmt* query = nullptr;
  sqlite3_prepare_v2(db, "select rowid from recall where recall match ?", -1, &query, nullptr);
  for (std::uint32_t d = 0; d < set.plan.devices.size(); ++d) {
    const auto words = fmt::format("\"{}\" AND \"{}\"", set.plan.devices[d].brand, set.plan.devices[d].model_number);
    sqlite3_bind_text(query, 1, words.c_str(), -1, SQLITE_TRANSIENT);
    while (sqlite3_step(query) == SQLITE_ROW) found.emplace(d, static_cast<std::uint32_t>(sqlite3_column_int64(query, 0) - 1));
    sqlite3_reset(query);
  }
  sqlite3_finalize(query);
  sqlite3_close(db);
  return found;
}

/// Files for the programs that search text: a recall a line, a model a line.
std::string written(const Labelled& set) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("bench-recalls-{}", std::random_device()());
  std::filesystem::create_directories(folder);
  std::ofstream recalls(folder / "recalls"), models(folder / "models");
  for (const auto& n : set.notices) recalls << n.title << ' ' << n.models << ' ' << n.description << '\n';
  for (const auto& d : set.plan.devices) models << d.model_number << '\n';
  return folder.string();
}

/// Milliseconds of processor time of this process and its children so far: what a busy machine disturbs least. Every way here uses one core, ripgrep excepted.
double spent() {
  double total = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const auto& time : {usage.ru_utime, usage.ru_stime}) total += static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  }
  return total;
}

struct Way {
  std::string name;
  std::function<Pairs()> run;
  bool pairs = true;  ///< false: says which lines, not which devices
  std::vector<double> times;
  Pairs last;
};

double median(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

void compare(std::size_t devices, std::size_t recalls, int rounds) {
  const auto set = labelled(devices, recalls);
  const auto folder = written(set);
  const auto program = [&](const std::string& command) {
    return [folder, command] {
      if (std::system(("cd " + folder + " && LC_ALL=C " + command + " > found 2>/dev/null").c_str()) < 0) fmt::print("could not start {}\n", command);
      return Pairs();
    };
  };
  std::vector<Way> ways;
  ways.push_back({"Mainstay, explained", [&] { return by_mainstay(set); }, true, {}, {}});
  ways.push_back({"floor: hash join, one edit", [&] { return by_hash_join(set, true); }, true, {}, {}});
  ways.push_back({"floor: hash join, exact", [&] { return by_hash_join(set, false); }, true, {}, {}});
  ways.push_back({"SQLite FTS5, a query a device", [&] { return by_full_text(set); }, true, {}, {}});
  for (const std::string tool : {"grep", "rg"}) {
    if (std::system(("command -v " + tool + " > /dev/null").c_str()) == 0) ways.push_back({tool + " -F -f", program(tool + " -F -f models recalls"), false, {}, {}});
    else fmt::print("{} is not installed and was not measured\n", tool);
  }
  for (int round = 0; round < rounds; ++round)
    for (auto& way : ways) {
      const auto start = spent();
      way.last = way.run();
      way.times.push_back(spent() - start);
    }
  std::filesystem::remove_all(folder);
  fmt::print("\n{} devices x {} recalls ({} models, {} true pairs), {} rounds\n", devices, recalls, set.models, set.truth.size(), rounds);
  fmt::print("{:<32}{:>10}{:>18}{:>9}{:>11}{:>9}\n", "", "cpu ms", "least..most", "x floor", "precision", "recall");
  const auto floor = median(ways[1].times);
  for (auto& way : ways) {
    const auto [least, most] = std::minmax_element(way.times.begin(), way.times.end());
    fmt::print("{:<32}{:>10.0f}{:>18}{:>9.2f}", way.name, median(way.times), fmt::format("{:.0f}..{:.0f}", *least, *most), median(way.times) / floor);
    if (!way.pairs) { fmt::print("   (lines only)\n"); continue; }
    const auto right = static_cast<double>(std::count_if(way.last.begin(), way.last.end(), [&](const Pair& p) { return set.truth.contains(p); }));
    fmt::print("{:>11.4f}{:>9.4f}\n", right / static_cast<double>(std::max<std::size_t>(1, way.last.size())), right / static_cast<double>(set.truth.size()));
  }
}

long resident_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmRSS:") {
      long kb = 0;
      status >> kb;
      return kb;
    }
  return 0;
}

/// A CPSC feed of any length, made while it is read.
ByteSource long_feed(int count) {
  return [count, given = -1, now = std::string(), at = std::size_t(0)](char* to, std::size_t most) mutable -> std::size_t {
    if (at == now.size()) {
      if (given == count) return 0;
      ++given;
      now = given == count ? "]" : fmt::format(R"({}{{"RecallID":{},"RecallNumber":"{:05}","RecallDate":"2026-07-09T00:00:00","Title":"Maker Recalls Things","Description":"{}"}})", given == 0 ? "[" : ",", given + 1, given, std::string(3600, 'd'));
      at = 0;
    }
    const auto size = now.copy(to, most, at);
    at += size;
    return size;
  };
}

void stream() {
  const auto set = labelled(10'000, 100);
  const RecallMatcher matcher(set.plan);
  fmt::print("\nA CPSC feed read and matched as it streams\n");
  for (const int count : {5'000, 50'000}) {
    const auto before = resident_kb();
    const auto start = std::chrono::steady_clock::now();
    std::size_t candidates = 0;
    read_feed(long_feed(count), "feed", [&](RecallNotice&& n) { candidates += matcher.match(n).has_value(); });
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print("{:>7} records, {:>4.0f} MB: {:>6.2f} s, memory grew by {} kB\n", count, count * 3.72e-3, seconds, resident_kb() - before);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int i, std::size_t other) { return argc > i ? static_cast<std::size_t>(std::strtoul(argv[i], nullptr, 10)) : other; };
  const auto rounds = static_cast<int>(std::max<std::size_t>(1, number(3, 5)));
  if (argc > 2) compare(number(1, 0), number(2, 0), rounds);
  else {
    compare(10'000, 10'000, rounds);
    compare(100'000, 50'000, rounds);
  }
  stream();
  return 0;
}
