// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

#include "core/model/plan.h"

namespace mainstay::testing {

/// A plan from plan XML without its root: `<activity id="a" name="Sell"/>`. Tests write their plans in the product's language.
Plan plan(std::string_view records);
/// A fresh folder under the system's temporary one, removed at the end of the program.
std::string fresh_folder();
/// The project's own `tests/data/` file.
std::string data_file(std::string_view name);
/// `../shared/data/` beside the project where it is present, else empty: a test then says that it was skipped.
std::string shared_data(std::string_view name);

}  // namespace mainstay::testing
