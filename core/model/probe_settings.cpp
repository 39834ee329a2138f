// SPDX-License-Identifier: MIT
#include "core/model/probe_settings.h"

#include <algorithm>

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

ReadingList readings_as_set(const Plan& plan, const ReadingList& readings) {
  std::vector<std::pair<const Id*, std::string>> known;  // a backup has few probes
  ReadingList kept;
  for (const auto* o : readings) {
    if (o->settings.empty()) {
      kept.push_back(o);
      continue;
    }
    auto at = std::find_if(known.begin(), known.end(), [&](const auto& one) { return *one.first == o->probe_id; });
    if (at == known.end()) {
      const auto* probe = find_in(plan.probes, o->probe_id);
      at = known.insert(known.end(), {&o->probe_id, probe ? probe_settings(*probe) : std::string()});
    }
    if (at->second.empty() || at->second == o->settings) kept.push_back(o);
  }
  return kept;
}

}  // namespace mainstay
