// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

/// A company's name without its legal forms, however many stand behind it: "Sunbeam Corporation Pty. Limited" is "Sunbeam". A name that is nothing else stays as it is.
std::string without_company_forms(std::string_view name);
/// A maker's name as people write the brand: "LENOVO", "Dell Inc.", "Hewlett-Packard" and "Brother Industries, Ltd." are Lenovo, Dell, HP and Brother.
std::string brand_of_company(std::string_view name);

/// A line of products that one maker sells and that is always one kind of thing.
struct ProductLine {
  std::string_view word;   ///< as it begins a model's name, or stands in it
  std::string_view brand;
  std::string_view kind;   ///< a device's kind, by its key; "" where the line holds several
};
/// The line that a model's name belongs to ("HP EliteBook 840 G5 Notebook PC", "Latitude 5420"), nothing where no word of it is a line's.
const ProductLine* product_line_of(std::string_view model);

}  // namespace mainstay
