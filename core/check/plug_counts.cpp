// SPDX-License-Identifier: MIT
#include "core/check/plug_counts.h"

#include <algorithm>

namespace mainstay {
namespace {

constexpr std::string_view recalls[] = {"two_prong", "three_prong", "a1300"};

/// How many plugs there are, how many somebody has looked at, how many of those are recalled, and how many of these were exchanged.
struct PlugCounts {
  Number total, inspected, affected, exchanged;
};

Number counted(const std::string& text) {
  if (text == none_text) return Number(0);
  if (text.empty() || text.size() > 9 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
  return Number(std::stoll(text));
}

bool above(Number a, Number b) { return a && b && a.count > b.count; }
std::string at_least_none(std::int64_t number) { return std::to_string(std::max<std::int64_t>(0, number)); }

/// Which of the numbers contradict each other, "no" where none do.
std::string contradiction(const PlugCounts& n) {
  if (above(n.inspected, n.total)) return "inspected_above_all";
  if (above(n.affected, n.inspected)) return "affected_above_inspected";
  if (above(n.affected, n.total)) return "affected_above_all";
  return above(n.exchanged, n.affected) ? "exchanged_above_affected" : "no";
}

bool is_kit(const CheckContext& c, const RecordRef& ref) { return is_travel_kit(c, ref) == Truth::yes; }

/// A kit holds several plugs, and nobody knows how many until they are counted.
PlugCounts plug_counts(const CheckContext& c, const RecordRef& ref) {
  const auto at = [&](std::string_view name) { return counted(c.value(ref, name)); };
  return {at(is_kit(c, ref) ? "plugs_count" : "count"), at("inspected_count"), at("affected_count"), at("exchanged_count")};
}

/// What somebody saw on the plug; empty where nobody has looked.
std::string mark_seen(const CheckContext& c, const RecordRef& ref, std::string_view recall) { return c.value(ref, recall == "two_prong" ? "marking" : recall == "three_prong" ? "inner_part" : "a1300_mark"); }

MarkingClass recall_class(const CheckContext& c, const RecordRef& ref, std::string_view recall) {
  const auto look = mark_seen(c, ref, recall);
  if (recall == "two_prong") return marking_class(look);
  if (look == "white_no_letters" || look == "solid_ce") return MarkingClass::affected;
  if (look == "grey" || look == "outlined_ce" || look == "other_model") return MarkingClass::safe;
  return MarkingClass::unknown;
}

/// One mark speaks for one plug.
bool is_one_plug(const CheckContext& c, const RecordRef& ref, const PlugCounts& n) { return !is_kit(c, ref) && n.total.value_or(1) <= 1; }

std::string left_in_use(const CheckContext& c, const RecordRef& ref, std::string_view recall) {
  const auto n = plug_counts(c, ref);
  const auto exchanged = n.exchanged.value_or(0);
  const auto look = recall_class(c, ref, recall);
  const std::int64_t marked = look == MarkingClass::affected ? 1 : 0;
  // The counts of a kit are about all its plugs, of which one has three prongs: that one goes by its own mark.
  if (is_kit(c, ref) && recall == "three_prong") return marked ? at_least_none(n.affected && exchanged >= n.affected.count ? 0 : 1) : look == MarkingClass::safe ? "0" : std::string();
  if (n.affected) return at_least_none(std::max(n.affected.count, marked) - exchanged);
  if (marked) return at_least_none(marked - exchanged);
  return look == MarkingClass::safe && is_one_plug(c, ref, n) ? "0" : std::string();
}

/// "(none)" inspected still leaves every plug to look at; "" where even their number is not known.
std::string not_inspected(const CheckContext& c, const RecordRef& ref, std::string_view recall) {
  const auto n = plug_counts(c, ref);
  const auto looked = [&](std::string_view r) { return mark_seen(c, ref, r).empty() ? 0 : 1; };  // an unclear mark was seen too
  const bool kit = is_kit(c, ref);
  if (looked(recall) > 0 && (is_one_plug(c, ref, n) || (kit && recall == "three_prong" && counted(c.value(ref, "count")).value_or(1) <= 1))) return "0";
  if (!n.total) return {};
  const std::int64_t marks = kit ? looked("two_prong") + looked("three_prong") : looked(recall);
  return at_least_none(n.total.count - std::max(n.inspected ? n.inspected.count : n.affected.value_or(0), marks));
}

/// "two" or "three", by what somebody saw on a single plug: an empty slot may be that of either.
std::string prongs_seen(const CheckContext& c, const RecordRef& ref) {
  if (!is_one_plug(c, ref, plug_counts(c, ref))) return {};
  const auto slot = c.value(ref, "marking"), inner = c.value(ref, "inner_part");
  if (inner == "white_no_letters" || inner == "grey") return "three";
  return slot.empty() || slot == none_text ? std::string() : "two";
}

/// "yes" where somebody has said anything of a plug that tells which recall may be about it: where it was bought, or what is to be seen on it.
std::string plug_told(const CheckContext& c, const RecordRef& ref) {
  for (const auto* name : {"sale_region", "marking", "inner_part", "inspected_count", "affected_count"})
    if (!c.value(ref, name).empty()) return "yes";
  return {};
}

std::string counts_conflict(const CheckContext& c, const RecordRef& ref) {
  for (const auto* name : {"plugs_count", "inspected_count", "affected_count", "exchanged_count"})
    if (const auto text = c.value(ref, name); !text.empty() && !counted(text)) return "yes";
  return contradiction(plug_counts(c, ref)) == "no" ? "no" : "yes";
}

/// The plugs of a place, counted as one: what people know who have walked through it once.
std::string site_plugs(const CheckContext& c, const RecordRef& ref, std::string_view what) {
  const auto at = [&](std::string_view name) { return counted(c.attribute(ref.id, name)); };
  const PlugCounts n{at("site_plugs_count"), at("site_plugs_inspected_count"), at("site_plugs_affected_count"), at("site_plugs_exchanged_count")};
  if (what == "conflict") return contradiction(n);
  if (what == "left") return n.affected ? at_least_none(n.affected.count - n.exchanged.value_or(0)) : std::string();
  return n.total ? at_least_none(n.total.count - (n.inspected ? n.inspected.count : n.affected.value_or(0))) : std::string();
}

/// A device of Apple's with which a recalled plug may have come.
bool came_with_plug(const Device& device) {
  static const auto last = parse_date("2015-12-31")->days;
  return contains_folded(device.brand, "apple") && (!device.purchased_on || device.purchased_on.days <= last);
}

/// Where a device is: at its place, else at the only one there is; "" where that is not said.
Id place_of(const Plan& plan, const Device& device) {
  return device.site_id.empty() && plan.sites.size() == 1 ? plan.sites.front().id : device.site_id;
}

std::string devices_without_place(const CheckContext& c) {
  return std::to_string(std::count_if(c.plan.devices.begin(), c.plan.devices.end(), [&](const Device& d) { return came_with_plug(d) && d.kind != Device::Kind::wall_plug && place_of(c.plan, d).empty(); }));
}

}  // namespace

bool is_plug_value(std::string_view name) {
  for (const std::string_view known : {"counts_conflict", "plug_prongs", "plug_told", "site_plugs_left", "site_plugs_unseen", "site_plugs_conflict", "apple_devices_without_place"})
    if (name == known) return true;
  return std::any_of(std::begin(recalls), std::end(recalls), [&](std::string_view recall) { return name.starts_with(recall) && (name.substr(recall.size()) == "_left" || name.substr(recall.size()) == "_unseen"); });
}

std::optional<std::string> plug_value(const CheckContext& c, const RecordRef& ref, std::string_view name) {
  if (!is_plug_value(name)) return {};
  const bool business = ref.kind() == "organisation";
  if (name == "apple_devices_without_place") return business ? devices_without_place(c) : std::string();
  if (name.starts_with("site_plugs_")) return ref.kind() == "site" || business ? std::optional(site_plugs(c, ref, name.substr(11))) : std::nullopt;
  if (ref.kind() != "device") return {};
  if (name == "counts_conflict") return counts_conflict(c, ref);
  if (name == "plug_prongs") return prongs_seen(c, ref);
  if (name == "plug_told") return plug_told(c, ref);
  for (const auto recall : recalls)
    if (name.starts_with(recall)) return name.ends_with("_left") ? left_in_use(c, ref, recall) : not_inspected(c, ref, recall);
  return {};
}

/// Apple's plugs are rarely listed one by one: a place is asked about as a whole where Apple's devices are used and no plug is listed. Devices of which nobody says where they are may be at any
/// place; the business as a whole is asked about those. Nothing listed at all says nothing.
Truth may_hold_apple_plugs(const CheckContext& c, const RecordRef& ref) {
  const bool business = ref.kind() == "organisation";
  if (c.plan.devices.empty()) return business ? Truth::no : Truth::unknown;
  bool apple = false, unplaced = false;
  for (const auto& device : c.plan.devices) {
    const auto place = place_of(c.plan, device);
    const bool here = business ? place.empty() : place == ref.id;
    if (here && device.kind == Device::Kind::wall_plug) return Truth::no;  // asked about one by one
    apple = apple || (here && came_with_plug(device));
    unplaced = unplaced || (place.empty() && device.kind != Device::Kind::wall_plug && came_with_plug(device));
  }
  const auto counted_at = [&](const Site& site) { return bool(counted(c.attribute(site.id, "site_plugs_count"))); };
  if (business && !c.plan.sites.empty() && std::all_of(c.plan.sites.begin(), c.plan.sites.end(), counted_at)) return Truth::no;  // theirs were counted too
  return apple ? Truth::yes : unplaced && !business ? Truth::unknown : Truth::no;
}

Truth is_travel_kit(const CheckContext&, const RecordRef& ref) { return truth_of(contains_folded(ref.text("model"), "world travel") || contains_folded(ref.text("name"), "world travel")); }

}  // namespace mainstay
