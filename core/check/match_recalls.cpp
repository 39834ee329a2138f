// SPDX-License-Identifier: MIT
// A hash join: every word of a notice is looked up once in one table of what devices are called. No notice is held against each device in turn.
#include "core/check/match_recalls.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>

#include "core/base/text.h"
#include "core/check/support_cycles.h"

namespace mainstay {
namespace {

constexpr int least_score = 45, exact_branded = 95, name_with_number = 85, exact_unbranded = 75, product_line = 70, one_slip = 65, exact_other_brand = 50, brand_and_kind = 45;
constexpr std::size_t shortest_slip_key = 5, shortest_key = 3, most_devices_named = 5, longest_phrase = 4;

using Hash = std::uint64_t;
constexpr Hash seed = 0xcbf29ce484222325ULL;
constexpr Hash step(Hash h, char c) { return (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL; }
constexpr Hash mixed(Hash h) { return (h ^ (h >> 29)) * 0x9E3779B97F4A7C15ULL; }
Hash hash_of(std::string_view text) {
  Hash h = seed;
  for (const char c : text) h = step(h, c);
  return mixed(h);
}
Hash joined(Hash a, Hash b) { return mixed(a * 31 + b); }

/// Letters in upper case and digits; 0 for everything else. A table, since every byte of every feed passes through it.
constexpr std::array<char, 256> folded = [] {
  std::array<char, 256> table{};
  for (int c = 0; c < 256; ++c) table[static_cast<std::size_t>(c)] = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? static_cast<char>(c) : '\0';
  return table;
}();
char fold(char c) { return folded[static_cast<unsigned char>(c)]; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Word {
  std::string_view text;  ///< letters and digits in upper case, in the buffer of its Words
  Hash hash = 0;
  int digits = 0;
  bool mixed_kind() const { return digits > 0 && digits < static_cast<int>(text.size()); }
};

bool joins_words(char c) { return c == '-' || c == '.' || c == '_'; }

/// The words of texts; hyphens, dots and underscores inside a word join it ("NS-RGFGSS1"), as model numbers are written, and a comma between digits does.
class Words : public std::vector<Word> {
 public:
  /// `room`: bytes of all texts together; the words point into one buffer, which must not move.
  explicit Words(std::size_t room) {
    buffer_.reserve(room);
    reserve(room / 6 + 8);
  }
  void add(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      if (!fold(text[i])) { ++i; continue; }
      const auto start = buffer_.size();
      Word word;
      Hash h = seed;
      while (i < text.size()) {
        if (const char c = fold(text[i])) {
          buffer_ += c;
          h = step(h, c);
          word.digits += is_digit(c);
          ++i;
          continue;
        }
        auto next = i;
        while (next < text.size() && joins_words(text[next])) ++next;
        if (next == i && text[i] == ',' && i + 1 < text.size() && is_digit(text[i + 1]) && is_digit(text[i - 1])) ++next;
        if (next == i || next == text.size() || !fold(text[next])) break;
        i = next;
      }
      word.text = std::string_view(buffer_).substr(start);
      word.hash = mixed(h);
      push_back(word);
    }
  }

 private:
  std::string buffer_;
};

/// "15INCH", "256GB", "2ND": a size or a count, not a name.
bool is_measure(const Word& word) {
  static constexpr std::string_view units[] = {"INCH", "IN", "GB", "TB", "MB", "MHZ", "GHZ", "HZ", "W", "V", "A", "AH", "MAH", "MM", "CM", "M", "OZ", "LB", "PACK", "PORT", "ST", "ND", "RD", "TH",
                                               "GEN", "G", "K", "P", "VA", "KG", "X", "PM", "AM", "FT"};
  const auto letters = word.text.find_first_not_of("0123456789");
  if (letters == 0 || letters == std::string::npos) return false;
  return std::find(std::begin(units), std::end(units), word.text.substr(letters)) != std::end(units);
}

/// A word that names a model by itself: letters and digits together, or a long number.
bool is_model_word(const Word& word) { return word.text.size() >= shortest_key && ((word.mixed_kind() && !is_measure(word)) || (word.digits >= 6 && !word.mixed_kind())); }

/// Characters that people and cameras take for one another.
char confusable(char c) {
  switch (c) {
    case 'O': case 'Q': case 'D': return '0';
    case 'I': case 'L': return '1';
    case 'S': return '5';
    case 'B': return '8';
    case 'Z': return '2';
    case 'G': return '6';
    default: return c;
  }
}

/// True where one is the other with one character lost, doubled or added, two swapped, or one taken for another. One digit for another is a sibling model and no slip.
bool is_one_slip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size()) return false;  // equal
  if (a.substr(i + 1) == b.substr(i + 1)) return confusable(a[i]) == confusable(b[i]) || (!is_digit(a[i]) && !is_digit(b[i]));
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
}

/// Calls with the hash of the text and of each text with one character left out.
template <class Visit>
void for_each_shortening(std::string_view text, Visit visit) {
  visit(hash_of(text));
  for (std::size_t skip = 0; skip < text.size(); ++skip) {
    if (skip > 0 && text[skip] == text[skip - 1]) continue;
    Hash h = seed;
    for (std::size_t i = 0; i < text.size(); ++i)
      if (i != skip) h = step(h, text[i]);
    visit(mixed(h));
  }
}

/// Hash to value, several per hash: sorted into a flat table with open addressing once, then only read.
class Postings {
 public:
  void add(Hash hash, std::uint32_t value) { entries_.emplace_back(hash, value); }
  void build() {
    std::sort(entries_.begin(), entries_.end());
    entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
    std::size_t size = 16;
    while (size < entries_.size() * 2) size *= 2;
    slots_.assign(size, none);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (i > 0 && entries_[i].first == entries_[i - 1].first) continue;
      auto at = entries_[i].first & (size - 1);
      while (slots_[at] != none) at = (at + 1) & (size - 1);
      slots_[at] = static_cast<std::uint32_t>(i);
    }
  }
  template <class Visit>
  void each(Hash hash, Visit visit) const {
    for (auto at = hash & (slots_.size() - 1); slots_[at] != none; at = (at + 1) & (slots_.size() - 1)) {
      std::size_t i = slots_[at];
      if (entries_[i].first != hash) continue;
      for (; i < entries_.size() && entries_[i].first == hash; ++i) visit(entries_[i].second);
      return;
    }
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  std::vector<std::pair<Hash, std::uint32_t>> entries_;
  std::vector<std::uint32_t> slots_;
};

/// Other names under which a brand's recalls run, by the brand in small letters.
constexpr std::pair<std::string_view, std::string_view> other_brand_names[] = {
    {"apc", "American Power Conversion"}, {"apc", "Schneider Electric"}, {"hp", "Hewlett-Packard"}, {"hp", "Hewlett Packard"}, {"lenovo", "ThinkPad"}, {"dynabook", "Toshiba"},
    {"toshiba", "Dynabook"}, {"wd", "Western Digital"}, {"western digital", "WD"}, {"microsoft", "Surface"}, {"apple", "iPhone"}, {"apple", "iPad"}, {"apple", "MacBook"}};

/// Words by which a notice shows what kind of thing it is about.
struct KindWords {
  Device::Kind kind;
  std::vector<std::string> phrases;
};
const std::vector<KindWords>& kind_words() {
  static const std::vector<KindWords> words = {
      {Device::Kind::power_bank, {"power bank", "powerbank", "portable charger", "external battery", "battery pack", "portable power"}},
      {Device::Kind::charger, {"charger", "adapter", "adaptor", "ac cord", "power cord", "power supply"}},
      {Device::Kind::wall_plug, {"plug adapter", "wall plug", "travel adapter", "plug"}},
      {Device::Kind::ups, {"ups", "uninterruptible", "battery backup", "back-ups"}},
      {Device::Kind::surge_protector, {"surge protector", "surge suppressor", "power strip"}},
      {Device::Kind::laptop, {"notebook", "laptop", "notebook computer"}},
      {Device::Kind::phone, {"smartphone", "mobile phone", "cell phone"}},
      {Device::Kind::tablet, {"tablet"}},
      {Device::Kind::desktop, {"desktop computer", "all-in-one computer"}},
      {Device::Kind::printer, {"printer", "copier"}},
      {Device::Kind::router, {"router", "network switch", "gateway"}},
      {Device::Kind::nas, {"network storage", "network attached storage"}}};
  return words;
}

}  // namespace

