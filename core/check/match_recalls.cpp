// SPDX-License-Identifier: MIT
// A hash join: every word of a notice is looked up once in one table of what devices are called. No notice is held against each device in turn.
#include "core/check/match_recalls.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "core/base/company_name.h"
#include "core/base/text.h"
#include "core/check/exclusions.h"
#include "core/check/recall_words.h"
#include "core/check/support_cycles.h"

namespace mainstay {
using namespace recall_words;
namespace {

constexpr int least_score = 45, exact_branded = 95, name_with_number = 85, exact_unbranded = 75, product_line = 70, one_slip = 65, exact_other_brand = 50, brand_and_kind = 45;
constexpr std::size_t shortest_slip_key = 5, shortest_joined = 4, longest_letters = 4, most_joined = 3, most_devices_named = 5, longest_phrase = 6;

/// Other names under which a brand's recalls run, by the brand in small letters.
constexpr std::pair<std::string_view, std::string_view> other_brand_names[] = {
    {"apc", "American Power Conversion"}, {"apc", "Schneider Electric"}, {"hp", "Hewlett-Packard"}, {"hp", "Hewlett Packard"}, {"dynabook", "Toshiba"}, {"toshiba", "Dynabook"},
    {"wd", "Western Digital"}, {"western digital", "WD"}};
/// Lines of products that stand for their maker, where a notice is about them; one that only says what it charges is not.
constexpr std::pair<std::string_view, std::string_view> brand_lines[] = {{"lenovo", "ThinkPad"}, {"microsoft", "Surface"}, {"apple", "iPhone"}, {"apple", "iPad"}, {"apple", "MacBook"}};

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

/// Words that say what kind or shape of thing it is, or how much it holds, and not which: "Power bank", "20000 mAh", "Notebook PC".
bool says_kind(const Word& word) {
  static const auto known = [] {
    std::unordered_set<std::string> all{"PC", "COMPUTER", "DESKTOP", "TOWER", "MINITOWER", "MICROTOWER", "MT", "TWR", "SFF", "USFF", "MFF", "DM", "AIO", "ALL", "IN", "ONE", "WORKSTATION", "MOBILE", "BUSINESS", "SMALL", "FORM",
                                        "FACTOR", "MAH", "WH", "AH", "GB", "TB", "W", "INCH", "USB", "BLACK", "WHITE", "SERIES"};
    for (const auto& group : kind_words())
      for (const auto& phrase : group.phrases) {
        Words words(phrase.size());
        words.add(phrase);
        for (const auto& one : words) all.emplace(one.text);
      }
    return all;
  }();
  return is_measure(word) || known.contains(std::string(word.text));
}

/// Words of a model's name without what only says its kind: nothing is left of "Power bank 20000 mAh"; "EliteBook 840 G5 Notebook PC" loses its end.
void drop_kind(std::vector<Word>& words) {
  const auto is_amount = [&](std::size_t i) { return words[i].digits == static_cast<int>(words[i].text.size()) && i + 1 < words.size() && is_measure_unit(words[i + 1].text); };
  bool tells = false;
  for (std::size_t i = 0; i < words.size(); ++i) tells = tells || (!says_kind(words[i]) && !is_amount(i));
  if (!tells) return words.clear();
  while (words.size() > 2 && says_kind(words.back()) && words.back().digits == 0) words.pop_back();
}

/// "VX 20 K" is "VX20K": letters, at most a few, and what follows are one model number that somebody took apart. "" where they are no such thing.
std::string put_together(const Word* words, std::size_t count) {
  if (count < 2 || count > most_joined || words[0].text.size() > longest_letters) return {};
  std::string text;
  bool digits = false, letters = false;
  for (std::size_t i = 0; i < count; ++i) {
    if (words[i].text.empty()) return {};
    text += words[i].text;
    digits = digits || words[i].digits > 0;
    letters = letters || words[i].digits < static_cast<int>(words[i].text.size());
  }
  return digits && letters && text.size() >= shortest_joined ? text : std::string();
}

/// The machine type that a Lenovo's model number begins with: "20W0" of "20W0S0AB00".
std::string_view machine_type(const Word& word) { return word.text.size() == 10 && is_digit(word.text[0]) && is_digit(word.text[1]) && word.mixed_kind() ? word.text.substr(0, 4) : std::string_view(); }

}  // namespace

struct RecallMatcher::Index {
  struct Entry {
    Id id;
    std::string name, brand;
    int brand_id = -1;
    bool implied = false;  ///< the brand is not written down, but its model's name begins with it or belongs to a line of its
  };
  struct Key {
    std::string text;
    std::vector<std::uint32_t> devices;
    std::vector<std::uint32_t> near;  ///< keys of the same brand, one slip away
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
  std::vector<std::string> written_brands;  ///< of each, as the inventory has it
  std::vector<Key> keys;
  std::vector<Phrase> phrases;
  /// One way of writing a brand.
  struct BrandName {
    int brand;
    std::vector<Hash> words;
    bool head_only;  ///< counts only where the notice says whose product it is
  };
  std::vector<BrandName> brand_names;
  std::vector<std::vector<std::uint32_t>> names_of_brand;  ///< by brand
  std::unordered_map<std::string, int> brand_ids;
  std::map<std::pair<int, Device::Kind>, std::vector<std::uint32_t>> unmodelled;  ///< devices whose model nobody wrote down
  Postings key_at, slip_at, phrase_at, brand_at;
  SupportCycles cycles;

