// SPDX-License-Identifier: MIT
// `rules lint`: what is wrong with rule packs, and whether they say what their samples expect.
#include <filesystem>
#include <set>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/check/rule.h"
#include "core/report/drawing.h"
#include "core/rule_samples.h"

namespace mainstay::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_pack = 16 << 20;
constexpr const char* samples_folder = "samples";

/// One line of a lint. `line` 0: the file as a whole.
struct Fault {
  std::string file;
  std::size_t line = 0, column = 0;
  std::string reason;
};

std::string spoken(const Fault& f) {
  const Args args{{"file", f.file}, {"line", f.line}, {"column", f.column}, {"reason", f.reason}};
  if (f.line == 0) return f.file.empty() ? f.reason : tr("{file}: {reason}", args);
  return f.column == 0 ? tr("{file}: line {line}: {reason}", args) : tr("{file}: line {line}, column {column}: {reason}", args);
}

/// The .xml files directly in a folder, by name.
std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.is_regular_file(error) && entry.path().extension() == ".xml") files.push_back(entry.path().string());
  if (error) throw Error(ErrorCode::io, tr("The folder “{folder}” cannot be read.", {{"folder", folder}}));
  std::sort(files.begin(), files.end());
  return files;
}

/// A look through packs: it gathers those that can be used, and everything that is wrong.
class Lint {
 public:
  std::vector<Fault> faults;
  std::vector<Pack> packs;
  int tried = 0;

  void look_through(std::string_view bytes, const std::string& file) {
    const PackOutside outside{drawing_fault, [&](const std::string& rule) {
                                const auto other = owners_.find(rule);
                                return other == owners_.end() ? std::string() : tr("the rule “{id}” stands in “{other}” too", {{"id", rule}, {"other", other->second}});
                              }};
    const auto found = pack_faults(bytes, file, outside);
    for (const auto& fault : found) faults.push_back({file, fault.line, fault.column, fault.reason});
    if (!found.empty()) {
      broken_.insert(file_name(file));
      return;
    }
    packs.push_back(pack_from_xml(bytes, file));
    for (const auto& rule : packs.back().rules) owners_.emplace(rule.id, file);
  }

  /// What is read anyway: the carried packs, and those in the user's folder, which go before a carried one of the same name.
  void look_through_all() {
    for (auto& refused : read_templates("rules", [&](std::string_view bytes, const std::string& source, const std::string&) { look_through(bytes, source); })) faults.push_back({{}, 0, 0, std::move(refused)});
  }

  void read_samples(std::string_view bytes, const std::string& file) {
    try {
      auto some = rule_samples(bytes, file);
      samples_.insert(samples_.end(), some.begin(), some.end());
    } catch (const Error& refused) {
      faults.push_back({file, 0, 0, refused.what()});
    }
  }

  /// The samples beside the carried packs and beside the user's own. One that no rule listens to is most likely a slip in its name.
  void read_all_samples() {
    std::set<std::string> own;
    for (auto& refused : read_templates(std::string("rules/") + samples_folder, [&](std::string_view bytes, const std::string& source, const std::string& name) {
           if (source != std::string("rules/") + samples_folder + "/" + name) own.insert(source);
           read_samples(bytes, source);
         }))
      faults.push_back({{}, 0, 0, std::move(refused)});
    for (const auto& s : samples_)
      if (own.contains(s.file) && !owners_.contains(s.rule) && !broken_.contains(file_name(s.file))) faults.push_back({s.file, s.line, 0, tr("there is no rule “{rule}”", {{"rule", s.rule}})});
  }

  void try_samples() {
    for (const auto& pack : packs) {
      for (const auto& s : samples_) {
        if (std::none_of(pack.rules.begin(), pack.rules.end(), [&](const Rule& r) { return r.id == s.rule; })) continue;
        ++tried;
        try {
          if (const auto fault = sample_fault({pack}, s); !fault.empty()) faults.push_back({s.file, s.line, 0, tr("{rule}: {reason}", {{"rule", s.rule}, {"reason", fault}})});
        } catch (const Error& refused) {
          faults.push_back({s.file, s.line, 0, refused.what()});
        }
      }
      for (auto& missing : missing_samples(pack, samples_)) faults.push_back({pack.file, 0, 0, std::move(missing)});
    }
  }

