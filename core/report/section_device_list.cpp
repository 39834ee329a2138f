// SPDX-License-Identifier: MIT
// The inventory with what was found of each device; of a long one a person reads the models, and the CSV has each device.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/check/recall_memory.h"
#include "core/report/device_findings.h"
#include "core/report/told_together.h"

namespace mainstay {
namespace {

constexpr std::size_t most_devices = 200;  ///< listed one by one on paper: about ten pages
constexpr std::size_t most_models = 200;

std::string joined(std::initializer_list<const std::string*> parts, std::string_view between) {
  std::vector<std::string> some;
  for (const auto* part : parts)
    if (!trimmed(*part).empty() && *part != none_text) some.push_back(*part);
  return join(some, between);
}

/// The worst thing said of a device, that a recall is still to be decided on, or that nothing was found.
Text standing(const Device& device, const std::map<std::string, std::vector<const Finding*>>& of, const std::set<Id>& to_decide) {
  const auto found = of.find(device.id.text);
  const bool is_calm = found == of.end() || std::all_of(found->second.begin(), found->second.end(), [](const Finding* f) { return asks_nothing(f->verdict); });
  if (is_calm && to_decide.contains(device.id)) return {Span{tr("Recall to decide"), Tone::unknown}};
  if (found == of.end()) return {Span{tr("Nothing found"), Tone::good}};
  const auto rank = [](const Finding* f) { return f->verdict == Verdict::affected ? 4 : f->verdict == Verdict::possible ? 3 : f->verdict == Verdict::unknown ? 2 : 1; };
  const auto* worst = *std::max_element(found->second.begin(), found->second.end(), [&](const Finding* a, const Finding* b) { return rank(a) < rank(b); });
  return verdict_cell(worst->verdict);
}

std::vector<Text> device_row(const Section& s, const Device& device, Text result) {
  std::vector<std::string> where, system;
  for (const auto& part : {s.records.title(device.site_id), s.records.title(device.person_id)})
    if (!part.empty()) where.push_back(part);
  if (device.seen_on) where.push_back(tr("seen {day}", {{"day", spoken(device.seen_on)}}));
  for (const auto& part : {joined({&device.os_name, &device.os_version, &device.os_build}, " "), device.serial.empty() ? std::string() : tr("Serial {serial}", {{"serial", device.serial}})})
    if (!part.empty()) system.push_back(part);
  auto model = cell(joined({&device.brand, &device.model, &device.model_number}, " "));
  if (!system.empty()) model.push_back(Span{"\n" + join(system, "\n"), Tone::muted});
  return {stacked(device.name, label_of(device, "kind")), std::move(model), cell(join(where, "\n")), device.count ? plain(std::to_string(device.count.count)) : Text{Span{tr("not counted"), Tone::muted}}, std::move(result)};
}

/// The devices of one kind, model and system.
struct Model {
  const Device* first = nullptr;
  std::size_t entries = 0;
  std::int64_t things = 0;
  bool all_counted = true;
  Tally places = {};
  std::map<int, std::pair<Text, std::size_t>> results = {};  ///< how many stand how, the worst first
};

/// The place of a result among results, the worst first.
int order_of(Tone tone) {
  switch (tone) {
    case Tone::bad: return 0;
    case Tone::warning: return 1;
    case Tone::unknown: return 2;
    case Tone::muted: return 3;
    default: return 4;
  }
}

std::vector<Text> model_row(const Model& model) {
  const auto& device = *model.first;
  auto what = cell(joined({&device.brand, &device.model, &device.model_number}, " "));
  std::string below = label_of(device, "kind");
  if (const auto system = joined({&device.os_name, &device.os_version}, " "); !system.empty()) below += (below.empty() ? "" : ", ") + system;
  if (!below.empty()) what.push_back(Span{"\n" + below, Tone::muted});
  Text results;
  for (const auto& [order, result] : model.results)
    results.push_back(Span{(results.empty() ? "" : "\n") + tr("{what}: {count}", {{"what", result.first.front().text}, {"count", result.second}}), result.first.front().tone});
  return {std::move(what), plain(std::to_string(model.entries)), model.all_counted ? plain(std::to_string(model.things)) : plain(tr("at least {count}", {{"count", model.things}})), plain(model.places.spoken(4)), std::move(results)};
}

/// One row a model, those of which the worst is known first.
TableBlock models_of(const Section& s, const std::vector<Text>& results) {
  std::map<std::string, std::size_t> places;
  std::vector<Model> models;
  for (std::size_t i = 0; i < s.plan.devices.size(); ++i) {
    const auto& device = s.plan.devices[i];
    const auto key = join({label_of(device, "kind"), lower_case(device.brand), lower_case(device.model), lower_case(device.model_number), lower_case(device.os_name), device.os_version}, "\n");
    const auto [place, is_new] = places.emplace(key, models.size());
    if (is_new) models.push_back(Model{&device});
    auto& model = models[place->second];
    ++model.entries;
    model.things += std::max<std::int64_t>(1, device.count.value_or(1));
    model.all_counted = model.all_counted && device.count;
    const auto where = s.records.title(device.site_id);
    model.places.add(where.empty() ? tr("not known") : where);
    auto& counted = model.results[order_of(results[i].front().tone) * 2 + (results[i].front().text == tr("Recall to decide") ? 1 : 0)];
    counted.first = results[i];
    ++counted.second;
  }
  std::stable_sort(models.begin(), models.end(), [](const Model& a, const Model& b) { return std::pair(a.results.begin()->first, b.entries) < std::pair(b.results.begin()->first, a.entries); });
  TableBlock table;
  table.columns = {{tr("Model and system"), 8}, {tr("Entries"), 2, true}, {tr("Things"), 2, true}, {tr("Where"), 6}, {tr("Results"), 6}};
  std::size_t left_out = 0, entries = 0;
  for (std::size_t i = 0; i < models.size(); ++i) {
    if (i < most_models) table.rows.push_back(model_row(models[i]));
    else ++left_out, entries += models[i].entries;
  }
  if (left_out > 0) table.rows.push_back({plain(tr("and {count} more models", {{"count", left_out}})), plain(std::to_string(entries)), {}, {}, plain(tr("in this report as CSV"))});
  return table;
}

}  // namespace

void section_device_list(Section& s) {
  const auto of = by_device(s);
  const auto to_decide = devices_to_decide_on(s.plan);
  std::vector<Text> results;
  for (const auto& device : s.plan.devices) results.push_back(standing(device, of, to_decide));
  TableBlock table;
  table.columns = {{tr("Device"), 6}, {tr("Model and system"), 7}, {tr("Where, who, last seen"), 6}, {tr("Count"), 2, true}, {tr("Result"), 4}};
  for (std::size_t i = 0; i < results.size(); ++i) table.rows.push_back(device_row(s, s.plan.devices[i], results[i]));
  if (results.size() > most_devices) {
    table.reader = TableBlock::Reader::machine;
    s.say(tr("The inventory has {count} entries, so it is told by model here. This report as CSV lists each device.", {{"count", results.size()}}));
    auto models = models_of(s, results);
    models.reader = TableBlock::Reader::person;
    s.out.emplace_back(std::move(models));
  }
  s.table(std::move(table), tr("No devices have been listed yet."));
}

}  // namespace mainstay