  explicit Index(const Plan& plan) : cycles(plan) { build(plan); }
  void build(const Plan& plan);
  int add_brand(std::string_view brand, bool head_only);
  void add_brand_name(int brand, std::string_view name, bool head_only);
  void imply_brand(const Device& device, Entry& entry);
  bool add_names(const Device& device, std::uint32_t place, std::unordered_map<std::string, std::uint32_t>& key_ids, std::unordered_map<std::string, std::uint32_t>& phrase_ids);
  std::vector<int> brands_in(const Words& words, std::size_t head) const;
  void find(const Words& words, const std::vector<int>& found_brands, Evidences& evidence, std::vector<std::string>& models) const;
  void find_apart(const Words& words, std::size_t i, const std::vector<int>& found_brands, Evidences& evidence, std::vector<std::string>& models) const;
  void find_slips(const Word& word, const std::vector<int>& found_brands, Evidences& evidence, std::vector<std::string>& models) const;
  bool add_phrase(const std::vector<std::string>& words, std::uint32_t place, std::unordered_map<std::string, std::uint32_t>& phrase_ids);
  void find_kinds(const RecallNotice& notice, const std::vector<int>& found_brands, Evidences& evidence) const;
  void drop_left_out(const std::string& left_out, const std::vector<int>& found_brands, Evidences& evidence) const;
  std::optional<RecallCandidate> match(const RecallNotice& notice, const Words& words, std::size_t head, const std::string& left_out, const Wanted& wanted) const;
  std::string sentence(const Entry& device, const Evidence& evidence) const;
};

/// Enters what a device is called; false where nothing of it tells one model from another.
bool RecallMatcher::Index::add_names(const Device& device, std::uint32_t place, std::unordered_map<std::string, std::uint32_t>& key_ids, std::unordered_map<std::string, std::uint32_t>& phrase_ids) {
  Words numbers(device.model_number.size() + device.model_identifier.size() + 1), names(device.model.size());
  numbers.add(device.model_number);
  const auto of_number = numbers.size();
  numbers.add(device.model_identifier);
  names.add(std::string_view(device.model).substr(0, device.model.find('(')));
  // The brand before a model's name says nothing more: "Apple iPhone 6".
  if (const int brand = devices[place].brand_id; brand >= 0)
    for (const auto n : names_of_brand[static_cast<std::size_t>(brand)]) {
      const auto& wanted = brand_names[n].words;
      if (brand_names[n].head_only && !devices[place].implied) continue;
      if (names.size() <= wanted.size() || !std::equal(wanted.begin(), wanted.end(), names.begin(), [](Hash a, const Word& b) { return a == b.hash; })) continue;
      names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(wanted.size()));
      break;
    }
  drop_kind(names);
  bool told = false;
  const auto add_key = [&](std::string_view text) {
    told = true;
    const auto [id, fresh] = key_ids.emplace(std::string(text), static_cast<std::uint32_t>(keys.size()));
    if (fresh) {
      keys.push_back({std::string(text), {}, {}});
      key_at.add(hash_of(text), id->second);
    }
    if (keys[id->second].devices.empty() || keys[id->second].devices.back() != place) keys[id->second].devices.push_back(place);
  };
  const bool has_machine_type = lower_case(devices[place].brand) == "lenovo";
  const auto add_word = [&](const Word& word, bool counts) {
    if (counts) add_key(word.text);
    if (has_machine_type && !machine_type(word).empty()) add_key(machine_type(word));
  };
  for (const auto& word : numbers) add_word(word, is_model_word(word) || (word.digits >= 5 && numbers.size() == 1));
  for (const auto& word : names) add_word(word, is_model_word(word));
  if (const auto number = put_together(numbers.data(), of_number); !number.empty()) add_key(number);
  if (const auto number = put_together(names.data(), names.size()); !number.empty()) add_key(number);
  std::vector<std::string> words;
  for (const auto& word : names) words.emplace_back(word.text);
  const bool named = add_phrase(words, place, phrase_ids);
  if (const auto other = with_other_plus(words); other != words) add_phrase(other, place, phrase_ids);
  return told || named;
}

/// Enters a name of several words; false where it is none.
bool RecallMatcher::Index::add_phrase(const std::vector<std::string>& words, std::uint32_t place, std::unordered_map<std::string, std::uint32_t>& phrase_ids) {
  if (words.size() < 2 || words.size() > longest_phrase) return false;
  Phrase phrase;
  for (const auto& word : words) {
    phrase.words.push_back(hash_of(word));
    phrase.text += (phrase.text.empty() ? "" : " ") + word;
    phrase.numbered = phrase.numbered || std::any_of(word.begin(), word.end(), is_digit);
  }
  const auto [id, fresh] = phrase_ids.emplace(phrase.text, static_cast<std::uint32_t>(phrases.size()));
  if (fresh) {
    phrase_at.add(phrase.words.front(), id->second);
    phrases.push_back(std::move(phrase));
  }
  phrases[id->second].devices.push_back(place);
  return true;
}

void RecallMatcher::Index::add_brand_name(int brand, std::string_view name, bool head_only) {
  Words words(name.size());
  words.add(name);
  if (words.empty()) return;
  BrandName entry{brand, {}, head_only};
  for (const auto& word : words) entry.words.push_back(word.hash);
  brand_at.add(entry.words.front(), static_cast<std::uint32_t>(brand_names.size()));
  names_of_brand[static_cast<std::size_t>(brand)].push_back(static_cast<std::uint32_t>(brand_names.size()));
  brand_names.push_back(std::move(entry));
}

/// The brand's number, -1 where the text holds no word. However a company writes itself, it is one brand.
int RecallMatcher::Index::add_brand(std::string_view text, bool head_only) {
  const auto brand = brand_of_company(text);
  Words words(brand.size());
  words.add(brand);
  if (words.empty()) return -1;
  std::string key(head_only ? "?" : "");
  for (const auto& word : words) key += std::string(word.text) + " ";
  const auto [id, fresh] = brand_ids.emplace(key, static_cast<int>(names_of_brand.size()));
  if (!fresh) return id->second;
  names_of_brand.emplace_back();
  add_brand_name(id->second, brand, head_only);
  const auto folded_brand = lower_case(brand);
  for (const auto& [name, other] : other_brand_names)
    if (folded_brand == name) add_brand_name(id->second, other, head_only);
  for (const auto& [name, other] : brand_lines)
    if (folded_brand == name) add_brand_name(id->second, other, true);
  return id->second;
}

/// "Voltix VX-20K" with no brand beside it is Voltix's where a notice is about Voltix; "ProBook 450 G8" is HP's.
void RecallMatcher::Index::imply_brand(const Device& device, Entry& entry) {
  if (const auto* line = product_line_of(device.model); line && !line->brand.empty()) entry.brand = line->brand;
  else {
    Words names(device.model.size());
    names.add(device.model);
    if (names.size() < 2 || names.front().digits > 0 || names.front().text.size() < 2 || says_kind(names.front())) return;
    entry.brand = std::string(trimmed(device.model)).substr(0, trimmed(device.model).find(' '));
  }
  entry.brand_id = add_brand(entry.brand, true);
  entry.implied = entry.brand_id >= 0;
}

void RecallMatcher::Index::build(const Plan& plan) {
  std::unordered_map<std::string, std::uint32_t> key_ids, phrase_ids;
  std::unordered_map<std::string_view, std::pair<std::string, int>> written;  // a fleet is of few brands
  for (const auto& device : plan.devices) {
    const auto place = static_cast<std::uint32_t>(devices.size());
    const auto [brand, fresh] = written.try_emplace(device.brand);
    if (fresh) brand->second = {brand_of_company(device.brand), add_brand(device.brand, false)};
    Entry entry{device.id, device.name, brand->second.first, brand->second.second, false};
    written_brands.emplace_back(trimmed(device.brand));
    if (entry.brand_id < 0) imply_brand(device, entry);
    devices.push_back(std::move(entry));
    const bool told = add_names(device, place, key_ids, phrase_ids);
    if (const auto& kept = devices.back(); !told && kept.brand_id >= 0 && !kept.implied) unmodelled[{kept.brand_id, device.kind}].push_back(place);
  }
  // One slip of the pen counts only beside the brand, so the brand is part of the hash, and only few words are looked up.
  for (std::uint32_t k = 0; k < keys.size(); ++k) {
    if (keys[k].text.size() < shortest_slip_key) continue;
    std::vector<int> of;
    for (const auto d : keys[k].devices)
      if (const int b = devices[d].brand_id; b >= 0 && std::find(of.begin(), of.end(), b) == of.end()) of.push_back(b);
    for (const int b : of) for_each_shortening(keys[k].text, [&](Hash h) { slip_at.add(recall_words::joined(h, static_cast<Hash>(b)), k); });
  }
  key_at.build();
  slip_at.build();
  slip_at.each_pair([&](std::uint32_t a, std::uint32_t b) {
    auto& near = keys[a].near;
    if (!is_typed_wrong(keys[a].text, keys[b].text) || std::find(near.begin(), near.end(), b) != near.end()) return;
    near.push_back(b);
    keys[b].near.push_back(a);
  });
  phrase_at.build();
  brand_at.build();
}

/// The brands that words name; `head` words at the beginning say whose product it is.
std::vector<int> RecallMatcher::Index::brands_in(const Words& words, std::size_t head) const {
  std::vector<int> found;
  for (std::size_t i = 0; i < words.size(); ++i)
    brand_at.each(words[i].hash, [&](std::uint32_t n) {
      const auto& [brand, wanted, head_only] = brand_names[n];
      if (head_only && i >= head) return;
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
      slip_at.each(recall_words::joined(h, static_cast<Hash>(b)), [&](std::uint32_t k) {
        if (!is_one_slip(word.text, keys[k].text)) return;
        remember_model(models, word.text);
        for (const auto d : keys[k].devices)
          if (devices[d].brand_id == b) support(evidence, d, {one_slip, word.text, keys[k].text, Evidence::By::slip});
      });
    });
}

/// A model number that the notice takes apart: "VX 20K", "VX 20 K", around the word at `i`, which holds a digit.
void RecallMatcher::Index::find_apart(const Words& words, std::size_t i, const std::vector<int>& found_brands, Evidences& evidence, std::vector<std::string>& models) const {
  for (const std::size_t begin : {i - 1, i})
    for (std::size_t count = 2; begin < words.size() && begin + count <= words.size() && count <= most_joined; ++count) {
      const auto text = put_together(&words[begin], count);
      if (text.empty()) continue;
      key_at.each(hash_of(text), [&](std::uint32_t k) {
        for (const auto d : keys[k].devices) {
          if (!has(found_brands, devices[d].brand_id)) continue;
          support(evidence, d, {exact_branded, keys[k].text, keys[k].text, Evidence::By::model});
          remember_model(models, keys[k].text);
        }
      });
    }
}

void RecallMatcher::Index::find(const Words& words, const std::vector<int>& found_brands, Evidences& evidence, std::vector<std::string>& models) const {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (word.digits > 0 && word.text.size() >= shortest_key) {
      bool exact = false;
      key_at.each(word.hash, [&](std::uint32_t k) {
        exact = true;
        for (const auto d : keys[k].devices) {
          const auto& device = devices[d];
          const bool branded = device.brand_id >= 0 && !device.implied, long_enough = word.mixed_kind() && word.text.size() >= (branded ? 7 : 6);
          if (has(found_brands, device.brand_id)) support(evidence, d, {exact_branded, word.text, keys[k].text, Evidence::By::model});
          else if (!branded && long_enough) support(evidence, d, {exact_unbranded, word.text, keys[k].text, Evidence::By::model_alone});
          else if (branded && long_enough) support(evidence, d, {exact_other_brand, word.text, keys[k].text, Evidence::By::other_brand});
          else continue;
          remember_model(models, word.text);
        }
        // Whoever wrote down two numbers that are so near each other may have meant one.
        for (const auto n : keys[k].near)
          for (const auto d : keys[n].devices)
            if (has(found_brands, devices[d].brand_id)) support(evidence, d, {one_slip, word.text, keys[n].text, Evidence::By::slip});
      });
      if (!exact && !found_brands.empty() && word.text.size() >= shortest_slip_key && is_model_word(word)) find_slips(word, found_brands, evidence, models);
    }
    if (word.digits > 0 && !found_brands.empty()) find_apart(words, i, found_brands, evidence, models);
    phrase_at.each(word.hash, [&](std::uint32_t p) {
      const auto& phrase = phrases[p];
      for (std::size_t k = 1; k < phrase.words.size(); ++k)
        if (i + k >= words.size() || words[i + k].hash != phrase.words[k]) return;
      for (const auto d : phrase.devices) {
        if (!has(found_brands, devices[d].brand_id)) continue;
        support(evidence, d, {phrase.numbered ? name_with_number : product_line, phrase.text, phrase.text, phrase.numbered ? Evidence::By::name : Evidence::By::line});
        remember_model(models, phrase.text);
      }
    });
  }
}