struct RecallMatcher::Index {
  struct Entry {
    Id id;
    std::string name, brand;
    int brand_id = -1;
    Device::Kind kind = Device::Kind::unknown;
    bool model_known = false;
  };
  struct Key {
    std::string text;
    std::vector<std::uint32_t> devices;
  };
  struct Phrase {
    std::vector<Hash> words;
    std::string text;
    bool numbered = false;
    std::vector<std::uint32_t> devices;
  };
  /// What speaks for one device.
  struct Evidence {
    int score = 0;
    std::string_view found, known;
    enum class By : std::uint8_t { model, model_alone, other_brand, name, line, slip, kind } by = By::kind;
  };

  using Evidences = std::unordered_map<std::uint32_t, Evidence>;

  std::vector<Entry> devices;
  std::vector<Key> keys;
  std::vector<Phrase> phrases;
  /// One way of writing a brand.
  struct BrandName {
    int brand;
    std::vector<Hash> words;
  };
  std::vector<BrandName> brand_names;
  int brand_count = 0;
  std::map<std::pair<int, Device::Kind>, std::vector<std::uint32_t>> unmodelled;  ///< devices whose model nobody wrote down
  Postings key_at, slip_at, phrase_at, brand_at;
  SupportCycles cycles;

  explicit Index(const Plan& plan) : cycles(plan) { build(plan); }
  void build(const Plan& plan);
  void add_brand_name(int brand, std::string_view name);
  void add_names(const Device& device, std::uint32_t place, std::unordered_map<std::string, std::uint32_t>& key_ids, std::unordered_map<std::string, std::uint32_t>& phrase_ids);
  std::vector<int> brands_in(const Words& words) const;
  void find(const Words& words, const std::vector<int>& found_brands, Evidences& evidence, std::vector<std::string>& models) const;
  void find_slips(const Word& word, const std::vector<int>& found_brands, Evidences& evidence, std::vector<std::string>& models) const;
  void find_kinds(const RecallNotice& notice, const std::vector<int>& found_brands, Evidences& evidence) const;
  std::string sentence(const Entry& device, const Evidence& evidence) const;
};

