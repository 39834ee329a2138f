// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/exchange/importer.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

struct Imported {
  Plan plan;
  ImportPreview preview;
};

Imported imported(const std::string& name, const std::string& bytes, Plan plan = testing::plan("")) {
  const auto path = testing::fresh_folder() + "/" + name;
  write_file(path, bytes);
  auto preview = import_file(plan, path);
  return {applied(plan, preview.change), preview};
}

bool tells(const ImportPreview& preview, std::string_view line, std::string_view words) {
  return std::any_of(preview.findings.begin(), preview.findings.end(), [&](const Finding& f) { return f.message.find(line) != std::string::npos && f.message.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("Two people of one name in a list are told, and nobody nameless is invented") {
  const auto [plan, preview] = imported("person.csv", "name,phone\nJohn Smith,111\nJohn Smith,222\n,\n,,\nMia Chen,333\n,444\n");
  CHECK(plan.people.size() == 2);
  CHECK(preview.added == 2);
  CHECK(preview.unchanged == 0);
  CHECK(tells(preview, "line 3", "more than once"));
  CHECK(tells(preview, "line 7", "neither a name nor an id"));
  CHECK(preview.findings.size() == 2);
}

TEST_CASE("A row without what its kind needs is left out and named, and the others are kept") {
  const auto [plan, preview] = imported("restore_test.csv", "backup_id,on,result\nnas,2026-11-01,pass\n,2026-11-02,pass\n", testing::plan("<backup id='nas' name='NAS'/>"));
  CHECK(plan.restore_tests.size() == 1);
  CHECK(tells(preview, "line 3", "may not be empty"));
}

TEST_CASE("Cells beyond the last column are not lost in silence") {
  const auto [plan, preview] = imported("person.csv", "name,phone\nAnn,1,2,3\nBob,1,,\n");
  CHECK(plan.people.size() == 1);
  CHECK(tells(preview, "line 2", "more cells"));
}

TEST_CASE("What was refused does not count as left as it is") {
  const auto [plan, preview] = imported("risk.csv", "name,likelihood\nFire,9\nFlood,2\n");
  CHECK(plan.risks.size() == 1);
  CHECK(preview.added == 1);
  CHECK(preview.unchanged == 0);
  CHECK(tells(preview, "line 2", "from 1 to 5"));
}