namespace {

bool names_kind(const RecallNotice& notice, const KindWords& group) {
  return std::any_of(group.phrases.begin(), group.phrases.end(), [&](const std::string& phrase) { return contains_folded(notice.title, phrase) || contains_folded(notice.product, phrase); });
}

}  // namespace

std::set<std::string> kinds_named(const RecallNotice& notice) {
  std::set<std::string> kinds;
  Device device;
  for (const auto& group : kind_words()) {
    device.kind = group.kind;
    if (names_kind(notice, group)) kinds.insert(Device::info().field("kind")->text(&device));
  }
  return kinds;
}

void RecallMatcher::Index::find_kinds(const RecallNotice& notice, const std::vector<int>& found_brands, Evidences& evidence) const {
  for (const int b : found_brands)
    for (const auto& group : kind_words()) {
      const auto found = unmodelled.find({b, group.kind});
      if (found == unmodelled.end()) continue;
      if (!names_kind(notice, group)) continue;
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
    case Evidence::By::kind: return tr("“{device}”: the recall is about this kind of thing from {brand}, and the device's model number is not known; look at the label ({score}).", args);
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

/// Adds all texts; how many words at the beginning say whose product it is: its brand and title.
std::size_t add_all(Words& words, const RecallNotice& notice) {
  std::size_t head = 0;
  for (const auto* text : texts_of(notice)) {
    words.add(*text);
    words.emplace_back();  // no phrase runs from one field into the next
    if (text == &notice.title) head = words.size();
  }
  return head;
}

}  // namespace

bool leaves_out(const Words& words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i].digits == 0 && begins_exclusion(words[i].text, words[i + 1].text)) return true;
  return false;
}

