// SPDX-License-Identifier: MIT
#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/document.h"

namespace mainstay::cli {

/// A word that a verb takes by its place.
struct Positional {
  std::string_view name, help;
  bool required = true;
  bool many = false;
};

/// A word that begins with `--`. `value` empty: a switch.
struct Option {
  std::string_view name, value, help;
  bool many = false;
  bool may_stand_alone = false;  ///< the value may be left out
};

/// Exit codes that scripts rely on.
enum Exit : int { fine = 0, found = 1, usage = 2, failed = 3 };

/// What the user gave to a verb.
class Invocation {
 public:
  std::map<std::string, std::vector<std::string>, std::less<>> words;
  Clock clock = system_now;

  bool has(std::string_view name) const { return words.contains(name); }
  /// The first word under a name, or `other`.
  std::string get(std::string_view name, std::string other = {}) const;
  const std::vector<std::string>& all(std::string_view name) const;
  bool json() const { return has("--json"); }
  DocumentContext context() const;
  /// Opens the plan named by FILE.
  std::unique_ptr<Document> open() const { return Document::open(get("FILE"), context()); }
};

/// One verb of the command line.
struct Command {
  std::string_view name, help;
  std::vector<Positional> positionals;
  std::vector<Option> options;
  int (*run)(const Invocation&);
};

/// Every verb, in the order of the help text.
std::span<const Command> commands();

using Values = std::vector<std::pair<std::string, std::string>>;
/// Reads words of the form `field=value`. Throws Error{usage}.
Values field_values(const std::vector<std::string>& words);

int run_new(const Invocation&);
int run_show(const Invocation&);
int run_find(const Invocation&);
int run_add(const Invocation&);
int run_set(const Invocation&);
int run_remove(const Invocation&);
int run_link(const Invocation&);
int run_import(const Invocation&);
int run_export(const Invocation&);
int run_recall(const Invocation&);
int run_questions(const Invocation&);
int run_probe(const Invocation&);
int run_secret(const Invocation&);
int run_restore(const Invocation&);
int run_check(const Invocation&);
int run_task(const Invocation&);
int run_simulate(const Invocation&);
int run_activate(const Invocation&);
int run_report(const Invocation&);
int run_history(const Invocation&);
int run_undo(const Invocation&);
int run_redo(const Invocation&);
int run_rules(const Invocation&);
/// `rules lint`: what is wrong with rule packs, and whether they say what their samples expect.
int lint_rules(const Invocation&);

}  // namespace mainstay::cli
