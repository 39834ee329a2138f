// SPDX-License-Identifier: MIT
#include "core/model/probe_settings.h"

#include <algorithm>
#include <initializer_list>

#include "core/base/codec.h"
#include "core/base/text.h"
#include "core/model/plan.h"

namespace mainstay {

namespace {

constexpr std::size_t how_digits = 8;

std::string fingerprint(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const auto part : parts) all += std::to_string(part.size()) + ":" + std::string(part);
  return sha256_hex(all);
}

}  // namespace

std::string probe_settings(const Probe& probe) {
  auto url = trimmed(probe.url);
  while (url.size() > 1 && url.back() == '/') url.remove_suffix(1);
  return fingerprint({Probe::info().field("type")->choices[static_cast<std::size_t>(probe.type)].key, url, trimmed(probe.item), trimmed(probe.account), trimmed(probe.command)}).substr(0, 16);
}

std::string settings_told(const Probe& probe) {
  return probe_settings(probe) + "/" + fingerprint({trimmed(probe.secret_name), Probe::info().field("timeout_seconds")->text(&probe)}).substr(0, how_digits) + fingerprint({trimmed(probe.pin)}).substr(0, how_digits);
}

std::string_view what_was_looked_at(std::string_view settings) { return settings.substr(0, settings.find('/')); }

bool is_as_set(const Observation& reading, std::string_view settings) {
  const std::string_view taken = reading.settings, what = what_was_looked_at(taken);
  if (taken.empty() || settings.empty()) return true;
  if (what != what_was_looked_at(settings)) return false;
  if (is_answer(reading.outcome) || taken.size() == what.size()) return true;  // older readings do not say how they were tried
  if (reading.presented_pin.empty()) return taken == settings;
  return taken.substr(taken.size() - std::min(taken.size(), how_digits)) == settings.substr(settings.size() - std::min(settings.size(), how_digits));  // a stranger answered: another password does not make that good
}

const Observation* latest_as_set(const std::vector<Observation>& all, const Probe& probe, Instant now) {
  const auto settings = settings_told(probe);
  const Observation* newest = nullptr;
  for (const auto& o : all)
    if (o.probe_id == probe.id && !is_from_the_future(o, now) && is_as_set(o, settings) && (!newest || o.read_at >= newest->read_at)) newest = &o;
  return newest;
}

ProbesAsSet::ProbesAsSet(const Plan& plan) {
  known_.reserve(plan.probes.size());
  for (const auto& probe : plan.probes) known_.emplace(probe.id.text, Known{&probe, {}});
}

const Probe* ProbesAsSet::find(const Id& id) const {
  const auto at = known_.find(id.text);
  return at == known_.end() ? nullptr : at->second.probe;
}

const std::string& ProbesAsSet::settings_of(const Id& id) const {
  static const std::string none;
  const auto at = known_.find(id.text);
  if (at == known_.end()) return none;
  auto& settings = at->second.settings;
  if (settings.empty()) settings = settings_told(*at->second.probe);
  return settings;
}

ReadingList readings_as_set(const ProbesAsSet& probes, const ReadingList& readings) {
  ReadingList kept;
  kept.reserve(readings.size());
  const Id* probe = nullptr;
  const std::string* settings = nullptr;
  for (const auto* o : readings) {
    if (!o->settings.empty() && (!probe || *probe != o->probe_id)) {  // a backup has few probes: mostly the one before is asked for again
      probe = &o->probe_id;
      settings = &probes.settings_of(*probe);
    }
    if (o->settings.empty() || is_as_set(*o, *settings)) kept.push_back(o);
  }
  return kept;
}

}  // namespace mainstay
