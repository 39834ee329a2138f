// SPDX-License-Identifier: MIT
#include "core/exchange/device_identity.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace mainstay {
namespace {

constexpr std::string_view reported_fields[] = {"model_identifier", "model_number", "serial", "os_name", "os_version", "os_build"};
/// Of entries that share a key, at most so many are compared: a placeholder that nobody knows as one may stand in every row.
constexpr std::size_t most_compared = 200, most_places = 8, most_findings = 100;

std::string kept_characters(std::string_view text, bool (*wanted)(char)) {
  std::string out;
  for (const char c : upper_case(trimmed(text)))
    if (wanted(c)) out += c;
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'A' && c <= 'F'); }

/// A number that a spreadsheet has rounded, such as 3.5E+14, stands for many.
bool is_rounded(std::string_view text) {
  const auto at = upper_case(text).find("E+");
  return at != std::string::npos && at > 0 && is_digit(text[at - 1]) && at + 2 < text.size() && is_digit(text[at + 2]);
}

/// The text as it is compared; "" where it cannot be a key of that sort.
std::string folded_key(DeviceKey key, std::string_view text) {
  if (key == DeviceKey::name || key == DeviceKey::asset_tag) return lower_case(trimmed(text));  // 1-1 and 11 are two tags
  if (is_rounded(text)) return {};
  if (key == DeviceKey::imei) {
    auto digits = kept_characters(text, is_digit);
    return digits.size() >= 14 && digits.size() <= 17 ? digits : std::string();
  }
  if (key == DeviceKey::mac) {
    auto digits = kept_characters(text, is_hex);
    return digits.size() == 12 && digits.find_first_not_of('0') != std::string::npos && digits.find_first_not_of('F') != std::string::npos ? digits : std::string();
  }
  return key_of(text);
}

bool differ(const std::string& a, const std::string& b) { return !a.empty() && !b.empty() && a != b; }
bool agree(const std::string& a, const std::string& b) { return !a.empty() && a == b; }
bool brands_differ(const std::string& a, const std::string& b) { return differ(a, b) && !a.starts_with(b) && !b.starts_with(a); }

void set_key(DeviceTraits& traits, DeviceKey key, std::string_view text) { traits.keys[static_cast<std::size_t>(key)] = folded_key(key, text); }

/// A fact that tells devices apart; a fact names a place or person where the plan has no record of it.
void set_fact(DeviceTraits& traits, const std::string& name, const std::string& value) {
  if (name == "asset_tag") set_key(traits, DeviceKey::asset_tag, value);
  else if (name == "imei") set_key(traits, DeviceKey::imei, value);
  else if (name == "mac_address") set_key(traits, DeviceKey::mac, value);
  else if (name == "used_by" && traits.person.empty()) traits.person = lower_case(value);
  else if (name == "location" && traits.site.empty()) traits.site = lower_case(value);
}

std::string shown_places(const std::vector<std::string>& places) {
  std::vector<std::string> first(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(std::min(places.size(), most_places)));
  if (places.size() > most_places) return tr("{places} and {count} more", {{"places", join(first, ", ")}, {"count", places.size() - most_places}});
  return join(first, ", ");
}

const std::string& text_of(const SeenDevice& seen, DeviceKey key) {
  static const std::string nothing;
  if (key == DeviceKey::serial) return seen.get("serial");
  if (key == DeviceKey::identifier) return seen.get("unique_id");
  if (key == DeviceKey::name) return seen.get("name");
  const std::string_view fact = key == DeviceKey::asset_tag ? "asset_tag" : key == DeviceKey::imei ? "imei" : "mac_address";
  for (const auto& [name, value] : seen.facts)
    if (name == fact) return value;
  return nothing;
}

/// Entries that share a key and are not one device.
struct Clash {
  DeviceKey key;
  std::string value, what;
  std::vector<std::string> places;

  void add(const std::string& place) {
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  }
};