std::set<std::string> RecallMatcher::brands_named(const RecallNotice& whole) const {
  const auto notice = told_apart(whole).about;
  Words words(room_for(notice));
  const auto found = index_->brands_in(words, add_all(words, notice));
  std::set<std::string> brands;
  for (std::size_t d = 0; d < index_->devices.size(); ++d)
    if (const auto& device = index_->devices[d]; !device.implied && has(found, device.brand_id)) brands.insert(index_->written_brands[d]);
  return brands;
}

std::optional<RecallCandidate> RecallMatcher::match(const RecallNotice& notice) const { return match(notice, {}); }

std::optional<RecallCandidate> RecallMatcher::match(const RecallNotice& notice, const Wanted& wanted) const {
  if (!notice.family.empty()) return index_->cycles.match(notice, wanted);
  Words words(room_for(notice));
  const auto head = add_all(words, notice);
  if (!leaves_out(words)) return index_->match(notice, words, head, {}, wanted);
  const auto apart = told_apart(notice);
  if (apart.left_out.empty()) return index_->match(notice, words, head, {}, wanted);
  Words about(room_for(apart.about));
  const auto head_about = add_all(about, apart.about);
  return index_->match(apart.about, about, head_about, apart.left_out, wanted);
}

/// What the notice leaves out by its model or name fits only where the rest of the notice names that very model or name.
void RecallMatcher::Index::drop_left_out(const std::string& left_out, const std::vector<int>& found_brands, Evidences& evidence) const {
  Words words(left_out.size() + 1);
  words.add(left_out);
  Evidences against;
  std::vector<std::string> models;
  find(words, found_brands, against, models);
  for (const auto& [device, e] : against)
    if (const auto found = evidence.find(device); found != evidence.end() && e.by <= Evidence::By::name && found->second.by > Evidence::By::name) evidence.erase(found);
}

