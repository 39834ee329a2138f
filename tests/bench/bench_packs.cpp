// SPDX-License-Identifier: MIT
// How long rule packs take on a large inventory, on one core: rules of the shapes that recalls have (brand and model, serial ranges, builds, versions, dates, answers), every finding
// worded. Words: DEVICES RULES ROUNDS.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "core/check/context.h"
#include "core/check/judge.h"
#include "core/check/rule.h"

using namespace mainstay;

namespace {

constexpr std::size_t brands = 60, models_each = 40;
const char* const kinds[] = {"phone", "tablet", "laptop", "desktop", "nas", "charger", "power_bank", "ups", "printer"};

std::string brand(std::size_t i) { return fmt::format("Brand{}", i % brands); }
std::string model(std::size_t of, std::size_t i) { return fmt::format("{}{},{}", "Model", of % brands, i % models_each); }

/// A pack as a vendor's recalls would fill it: each rule is about one brand, some models, and one thing more that decides.
Pack made_pack(std::size_t rules) {
  std::string xml = "<pack id=\"bench\" title=\"Bench\" format=\"1\">";
  for (std::size_t r = 0; r < rules; ++r) {
    const auto b = r % brands;
    const auto match = fmt::format("<all><where><known field=\"brand\"/><is field=\"brand\" value=\"{}\"/></where><in field=\"kind\">{}; {}</in>", brand(b), kinds[r % std::size(kinds)], kinds[(r + 3) % std::size(kinds)]);
    std::string more;
    switch (r % 5) {
      case 0: more = fmt::format("<in field=\"model_identifier\">{}; {}; {}</in>", model(b, r), model(b, r + 7), model(b, r + 19)); break;
      case 1: more = fmt::format("<all><in field=\"model_identifier\">{}</in><build_before field=\"os_build\" value=\"{}D20\"/></all>", model(b, r), 10 + r % 8); break;
      case 2: more = fmt::format("<serial_range from=\"AB{:04}\" to=\"AB{:04}\"/>", r % 5000, r % 5000 + 150); break;
      case 3: more = fmt::format("<all><glob field=\"model\">*Series {}*</glob><date_between field=\"purchased_on\" from=\"2015-01-01\" until=\"2018-12-31\"/></all>", r % 30); break;
      default: more = fmt::format("<all><is field=\"os_name\" value=\"macOS\"/><version_before field=\"os_version\" value=\"{}\"/></all>", 10 + r % 5);
    }
    xml += fmt::format("<rule id=\"r{}\" kind=\"recall\" title=\"Recall {}: {{name}}\" applies_to=\"device\" severity=\"error\"><when>{}{}</all></when><hazard>It can overheat.</hazard>"
                       "<case verdict=\"affected\"><when><yes/></when><message>“{{name}}” is recalled.</message></case><step>Stop using it.</step><source>Bench</source></rule>", r, r, match, more);
  }
  return pack_from_xml(xml + "</pack>", "bench.xml");
}

Plan inventory(std::size_t devices) {
  std::mt19937 random(20261124);
  Plan plan;
  for (std::size_t d = 0; d < devices; ++d) {
    Device device;
    const auto b = random() % brands;
    device.id = Id{fmt::format("device-{}", d)};
    device.name = fmt::format("Device {}", d);
    Device::info().field("kind")->set_text(&device, kinds[random() % std::size(kinds)]);
    device.brand = brand(b);
    device.model = fmt::format("Thing Series {} mark {}", random() % 30, random() % 10);
    device.model_identifier = model(b, random());
    device.serial = fmt::format("AB{:04}{:04}", random() % 5000, random() % 10000);
    device.os_name = random() % 3 ? "iOS" : "macOS";
    device.os_version = fmt::format("{}.{}", 9 + random() % 9, random() % 7);
    device.os_build = fmt::format("{}{}{}", 9 + random() % 14, static_cast<char>('A' + random() % 8), 10 + random() % 400);
    device.purchased_on = *parse_date(fmt::format("{}-{:02}-11", 2008 + random() % 18, 1 + random() % 12));
    plan.devices.push_back(std::move(device));
  }
  return plan;
}

double spent() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

struct Times {
  std::vector<double> seconds;
  std::size_t findings = 0;
};

template <class Run>
Times measured(int rounds, Run run) {
  Times times;
  for (int round = 0; round < rounds; ++round) {
    const auto start = spent();
    times.findings = run();
    times.seconds.push_back(spent() - start);
  }
  std::sort(times.seconds.begin(), times.seconds.end());
  return times;
}

void show(const std::string& name, const Times& t) {
  fmt::print("{:<44}{:>9.3f} s cpu  ({:.3f}..{:.3f})  {:>8} findings\n", name, t.seconds[t.seconds.size() / 2], t.seconds.front(), t.seconds.back(), t.findings);
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int i, std::size_t other) { return argc > i ? static_cast<std::size_t>(std::strtoul(argv[i], nullptr, 10)) : other; };
  const auto devices = number(1, 100'000), rules = number(2, 500);
  const auto rounds = static_cast<int>(std::max<std::size_t>(1, number(3, 5)));
  const auto plan = inventory(devices);
  const std::vector<Pack> packs{made_pack(rules)};
  const Graph graph(plan);
  const std::vector<Observation> nothing;
  const CheckInput input{plan, graph, nothing, Instant(1'795'507'200), "", ""};
  fmt::print("{} devices x {} rules on one core, {} rounds (goal: below 1 s at 100,000 x 500)\n", devices, rules, rounds);
  show("check: indexed, every finding worded", measured(rounds, [&] { return check_plan(input, packs, {}, "bench").size(); }));
  // The floor that the index is held against: each rule tried on each device, on a tenth of them.
  Plan tenth = plan;
  tenth.devices.resize(std::max<std::size_t>(1, devices / 10));
  const Graph small(tenth);
  show(fmt::format("every rule tried, on {} devices", tenth.devices.size()), measured(1, [&] {
         const CheckContext context(tenth, small, nothing, input.now, "", "");
         std::size_t found = 0;
         for (const auto& device : tenth.devices)
           for (const auto& rule : packs[0].rules) found += judge(rule, context.subject(ref_to(device))).outcome != Judgement::Outcome::out;
         return found;
       }));
  show("the program's own packs, indexed", measured(rounds, [&] { return check_plan(input, load_packs(), {}).size(); }));
  return 0;
}