Finding clash_finding(const Clash& clash) {
  return inventory_finding("import.clash", tr("Several devices of a list share a key"),
                           tr("The {key} “{value}” stands more than once ({places}), but the entries differ in: {what}. Each was kept as a device of its own. Mend the one that is wrong.",
                              {{"key", words(clash.key)}, {"value", shortened(clash.value, 60)}, {"places", shown_places(clash.places)}, {"what", clash.what}}));
}

/// At most `most_findings` of one sort, and how many more there are.
void add_findings(std::vector<Finding>& all, std::vector<Finding> some) {
  const auto more = some.size() > most_findings ? some.size() - most_findings : 0;
  if (more > 0) {
    some.resize(most_findings);
    some.push_back(inventory_finding(some.front().rule_id, some.front().title, tr("There are {count} more such remarks.", {{"count", more}})));
  }
  std::move(some.begin(), some.end(), std::back_inserter(all));
}

}  // namespace

std::string words(DeviceKey key) {
  switch (key) {
    case DeviceKey::serial: return tr("serial number");
    case DeviceKey::identifier: return tr("identifier");
    case DeviceKey::asset_tag: return tr("asset tag");
    case DeviceKey::imei: return tr("IMEI");
    case DeviceKey::mac: return tr("network address (MAC)");
    case DeviceKey::name: break;
  }
  return tr("name");
}

bool is_reported(std::string_view field) { return std::find(std::begin(reported_fields), std::end(reported_fields), field) != std::end(reported_fields); }

std::string key_of(std::string_view identifier) {
  return kept_characters(identifier, [](char c) { return c != '-' && c != ' '; });
}

bool DeviceTraits::only_named() const {
  return std::all_of(keys.begin(), keys.end() - 1, [](const std::string& key) { return key.empty(); });
}

DeviceTraits traits_of(const SeenDevice& seen) {
  DeviceTraits traits;
  for (const auto key : device_keys) set_key(traits, key, text_of(seen, key));
  const auto folded = [&](std::string_view field) { return lower_case(seen.get(field)); };
  traits.brand = folded("brand");
  traits.model = folded("model");
  traits.model_identifier = folded("model_identifier");
  traits.model_number = folded("model_number");
  traits.kind = seen.get("kind");
  traits.person = seen.get("person_id");
  traits.site = seen.get("site_id");
  traits.purchased_on = seen.get("purchased_on");
  const auto& count = seen.get("count");
  traits.several = !count.empty() && count != "1";
  for (const auto& [name, value] : seen.facts) set_fact(traits, name, value);
  return traits;
}

std::vector<DeviceTraits> traits_of_devices(const Plan& plan) {
  std::vector<DeviceTraits> all;
  std::unordered_map<std::string, std::size_t> places;
  for (const auto& device : plan.devices) {
    DeviceTraits traits;
    set_key(traits, DeviceKey::serial, device.serial);
    set_key(traits, DeviceKey::identifier, device.unique_id);
    set_key(traits, DeviceKey::name, device.name);
    SeenDevice brand;
    brand.set("brand", device.brand);  // as an inventory would write it
    traits.brand = lower_case(brand.get("brand"));
    traits.model = lower_case(device.model);
    traits.model_identifier = lower_case(device.model_identifier);
    traits.model_number = lower_case(device.model_number);
    traits.kind = Device::info().field("kind")->text(&device);
    traits.person = device.person_id.text;
    traits.site = device.site_id.text;
    traits.purchased_on = to_text(device.purchased_on);
    traits.several = device.count && device.count.count > 1;
    places.emplace(device.id.text, all.size());
    all.push_back(std::move(traits));
  }
  for (const auto& attribute : plan.attributes)
    if (const auto place = places.find(attribute.subject_id.text); place != places.end()) set_fact(all[place->second], attribute.name, attribute.value);
  return all;
}