std::optional<RecallCandidate> RecallMatcher::Index::match(const RecallNotice& notice, const Words& words, std::size_t head, const std::string& left_out, const Wanted& wanted) const {
  const auto found_brands = brands_in(words, head);
  Evidences evidence;
  std::vector<std::string> models;
  find(words, found_brands, evidence, models);
  find_kinds(notice, found_brands, evidence);
  if (!left_out.empty()) drop_left_out(left_out, found_brands, evidence);
  std::vector<std::pair<std::uint32_t, const Evidence*>> fitting;
  for (const auto& [device, e] : evidence)
    if (e.score >= least_score && (!wanted || wanted(devices[device].id, e.score))) fitting.emplace_back(device, &e);
  if (fitting.empty()) return {};
  // Best first, else in the plan's order.
  std::sort(fitting.begin(), fitting.end(), [](const auto& a, const auto& b) { return a.second->score != b.second->score ? a.second->score > b.second->score : a.first < b.first; });
  RecallCandidate candidate;
  candidate.score = fitting.front().second->score;
  candidate.models = join(models, "; ");
  for (std::size_t i = 0; i < fitting.size(); ++i) {
    const auto& device = devices[fitting[i].first];
    candidate.devices.push_back(device.id);
    candidate.scores.push_back(fitting[i].second->score);
    if (i < most_devices_named) candidate.why += (i ? "\n" : "") + sentence(device, *fitting[i].second);
  }
  if (fitting.size() > most_devices_named) candidate.why += "\n" + tr("And {count} more devices.", {{"count", fitting.size() - most_devices_named}});
  return candidate;
}

}  // namespace mainstay
