// SPDX-License-Identifier: MIT
// Rule packs: what there is, what is wrong with a file, and why a rule says what it says.
#include <filesystem>
#include <set>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/check/explain.h"
#include "core/check/rule.h"
#include "core/report/drawing.h"
#include "core/rule_samples.h"

namespace mainstay::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_pack = 16 << 20;

std::string_view truth_word(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown"; }

void warn(const std::vector<std::string>& troubles) {
  for (const auto& trouble : troubles) std::fprintf(stderr, "mainstay-cli: %s\n", trouble.c_str());
}

int list_rules(const Invocation& in) {
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> troubles;
  const auto& wanted = in.all("WORDS");
  bool known = wanted.empty();
  for (const auto& pack : load_packs(&troubles)) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), pack.id) == wanted.end()) continue;
    known = true;
    for (const auto& rule : pack.rules) {
      if (in.json()) list.push_back({{"id", rule.id}, {"pack", pack.id}, {"file", pack.file}, {"kind", rule.kind}, {"revision", rule.revision}, {"title", rule.title}, {"applies_to", rule.applies_to}, {"sources", rule.sources}});
      else rows.push_back({pack.id, rule.id, tr(rule.title, {{"name", "…"}})});
    }
  }
  warn(troubles);
  if (!known) throw Error(ErrorCode::usage, tr("There is no rule pack “{name}”; “rules list” shows them.", {{"name", wanted.front()}}));
  if (in.json()) print(list);
  else print_table(rows);
  return Exit::fine;
}

/// One line of a lint. `line` 0: the file as a whole.
struct Fault {
  std::string file;
  std::size_t line = 0, column = 0;
  std::string reason;
};

/// The files of samples: the one named, or every .xml in the folder named.
std::vector<RuleSample> samples_in(const std::string& place, std::vector<Fault>& faults) {
  std::vector<std::string> files;
  std::error_code error;
  if (fs::is_directory(place, error)) {
    for (const auto& entry : fs::directory_iterator(place, error))
      if (entry.is_regular_file(error) && entry.path().extension() == ".xml") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
  } else files.push_back(place);
  std::vector<RuleSample> all;
  for (const auto& file : files) {
    try {
      auto some = rule_samples(read_file(file, largest_pack), file);
      all.insert(all.end(), some.begin(), some.end());
    } catch (const Error& refused) {
      faults.push_back({file, 0, 0, refused.what()});
    }
  }
  return all;
}

int try_samples(const std::string& place, const std::vector<Pack>& packs, std::vector<Fault>& faults) {
  const auto samples = samples_in(place, faults);
  int tried = 0;
  for (const auto& pack : packs) {
    for (const auto& s : samples) {
      if (std::none_of(pack.rules.begin(), pack.rules.end(), [&](const Rule& r) { return r.id == s.rule; })) continue;
      ++tried;
      try {
        if (const auto fault = sample_fault({pack}, s); !fault.empty()) faults.push_back({s.file, s.line, 0, tr("{rule}: {reason}", {{"rule", s.rule}, {"reason", fault}})});
      } catch (const Error& refused) {
        faults.push_back({s.file, s.line, 0, refused.what()});
      }
    }
    for (auto& missing : missing_samples(pack, samples)) faults.push_back({pack.file, 0, 0, std::move(missing)});
  }
  return tried;
}

std::string spoken(const Fault& f) {
  const Args args{{"file", f.file}, {"line", f.line}, {"column", f.column}, {"reason", f.reason}};
  if (f.line == 0) return tr("{file}: {reason}", args);
  return f.column == 0 ? tr("{file}: line {line}: {reason}", args) : tr("{file}: line {line}, column {column}: {reason}", args);
}

/// Drawings that a pack names and that there are none of: the question would stand without its picture.
void look_for_drawings(const Pack& pack, std::vector<Fault>& faults) {
  for (const auto& rule : pack.rules) {
    std::set<std::string> names;
    for (const auto& question : rule.questions) names.insert(question.picture);
    for (const auto& look : rule.looks) names.insert(look.picture);
    for (const auto& name : names)
      if (!name.empty() && !drawing(name)) faults.push_back({pack.file, 0, 0, tr("the rule “{rule}” names the drawing “{name}”; there are {known}", {{"rule", rule.id}, {"name", name}, {"known", join(drawing_names(), ", ")}})});
  }
}

int lint(const Invocation& in) {
  const auto& files = in.all("WORDS");
  if (files.empty()) throw Error(ErrorCode::usage, tr("Say which rule packs to look through: rules lint FILE…"));
  std::vector<Fault> faults;
  std::vector<Pack> packs;
  std::map<std::string, std::string> owners;
  for (const auto& file : files) {
    const auto bytes = read_file(file, largest_pack);
    const auto found = pack_faults(bytes, file);
    for (const auto& fault : found) faults.push_back({file, fault.line, fault.column, fault.reason});
    if (!found.empty()) continue;
    packs.push_back(pack_from_xml(bytes, file));
    look_for_drawings(packs.back(), faults);
    for (const auto& rule : packs.back().rules)
      if (const auto [at, fresh] = owners.emplace(rule.id, file); !fresh) faults.push_back({file, 0, 0, tr("the rule “{id}” stands in “{other}” too", {{"id", rule.id}, {"other", at->second}})});
  }
  const int tried = in.has("--samples") ? try_samples(in.get("--samples"), packs, faults) : 0;
  Json list = Json::array();
  for (const auto& f : faults) {
    if (in.json()) list.push_back({{"file", f.file}, {"line", f.line == 0 ? Json() : Json(f.line)}, {"column", f.column == 0 ? Json() : Json(f.column)}, {"fault", f.reason}});
    else print(spoken(f));
  }
  if (in.json()) print(list);
  else {
    for (const auto& pack : packs)
      if (std::none_of(faults.begin(), faults.end(), [&](const Fault& f) { return f.file == pack.file; })) print(tr_count(static_cast<long long>(pack.rules.size()), "{file}: no fault in {count} rule.", "{file}: no fault in {count} rules.", {{"file", pack.file}}));
    if (in.has("--samples")) print(tr_count(tried, "{count} sample was tried.", "{count} samples were tried."));
  }
  return faults.empty() ? Exit::fine : Exit::failed;
}