std::string difference(const DeviceTraits& a, const DeviceTraits& b, DeviceKey by, bool strict) {
  const bool by_name = by == DeviceKey::name;
  if (by_name && a.several != b.several) return tr("number of things");
  const auto keys_differ = [&](DeviceKey key) { return key != by && differ(a.key(key), b.key(key)); };
  // A hardware identifier outlives a serial number that somebody mistyped.
  if (keys_differ(DeviceKey::serial) && (strict || by != DeviceKey::identifier)) return words(DeviceKey::serial);
  // Programs give identifiers of their own, and enrolling anew gives another: it says nothing against a serial number.
  if (keys_differ(DeviceKey::identifier) && by != DeviceKey::serial && (strict || by_name)) return words(DeviceKey::identifier);
  const bool same_identifier = agree(a.model_identifier, b.model_identifier);
  const bool same_model = same_identifier || agree(a.model, b.model) || agree(a.model_number, b.model_number);
  if (!same_model && brands_differ(a.brand, b.brand)) return tr("manufacturer");
  if (differ(a.model_identifier, b.model_identifier)) return tr("model identifier");
  if (keys_differ(DeviceKey::asset_tag) && (strict || by > DeviceKey::asset_tag)) return words(DeviceKey::asset_tag);
  if (keys_differ(DeviceKey::imei) && (strict || by_name)) return words(DeviceKey::imei);
  if (by_name && keys_differ(DeviceKey::mac)) return words(DeviceKey::mac);
  if (!same_identifier && (strict || by_name)) {
    if (differ(a.model, b.model)) return tr("model");
    if (differ(a.model_number, b.model_number)) return tr("model number");
  }
  if (!strict) return {};
  if (!same_model && differ(a.kind, b.kind)) return tr("kind");
  if (!same_model && keys_differ(DeviceKey::name)) return words(DeviceKey::name);
  if (by_name && differ(a.person, b.person)) return tr("person");
  if (by_name && differ(a.site, b.site)) return tr("place");
  if (by_name && differ(a.purchased_on, b.purchased_on)) return tr("date of purchase");
  return {};
}

int likeness(const DeviceTraits& a, const DeviceTraits& b) {
  int alike = 0;
  for (const auto key : device_keys) {
    if (agree(a.key(key), b.key(key))) alike += 4;
    else if (a.key(key).empty() != b.key(key).empty()) --alike;  // one without serial number is rather the other one without
  }
  for (const auto part : {&DeviceTraits::brand, &DeviceTraits::model, &DeviceTraits::model_identifier, &DeviceTraits::model_number, &DeviceTraits::kind, &DeviceTraits::person, &DeviceTraits::site, &DeviceTraits::purchased_on})
    if (agree(a.*part, b.*part)) alike += 2;
    else if ((a.*part).empty() != (b.*part).empty()) --alike;
  return alike;
}

namespace {

using Trait = const std::string& (*)(const DeviceTraits&);
/// What rules a device out where both say it and say otherwise; see difference().
struct TellingTrait {
  Trait of;
  bool (*counts)(DeviceKey by, const DeviceTraits& entry);
};
constexpr auto always = [](DeviceKey, const DeviceTraits&) { return true; };
constexpr auto by_name_only = [](DeviceKey by, const DeviceTraits&) { return by == DeviceKey::name; };
constexpr auto without_identifier = [](DeviceKey, const DeviceTraits& entry) { return entry.model_identifier.empty(); };  // one model may be spelled in several ways
constexpr TellingTrait telling_traits[] = {
    {[](const DeviceTraits& t) -> const std::string& { return t.key(DeviceKey::serial); }, [](DeviceKey by, const DeviceTraits&) { return by != DeviceKey::serial; }},
    {[](const DeviceTraits& t) -> const std::string& { return t.key(DeviceKey::identifier); }, [](DeviceKey by, const DeviceTraits&) { return by != DeviceKey::serial && by != DeviceKey::identifier; }},
    {[](const DeviceTraits& t) -> const std::string& { return t.key(DeviceKey::asset_tag); }, [](DeviceKey by, const DeviceTraits&) { return by != DeviceKey::asset_tag; }},
    {[](const DeviceTraits& t) -> const std::string& { return t.key(DeviceKey::imei); }, [](DeviceKey by, const DeviceTraits&) { return by != DeviceKey::imei; }},
    {[](const DeviceTraits& t) -> const std::string& { return t.key(DeviceKey::mac); }, by_name_only},
    {[](const DeviceTraits& t) -> const std::string& { return t.model_identifier; }, always},
    {[](const DeviceTraits& t) -> const std::string& { return t.model; }, without_identifier},
    {[](const DeviceTraits& t) -> const std::string& { return t.model_number; }, without_identifier},
    {[](const DeviceTraits& t) -> const std::string& { return t.person; }, by_name_only},
    {[](const DeviceTraits& t) -> const std::string& { return t.site; }, by_name_only},
    {[](const DeviceTraits& t) -> const std::string& { return t.purchased_on; }, by_name_only}};
constexpr std::size_t many = 16;

}  // namespace

