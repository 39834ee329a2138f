// SPDX-License-Identifier: MIT
// Holds the sources to the house's rules: who may include whom, and how long a file may be.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace fs = std::filesystem;

namespace {

const std::map<std::string, std::set<std::string>> allowed = {
    {"core/base", {"core/base"}},
    {"core/model", {"core/model", "core/base"}},
    {"core/store", {"core/store", "core/model", "core/base"}},
    {"core/probe", {"core/probe", "core/model", "core/base"}},
    {"core/exchange", {"core/exchange", "core/model", "core/base"}},
    {"core/analysis", {"core/analysis", "core/model", "core/base"}},
    {"core/check", {"core/check", "core/analysis", "core/model", "core/base"}},
    {"core/report", {"core/report", "core/check", "core/analysis", "core/model", "core/base"}},
    {"core", {"core", "core/base", "core/model", "core/store", "core/probe", "core/exchange", "core/analysis", "core/check", "core/report"}},
    {"app/cli", {"app/cli", "core", "core/base", "core/model", "core/probe", "core/exchange", "core/analysis", "core/check", "core/report"}},
    {"app/gui", {"app/gui", "app/gui/wizard", "core", "core/base", "core/model", "core/probe", "core/exchange", "core/analysis", "core/check", "core/report"}},
    {"app/gui/wizard", {"app/gui", "app/gui/wizard", "core", "core/base", "core/model", "core/probe", "core/exchange", "core/analysis", "core/check", "core/report"}},
};

const std::vector<std::string> only_in_sources = {"<SQLiteCpp", "<sqlite3", "<curl", "<Poco", "<pugixml", "<expat", "<nlohmann", "<cairo", "<pango", "<plist", "<qpdf", "<CLI"};

std::vector<fs::path> sources() {
  std::vector<fs::path> files;
  for (const auto* root : {"core", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(MAINSTAY_SOURCE_DIR) / root))
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") files.push_back(entry.path());
  return files;
}

std::string in_tree(const fs::path& path) { return fs::relative(path, MAINSTAY_SOURCE_DIR).generic_string(); }

template <class Visit>
void for_each_line(const fs::path& path, Visit visit) {
  std::ifstream in(path);
  std::string line;
  while (std::getline(in, line)) visit(line);
}

}  // namespace

TEST_CASE("a folder includes only what its level allows") {
  for (const auto& path : sources()) {
    const auto folder = in_tree(path.parent_path());
    INFO(in_tree(path));
    const auto rule = allowed.find(folder);
    REQUIRE(rule != allowed.end());
    for_each_line(path, [&](const std::string& line) {
      if (!line.starts_with("#include \"")) return;
      const auto target = line.substr(10, line.find('"', 10) - 10);
      INFO(line);
      CHECK(rule->second.contains(fs::path(target).parent_path().generic_string()));
      if (folder.starts_with("app/")) CHECK(target != "core/probe/fetch.h");
    });
  }
}

TEST_CASE("core knows no windows, and model and document name no library") {
  for (const auto& path : sources()) {
    const auto name = in_tree(path);
    INFO(name);
    const bool is_contract = name.ends_with(".h") && (name.starts_with("core/model/") || name == "core/document.h" || name == "core/portfolio.h");
    for_each_line(path, [&](const std::string& line) {
      if (!line.starts_with("#include <")) return;
      INFO(line);
      if (name.starts_with("core/")) CHECK(line.find("<wx/") == std::string::npos);
      if (is_contract)
        for (const auto& library : only_in_sources) CHECK(line.find(library) == std::string::npos);
    });
  }
}

TEST_CASE("no file grows beyond 700 lines, and the main window not beyond 400") {
  for (const auto& path : sources()) {
    int lines = 0;
    for_each_line(path, [&](const std::string&) { ++lines; });
    INFO(in_tree(path) << " has " << lines << " lines");
    CHECK(lines <= (path.filename() == "main_frame.cpp" ? 400 : 700));
  }
}

TEST_CASE("every source names its licence") {
  for (const auto& path : sources()) {
    std::ifstream in(path);
    std::string first;
    std::getline(in, first);
    INFO(in_tree(path));
    CHECK(first.find("SPDX-License-Identifier: MIT") != std::string::npos);
  }
}