void RecallMatcher::Index::add_names(const Device& device, std::uint32_t place, std::unordered_map<std::string, std::uint32_t>& key_ids, std::unordered_map<std::string, std::uint32_t>& phrase_ids) {
  Words numbers(device.model_number.size() + device.model_identifier.size()), names(device.model.size()), brand(device.brand.size());
  numbers.add(device.model_number);
  numbers.add(device.model_identifier);
  names.add(std::string_view(device.model).substr(0, device.model.find('(')));
  brand.add(device.brand);
  // The brand before a model's name says nothing more: "Apple iPhone 6".
  if (!brand.empty() && names.size() > brand.size() && std::equal(brand.begin(), brand.end(), names.begin(), [](const Word& a, const Word& b) { return a.hash == b.hash; }))
    names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(brand.size()));
  const auto add_key = [&](const Word& word) {
    const auto [id, fresh] = key_ids.emplace(std::string(word.text), static_cast<std::uint32_t>(keys.size()));
    if (fresh) {
      keys.push_back({std::string(word.text), {}});
      key_at.add(word.hash, id->second);
    }
    if (keys[id->second].devices.empty() || keys[id->second].devices.back() != place) keys[id->second].devices.push_back(place);
  };
  for (const auto& word : numbers)
    if (is_model_word(word) || (word.digits >= 5 && numbers.size() == 1)) add_key(word);
  for (const auto& word : names)
    if (is_model_word(word)) add_key(word);
  if (names.size() < 2 || names.size() > longest_phrase) return;
  Phrase phrase;
  for (const auto& word : names) {
    phrase.words.push_back(word.hash);
    phrase.text += (phrase.text.empty() ? "" : " ") + std::string(word.text);
    phrase.numbered = phrase.numbered || word.digits > 0;
  }
  const auto [id, fresh] = phrase_ids.emplace(phrase.text, static_cast<std::uint32_t>(phrases.size()));
  if (fresh) {
    phrase_at.add(phrase.words.front(), id->second);
    phrases.push_back(std::move(phrase));
  }
  phrases[id->second].devices.push_back(place);
}

