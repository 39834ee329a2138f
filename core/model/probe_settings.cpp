// SPDX-License-Identifier: MIT
#include "core/model/probe_settings.h"

#include "core/base/codec.h"
#include "core/base/text.h"
#include "core/model/plan.h"

namespace mainstay {

std::string probe_settings(const Probe& probe) {
  auto url = std::string(trimmed(probe.url));
  while (url.size() > 1 && url.back() == '/') url.pop_back();
  std::string all;
  for (const auto& part : {std::string(Probe::info().field("type")->choices[static_cast<std::size_t>(probe.type)].key), url, std::string(trimmed(probe.item)), std::string(trimmed(probe.account)), std::string(trimmed(probe.command))})
    all += std::to_string(part.size()) + ":" + part;
  return sha256_hex(all).substr(0, 16);
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
  if (settings.empty()) settings = probe_settings(*at->second.probe);
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
    if (o->settings.empty() || settings->empty() || *settings == o->settings) kept.push_back(o);
  }
  return kept;
}

}  // namespace mainstay