void KeyIndex::add_traits(Group& group, const DeviceTraits& traits, std::size_t index) {
  for (std::size_t t = 0; t < std::size(telling_traits); ++t) group.by_trait[t][telling_traits[t].of(traits)].push_back(index);
}

void KeyIndex::add(const DeviceTraits& traits, std::size_t index) {
  for (const auto key : device_keys) {
    if (traits.key(key).empty()) continue;
    auto& group = places_[static_cast<std::size_t>(key)][traits.key(key)];
    group.all.push_back(index);
    if (!group.by_trait.empty()) add_traits(group, traits, index);
    else group.waiting.push_back(traits);
    if (group.waiting.size() <= many) continue;
    group.by_trait.resize(std::size(telling_traits));
    for (std::size_t i = 0; i < group.waiting.size(); ++i) add_traits(group, group.waiting[i], group.all[i]);
    group.waiting.clear();
  }
}

const std::vector<std::size_t>& KeyIndex::with(DeviceKey key, const std::string& value) const {
  static const std::vector<std::size_t> none;
  const auto& places = places_[static_cast<std::size_t>(key)];
  const auto found = value.empty() ? places.end() : places.find(value);
  return found == places.end() ? none : found->second.all;
}

std::vector<std::size_t> KeyIndex::candidates(DeviceKey key, const DeviceTraits& traits) const {
  const auto& places = places_[static_cast<std::size_t>(key)];
  const auto found = traits.key(key).empty() ? places.end() : places.find(traits.key(key));
  if (found == places.end()) return {};
  const auto& group = found->second;
  std::vector<std::size_t> best = group.all;
  for (std::size_t t = 0; t < group.by_trait.size(); ++t) {
    const auto& value = telling_traits[t].of(traits);
    if (value.empty() || !telling_traits[t].counts(key, traits)) continue;
    const auto same = group.by_trait[t].find(value), silent = group.by_trait[t].find(std::string());
    const std::size_t count = (same == group.by_trait[t].end() ? 0 : same->second.size()) + (silent == group.by_trait[t].end() ? 0 : silent->second.size());
    if (count >= best.size()) continue;
    best.clear();
    for (const auto& list : {same, silent})
      if (list != group.by_trait[t].end()) best.insert(best.end(), list->second.begin(), list->second.end());
  }
  std::sort(best.begin(), best.end());
  return best;
}

void ListedDevice::absorb(const ListedDevice& later, DeviceKey key) {
  if (places.size() == 1) by = key;
  places.insert(places.end(), later.places.begin(), later.places.end());
  const bool newer = later.seen.seen_on && (!seen.seen_on || seen.seen_on.days < later.seen.seen_on.days);
  const auto take = [&](FieldTexts& own, const std::pair<std::string, std::string>& other, bool follows, const std::string& label) {
    const auto at = std::find_if(own.begin(), own.end(), [&](const auto& each) { return each.first == other.first; });
    if (at == own.end()) own.push_back(other);
    else if (key_of(at->second) == key_of(other.second)) return;
    else if (follows) at->second = other.second;
    else left.push_back(tr("{label} “{value}”", {{"label", label}, {"value", shortened(other.second, 60)}}));
    repeats = false;
  };
  for (const auto& field : later.seen.fields) take(seen.fields, field, newer && is_reported(field.first), std::string(tr(Device::info().field(field.first)->label)));
  for (const auto& fact : later.seen.facts) take(seen.facts, fact, newer, fact.first);
  if (newer) seen.seen_on = later.seen.seen_on;
  traits = traits_of(seen);
}