void RecallMatcher::Index::add_brand_name(int brand, std::string_view name) {
  Words words(name.size());
  words.add(name);
  if (words.empty()) return;
  BrandName entry{brand, {}};
  for (const auto& word : words) entry.words.push_back(word.hash);
  brand_at.add(entry.words.front(), static_cast<std::uint32_t>(brand_names.size()));
  brand_names.push_back(std::move(entry));
}

void RecallMatcher::Index::build(const Plan& plan) {
  std::unordered_map<std::string, std::uint32_t> key_ids, phrase_ids;
  std::unordered_map<std::string, int> brand_ids;
  for (const auto& device : plan.devices) {
    const auto place = static_cast<std::uint32_t>(devices.size());
    Entry entry{device.id, device.name, device.brand, -1, device.kind, !(device.model.empty() && device.model_number.empty() && device.model_identifier.empty())};
    Words brand(device.brand.size());
    brand.add(device.brand);
    if (!brand.empty()) {
      std::string text;
      for (const auto& word : brand) text += std::string(word.text) + " ";
      const auto [id, fresh] = brand_ids.emplace(text, brand_count);
      if (fresh) {
        ++brand_count;
        add_brand_name(id->second, device.brand);
        for (const auto& [name, other] : other_brand_names)
          if (lower_case(trimmed(device.brand)) == name) add_brand_name(id->second, other);
      }
      entry.brand_id = id->second;
    }
    if (!entry.model_known && entry.brand_id >= 0) unmodelled[{entry.brand_id, entry.kind}].push_back(place);
    devices.push_back(std::move(entry));
    add_names(device, place, key_ids, phrase_ids);
  }
  // One slip of the pen counts only beside the brand, so the brand is part of the hash, and only few words are looked up.
  for (std::uint32_t k = 0; k < keys.size(); ++k) {
    if (keys[k].text.size() < shortest_slip_key) continue;
    std::vector<int> of;
    for (const auto d : keys[k].devices)
      if (const int b = devices[d].brand_id; b >= 0 && std::find(of.begin(), of.end(), b) == of.end()) of.push_back(b);
    for (const int b : of) for_each_shortening(keys[k].text, [&](Hash h) { slip_at.add(joined(h, static_cast<Hash>(b)), k); });
  }
  key_at.build();
  slip_at.build();
  phrase_at.build();
  brand_at.build();
}

std::vector<int> RecallMatcher::Index::brands_in(const Words& words) const {
  std::vector<int> found;
  for (std::size_t i = 0; i < words.size(); ++i)
    brand_at.each(words[i].hash, [&](std::uint32_t n) {
      const auto& [brand, wanted] = brand_names[n];
      for (std::size_t k = 1; k < wanted.size(); ++k)
        if (i + k >= words.size() || words[i + k].hash != wanted[k]) return;
      if (std::find(found.begin(), found.end(), brand) == found.end()) found.push_back(brand);
    });
  return found;
}

