// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// The names under which Apple sold what calls itself `identifier` ("iPhone7,2"): one, several for some Macs, none where it is not known. Read once from
/// `templates/tables/apple_models.xml`.
const std::vector<std::string>& apple_model_names(std::string_view identifier);
/// Those names for one field: "iPhone 6", or "A or B" where an identifier stands for several; "" where it is not known.
std::string apple_model_name(std::string_view identifier);
/// True for text of the form letters, digits, comma, digits: `iPhone7,2`, `Mac14,2`.
bool is_apple_identifier(std::string_view text);

}  // namespace mainstay