Finding joined_finding(const ListedDevice& device) {
  const Args args{{"name", shortened(device.seen.get("name"), 60)}, {"places", shown_places(device.places)}, {"key", words(device.by)}, {"value", shortened(text_of(device.seen, device.by), 60)},
                  {"left", shortened(join(device.left, ", "), 300)}};
  if (device.repeats && device.by == DeviceKey::name)
    return inventory_finding("import.repeats", tr("Entries repeat one another"), tr("“{name}”: these entries say the same and were taken for one device: {places}. If they are several, give each its serial number or asset tag.", args));
  if (device.repeats) return inventory_finding("import.repeats", tr("Entries repeat one another"), tr("“{name}”: these entries say the same and were taken for one device: {places}.", args));
  if (device.left.empty()) return inventory_finding("import.joined", tr("Entries were joined"), tr("“{name}”: these entries have the same {key} “{value}” and were joined into one device: {places}.", args));
  return inventory_finding("import.joined", tr("Entries were joined"), tr("“{name}”: these entries have the same {key} “{value}” and were joined into one device: {places}. What the later ones say otherwise was left out: {left}.", args));
}

std::vector<ListedDevice> listed_devices(const std::vector<SeenDevice>& seen, std::vector<Finding>& findings) {
  std::vector<ListedDevice> devices;
  KeyIndex index, only_named;  ///< of three iPads the one with a serial number is none of the others
  std::map<std::pair<DeviceKey, std::string>, Clash> clashes;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    ListedDevice device{seen[i], traits_of(seen[i]), {seen[i].place.empty() ? tr("entry {number}", {{"number", i + 1}}) : seen[i].place}, {}};
    std::vector<std::tuple<DeviceKey, std::string, std::size_t>> against;  ///< key, difference, other entry
    const auto same = [&]() -> std::optional<std::pair<std::size_t, DeviceKey>> {
      for (const auto key : device_keys) {
        const bool by_name = key == DeviceKey::name;
        if (by_name && !device.traits.only_named()) continue;
        const bool shared = by_name || key == DeviceKey::mac;  // many devices may share a name, or the address of a dock
        std::size_t compared = 0;
        const auto& all = index.with(key, device.traits.key(key));
        if (!shared && !all.empty())
          if (const auto what = difference(devices[all.front()].traits, device.traits, key, true); !what.empty()) against.emplace_back(key, what, all.front());
        for (const auto other : (by_name ? only_named : index).candidates(key, device.traits)) {
          if (++compared > most_compared) break;
          const auto what = difference(devices[other].traits, device.traits, key, true);
          if (what.empty()) return std::pair(other, key);
          if (!shared && other != all.front()) against.emplace_back(key, what, other);
        }
      }
      return {};
    }();
    const auto remember = [&](std::size_t at) {
      index.add(device.traits, at);
      if (device.traits.only_named()) only_named.add(device.traits, at);
    };
    if (same) {
      devices[same->first].absorb(device, same->second);
      remember(same->first);
    } else {
      for (const auto& [key, what, other] : against) {
        auto& clash = clashes.try_emplace({key, device.traits.key(key)}, Clash{key, text_of(device.seen, key), what, {}}).first->second;
        clash.add(devices[other].places.front());
        clash.add(device.places.front());
      }
      remember(devices.size());
      devices.push_back(std::move(device));
    }
  }
  std::vector<Finding> joined, apart;
  for (const auto& device : devices)
    if (device.places.size() > 1) joined.push_back(joined_finding(device));
  for (const auto& [key, clash] : clashes) apart.push_back(clash_finding(clash));
  add_findings(findings, std::move(apart));
  add_findings(findings, std::move(joined));
  return devices;
}

}  // namespace mainstay