namespace {

template <class Evidences>
void support(Evidences& evidence, std::uint32_t device, const typename Evidences::mapped_type& better) {
  auto& known = evidence[device];
  if (better.score > known.score) known = better;
}

void remember_model(std::vector<std::string>& models, std::string_view text) {
  if (models.size() < 40 && std::find(models.begin(), models.end(), text) == models.end()) models.emplace_back(text);
}

bool has(const std::vector<int>& brands, int brand) { return std::find(brands.begin(), brands.end(), brand) != brands.end(); }

}  // namespace

void RecallMatcher::Index::find_slips(const Word& word, const std::vector<int>& found_brands, Evidences& evidence, std::vector<std::string>& models) const {
  for (const int b : found_brands)
    for_each_shortening(word.text, [&](Hash h) {
      slip_at.each(joined(h, static_cast<Hash>(b)), [&](std::uint32_t k) {
        if (!is_one_slip(word.text, keys[k].text)) return;
        remember_model(models, word.text);
        for (const auto d : keys[k].devices)
          if (devices[d].brand_id == b) support(evidence, d, {one_slip, word.text, keys[k].text, Evidence::By::slip});
      });
    });
}

void RecallMatcher::Index::find(const Words& words, const std::vector<int>& found_brands, Evidences& evidence, std::vector<std::string>& models) const {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (word.digits > 0 && word.text.size() >= shortest_key) {
      bool exact = false;
      key_at.each(word.hash, [&](std::uint32_t k) {
        exact = true;
        for (const auto d : keys[k].devices) {
          const int b = devices[d].brand_id;
          if (has(found_brands, b)) support(evidence, d, {exact_branded, word.text, keys[k].text, Evidence::By::model});
          else if (b < 0 && word.text.size() >= 6 && word.mixed_kind()) support(evidence, d, {exact_unbranded, word.text, keys[k].text, Evidence::By::model_alone});
          else if (b >= 0 && word.text.size() >= 7 && word.mixed_kind()) support(evidence, d, {exact_other_brand, word.text, keys[k].text, Evidence::By::other_brand});
          else continue;
          remember_model(models, word.text);
        }
      });
      // A model that is in the inventory as it stands is not also taken for a slip of its neighbour.
      if (!exact && !found_brands.empty() && word.text.size() >= shortest_slip_key && is_model_word(word)) find_slips(word, found_brands, evidence, models);
    }
    phrase_at.each(word.hash, [&](std::uint32_t p) {
      const auto& phrase = phrases[p];
      for (std::size_t k = 1; k < phrase.words.size(); ++k)
        if (i + k >= words.size() || words[i + k].hash != phrase.words[k]) return;
      for (const auto d : phrase.devices)
        if (has(found_brands, devices[d].brand_id))
          support(evidence, d, {phrase.numbered ? name_with_number : product_line, phrase.text, phrase.text, phrase.numbered ? Evidence::By::name : Evidence::By::line});
    });
  }
}

void RecallMatcher::Index::find_kinds(const RecallNotice& notice, const std::vector<int>& found_brands, Evidences& evidence) const {
  for (const int b : found_brands)
    for (const auto& group : kind_words()) {
      const auto found = unmodelled.find({b, group.kind});
      if (found == unmodelled.end()) continue;
      const bool said = std::any_of(group.phrases.begin(), group.phrases.end(), [&](const std::string& phrase) { return contains_folded(notice.title, phrase) || contains_folded(notice.product, phrase); });
      if (!said) continue;
      for (const auto d : found->second) support(evidence, d, {brand_and_kind, {}, {}, Evidence::By::kind});
    }
}