 private:
  /// Of a drawing that there is none of, the question would stand without its picture.
  static std::string drawing_fault(const std::string& name) {
    return drawing(name) ? std::string() : tr("there is no drawing “{name}”; there are {known}", {{"name", name}, {"known", join(drawing_names(), ", ")}});
  }

  std::map<std::string, std::string> owners_;
  std::set<std::string> broken_;  ///< names of packs with a fault: the rules in them are not known
  std::vector<RuleSample> samples_;
};

/// The pack files that the words name: a folder stands for the .xml files in it.
std::vector<std::string> pack_files(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  for (const auto& word : words) {
    std::error_code error;
    if (!fs::is_directory(word, error)) {
      files.push_back(word);
      continue;
    }
    const auto some = files_in(word);
    if (some.empty()) throw Error(ErrorCode::not_found, tr("The folder “{folder}” holds no rule pack: a pack is a file that ends in .xml.", {{"folder", word}}));
    files.insert(files.end(), some.begin(), some.end());
  }
  return files;
}

void read_samples_at(const std::string& place, Lint& lint) {
  std::error_code error;
  if (!fs::exists(place, error)) throw Error(ErrorCode::not_found, tr("There is no folder or file of samples “{place}”.", {{"place", place}}));
  const auto files = fs::is_directory(place, error) ? files_in(place) : std::vector<std::string>{place};
  if (files.empty()) throw Error(ErrorCode::not_found, tr("The folder “{folder}” holds no samples: they are files that end in .xml.", {{"folder", place}}));
  for (const auto& file : files) lint.read_samples(read_file(file, largest_pack), file);
}

void read_samples_beside(const std::vector<std::string>& files, Lint& lint) {
  std::set<std::string> folders;
  for (const auto& file : files) folders.insert((fs::path(file).parent_path() / samples_folder).string());
  for (const auto& folder : folders) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) throw Error(ErrorCode::not_found, tr("There is no folder “{folder}” beside the pack; name the folder of its samples: --samples FOLDER", {{"folder", folder}}));
    read_samples_at(folder, lint);
  }
}

void print_json(const std::vector<Fault>& faults) {
  Json list = Json::array();
  for (const auto& f : faults) list.push_back({{"file", f.file.empty() ? Json() : Json(f.file)}, {"line", f.line == 0 ? Json() : Json(f.line)}, {"column", f.column == 0 ? Json() : Json(f.column)}, {"fault", f.reason}});
  print(list);
}

}  // namespace

int lint_rules(const Invocation& in) {
  const auto& words = in.all("WORDS");
  const auto files = pack_files(words);
  Lint lint;
  for (const auto& file : files) lint.look_through(read_file(file, largest_pack), file);
  if (words.empty()) lint.look_through_all();
  if (in.has("--samples")) {
    if (const auto place = in.get("--samples"); !place.empty()) read_samples_at(place, lint);
    else if (words.empty()) lint.read_all_samples();
    else read_samples_beside(files, lint);
    lint.try_samples();
  }
  const auto code = lint.faults.empty() ? Exit::fine : Exit::failed;
  if (in.json()) {
    print_json(lint.faults);
    return code;
  }
  for (const auto& f : lint.faults) print(spoken(f));
  for (const auto& pack : lint.packs)
    if (std::none_of(lint.faults.begin(), lint.faults.end(), [&](const Fault& f) { return f.file == pack.file; })) print(tr_count(static_cast<long long>(pack.rules.size()), "{file}: no fault in {count} rule.", "{file}: no fault in {count} rules.", {{"file", pack.file}}));
  if (in.has("--samples")) print(tr_count(lint.tried, "{count} sample was tried.", "{count} samples were tried."));
  return code;
}

}  // namespace mainstay::cli