Json json_of(const std::vector<ExplainedLine>& lines) {
  Json list = Json::array();
  for (const auto& line : lines)
    list.push_back({{"depth", line.depth}, {"condition", line.text}, {"name", line.label}, {"field", line.field}, {"value", line.value}, {"truth", truth_word(line.truth)}});
  return list;
}

void print_lines(const std::vector<ExplainedLine>& lines) {
  for (const auto& line : lines) {
    auto text = std::string(6 + 2 * static_cast<std::size_t>(line.depth), ' ') + std::string(truth_word(line.truth)) + "  " + (line.label.empty() ? line.text : tr("{label}: {text}", {{"label", line.label}, {"text", line.text}}));
    if (!line.field.empty()) text += line.value.empty() ? tr("   (not known)") : tr("   (it says “{value}”)", {{"value", shortened(line.value, 80)}});
    print(text);
  }
}

Json json_of(const Explanation& e) {
  Json cases = Json::array();
  for (const auto& c : e.cases) cases.push_back({{"name", c.name}, {"verdict", verdict_name(c.verdict)}, {"truth", truth_word(c.truth)}, {"chosen", c.chosen}, {"when", json_of(c.when)}});
  return {{"rule", e.rule_id}, {"revision", e.revision}, {"subject_kind", e.subject_kind}, {"subject_id", e.subject_id.text}, {"truth", truth_word(e.match_truth)}, {"match", json_of(e.match)}, {"cases", cases}, {"outcome", e.outcome}, {"message", e.message}};
}

void print_explanation(const Plan& plan, const Explanation& e) {
  print(tr("{subject}: {rule}", {{"subject", title_of(plan, e.subject_id)}, {"rule", e.rule_id}}));
  print("  " + e.outcome);
  if (!e.message.empty()) print("  " + e.message);
  print("    " + tr("is the rule about it?"));
  print_lines(e.match);
  for (const auto& c : e.cases) {
    const Args args{{"name", c.name.empty() ? "1" : c.name}, {"verdict", verdict_name(c.verdict)}};
    print("    " + (c.chosen ? tr("case {name}: {verdict} – this one decides", args) : tr("case {name}: {verdict}?", args)));
    print_lines(c.when);
  }
}

/// The records that are explained: the one named, or all of the kinds that the rule (or any rule about devices) applies to.
std::vector<RecordRef> subjects(const Plan& plan, const std::vector<std::string>& words, const Rule* rule) {
  if (words.size() == 2) return {resolve_record(plan, "", words[1])};
  std::vector<RecordRef> all;
  for (const auto& kind : rule ? rule->applies_to : std::vector<std::string>{"device"}) {
    const auto& table = *table_of(kind);
    for (std::size_t i = 0; i < table.size(plan); ++i) all.push_back({&table, table.at(plan, i), table.id_at(plan, i)});
  }
  return all;
}

int explain_rules(const Invocation& in) {
  const auto& words = in.all("WORDS");
  if (words.empty() || words.size() > 2) throw Error(ErrorCode::usage, tr("Say which plan, and which device: rules explain PLAN [DEVICE] [--rule ID]"));
  const auto document = Document::open(words[0], in.context());
  const auto& plan = document->plan();
  std::vector<std::string> troubles;
  const auto packs = load_packs(&troubles);
  warn(troubles);
  const Rule* wanted = nullptr;
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules)
      if (rule.id == in.get("--rule")) wanted = &rule;
  if (in.has("--rule") && !wanted) throw Error(ErrorCode::usage, tr("There is no rule “{rule}”; “rules list” shows them.", {{"rule", in.get("--rule")}}));
  if (wanted && !wanted->function.empty())
    throw Error(ErrorCode::refused, tr("The rule “{rule}” looks at the whole plan by the program’s own test “{function}”: it has no condition to show.", {{"rule", wanted->id}, {"function", wanted->function}}));
  const CheckContext context(plan, document->graph(), document->observations(), document->now(), document->content_hash(), document->path());
  Json list = Json::array();
  for (const auto& ref : subjects(plan, words, wanted))
    for (const auto& e : explain(packs, context, ref, in.get("--rule"))) {
      if (in.json()) list.push_back(json_of(e));
      else print_explanation(plan, e);
    }
  if (in.json()) print(list);
  return Exit::fine;
}

}  // namespace

int run_rules(const Invocation& in) {
  const auto action = in.get("ACTION");
  if (action == "list") return list_rules(in);
  if (action == "lint") return lint(in);
  if (action == "explain") return explain_rules(in);
  throw Error(ErrorCode::usage, tr("rules knows list, lint and explain, not “{action}”.", {{"action", action}}));
}

}  // namespace mainstay::cli