std::string RecallMatcher::Index::sentence(const Entry& device, const Evidence& e) const {
  const Args args{{"device", device.name}, {"brand", device.brand}, {"found", e.found}, {"known", e.known}, {"score", e.score}};
  switch (e.by) {
    case Evidence::By::model: return tr("“{device}”: the recall names {brand} and its model {found} ({score}).", args);
    case Evidence::By::model_alone: return tr("“{device}”: the recall names its model {found}; the device's brand is not known ({score}).", args);
    case Evidence::By::other_brand: return tr("“{device}”: the recall names its model {found}, but not {brand} ({score}).", args);
    case Evidence::By::name: return tr("“{device}”: the recall names {brand} and {found} ({score}).", args);
    case Evidence::By::line: return tr("“{device}”: the recall is about {brand} {found}, without a model number that could tell more ({score}).", args);
    case Evidence::By::slip: return tr("“{device}”: the recall names {brand} and {found}, one character from its model {known}; look at the label ({score}).", args);
    case Evidence::By::kind: return tr("“{device}”: the recall is about this kind of thing from {brand}, and the device's model is not known; look at the label ({score}).", args);
  }
  return {};
}

RecallMatcher::RecallMatcher(const Plan& plan) : index_(std::make_unique<Index>(plan)) {}
RecallMatcher::~RecallMatcher() = default;

namespace {

auto texts_of(const RecallNotice& n) { return std::array{&n.brand, &n.title, &n.product, &n.models, &n.description}; }

std::size_t room_for(const RecallNotice& notice) {
  std::size_t room = 0;
  for (const auto* text : texts_of(notice)) room += text->size();
  return room;
}

void add_all(Words& words, const RecallNotice& notice) {
  for (const auto* text : texts_of(notice)) {
    words.add(*text);
    words.emplace_back();  // no phrase runs from one field into the next
  }
}

}  // namespace

std::set<std::string> RecallMatcher::brands_named(const RecallNotice& notice) const {
  Words words(room_for(notice));
  add_all(words, notice);
  const auto found = index_->brands_in(words);
  std::set<std::string> brands;
  for (const auto& device : index_->devices)
    if (has(found, device.brand_id)) brands.insert(std::string(trimmed(device.brand)));
  return brands;
}

std::optional<RecallCandidate> RecallMatcher::match(const RecallNotice& notice) const { return match(notice, {}); }

std::optional<RecallCandidate> RecallMatcher::match(const RecallNotice& notice, const Wanted& wanted) const {
  if (!notice.family.empty()) return index_->cycles.match(notice, wanted);
  Words words(room_for(notice));
  add_all(words, notice);
  const auto found_brands = index_->brands_in(words);
  Index::Evidences evidence;
  std::vector<std::string> models;
  index_->find(words, found_brands, evidence, models);
  index_->find_kinds(notice, found_brands, evidence);
  std::vector<std::pair<std::uint32_t, const Index::Evidence*>> fitting;
  for (const auto& [device, e] : evidence)
    if (e.score >= least_score && (!wanted || wanted(index_->devices[device].id, e.score))) fitting.emplace_back(device, &e);
  if (fitting.empty()) return {};
  // Best first, else in the plan's order.
  std::sort(fitting.begin(), fitting.end(), [](const auto& a, const auto& b) { return a.second->score != b.second->score ? a.second->score > b.second->score : a.first < b.first; });
  RecallCandidate candidate;
  candidate.score = fitting.front().second->score;
  candidate.models = join(models, "; ");
  for (std::size_t i = 0; i < fitting.size(); ++i) {
    const auto& device = index_->devices[fitting[i].first];
    candidate.devices.push_back(device.id);
    candidate.scores.push_back(fitting[i].second->score);
    if (i < most_devices_named) candidate.why += (i ? "\n" : "") + index_->sentence(device, *fitting[i].second);
  }
  if (fitting.size() > most_devices_named) candidate.why += "\n" + tr("And {count} more devices.", {{"count", fitting.size() - most_devices_named}});
  return candidate;
}

}  // namespace mainstay
