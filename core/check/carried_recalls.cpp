// SPDX-License-Identifier: MIT
#include "core/check/carried_recalls.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/check/context.h"
#include "core/check/judge.h"
#include "core/check/recalls.h"

namespace mainstay {

struct CarriedRecalls::Rules {
  struct Entry {
    const Rule* rule;
    const RuleAuthority* authority;  ///< none of an end of support
  };
  Rules(const Plan& plan, Instant now) : own_graph(Plan()), own_packs(load_packs(&troubles)), own_context(std::in_place, plan, own_graph, observations, now, "", ""), context(*own_context) { add(own_packs); }
  Rules(const std::vector<Pack>& packs, const CheckContext& given) : own_graph(Plan()), context(given) { add(packs); }

  static std::string key_of_family(std::string_view family) { return std::string(end_of_support) + " " + std::string(family); }
  static std::string key_of(const RecallNotice& n) { return n.family.empty() ? recall_slug(n.authority, n.number) : key_of_family(n.family); }
  void add(const std::vector<Pack>& packs) {
    for (const auto& pack : packs)
      for (const auto& rule : pack.rules) {
        for (const auto& family : rule.families) entries.emplace(key_of_family(family), Entry{&rule, nullptr});
        for (const auto& authority : rule.authorities) {
          if (authority.name != "US CPSC") continue;
          const auto number = authority.number.substr(0, authority.number.find(' '));  // "06-231 (2006)"
          if (number.size() >= 6 && number[2] == '-') entries.emplace(recall_slug(authority.name, number), Entry{&rule, &authority});
        }
      }
  }
  using Outcome = Judgement::Outcome;
  template <class Fits>
  bool any(const RecallNotice& notice, const Id& device, Fits fits) const {
    const auto [begin, end] = entries.equal_range(key_of(notice));
    if (begin == end) return false;
    const auto ref = context.record(device);
    const auto subject = context.subject(ref);
    return std::any_of(begin, end, [&](const auto& entry) {
      const auto& [rule, authority] = entry.second;
      return fits(judge(*rule, subject).outcome) && (!authority || evaluate(authority->when, subject) != Truth::no);
    });
  }

  Graph own_graph;
  std::vector<Observation> observations;
  std::vector<std::string> troubles;  // the check reports them
  std::vector<Pack> own_packs;
  std::optional<CheckContext> own_context;
  const CheckContext& context;
  std::multimap<std::string, Entry> entries;
};

CarriedRecalls::CarriedRecalls(const Plan& plan, Instant now) : rules_(std::make_unique<Rules>(plan, now)) {}
CarriedRecalls::CarriedRecalls(const std::vector<Pack>& packs, const CheckContext& context) : rules_(std::make_unique<Rules>(packs, context)) {}
CarriedRecalls::~CarriedRecalls() = default;

bool CarriedRecalls::has(const RecallNotice& notice) const { return rules_->entries.contains(Rules::key_of(notice)); }

bool CarriedRecalls::speaks_of(const RecallNotice& notice, const Id& device) const {
  return rules_->any(notice, device, [&](Judgement::Outcome o) { return notice.family.empty() ? o != Judgement::Outcome::out && o != Judgement::Outcome::silent : o == Judgement::Outcome::applies; });
}

bool CarriedRecalls::tells_of(const Recall& recall, const Id& device) const {
  return rules_->any(notice_of(recall), device, [](Judgement::Outcome o) { return o == Judgement::Outcome::applies; });
}

}  // namespace mainstay
