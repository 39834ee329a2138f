// SPDX-License-Identifier: MIT
#include "tests/support/plans.h"

#include <filesystem>

#include <Poco/TemporaryFile.h>

#include "core/exchange/plan_xml.h"

namespace mainstay::testing {
namespace fs = std::filesystem;

Plan plan(std::string_view records) { return plan_from_xml("<plan format=\"1\">" + std::string(records) + "</plan>", "test"); }

std::string fresh_folder() {
  Poco::TemporaryFile folder;
  folder.keepUntilExit();
  folder.createDirectories();
  return folder.path();
}

std::string data_file(std::string_view name) { return (fs::path(MAINSTAY_SOURCE_DIR) / "tests/data" / name).string(); }

std::string shared_data(std::string_view name) {
  const auto path = fs::path(MAINSTAY_SOURCE_DIR) / "../shared/data" / name;
  return fs::exists(path) ? path.string() : std::string();
}

}  // namespace mainstay::testing
