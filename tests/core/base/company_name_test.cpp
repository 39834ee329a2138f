// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/company_name.h"

using namespace mainstay;

TEST_CASE("a company's legal forms are no part of its brand, however many there are") {
  for (const auto& [written, brand] : {std::pair<const char*, const char*>{"Voltix Pty Ltd", "Voltix"}, {"Voltix Inc.", "Voltix"}, {"Sunbeam Corporation Pty. Limited", "Sunbeam"}, {"Dell Inc.", "Dell"}, {"Miele GmbH & Co. KG", "Miele"},
                                       {"Anker Innovations Company Limited", "Anker Innovations"}, {"Wistron S.A.", "Wistron"}, {"Smith & Co", "Smith"}, {"Bang & Olufsen", "Bang & Olufsen"}, {"The Wine Company", "The Wine Company"},
                                       {"AG Neovo", "AG Neovo"}, {"Ltd.", "Ltd."}, {"Inc. Ltd", "Inc."}, {"", ""}, {" , ", ""}})
    CHECK(without_company_forms(written) == brand);
  for (const auto& [written, brand] : {std::pair<const char*, const char*>{"LENOVO", "Lenovo"}, {"Hewlett-Packard", "HP"}, {"Hewlett-Packard Company", "Hewlett-Packard Company"}, {"HP Inc.", "HP"}, {"Brother Industries, Ltd.", "Brother"},
                                       {"SEIKO EPSON CORPORATION", "Epson"}, {"Acme", "Acme"}})
    CHECK(brand_of_company(written) == brand);
}

TEST_CASE("a line of products tells its maker and what kind of thing it is, and what hangs on it is none of the line") {
  const auto kind = [](const char* model) {
    const auto* line = product_line_of(model);
    return line ? std::string(line->kind) : std::string("-");
  };
  CHECK(kind("HP ProBook 450 G8") == "laptop");
  CHECK(kind("Latitude 5420") == "laptop");
  CHECK(kind("OptiPlex 7090 MT") == "desktop");
  CHECK(kind("Microsoft Surface Laptop 4") == "laptop");
  CHECK(kind("Surface Hub 2S") == "-");
  CHECK(kind("ThinkPad USB-C Dock") == "-");
  CHECK(kind("Charger for iPhone") == "-");
  CHECK(kind("Latitudes") == "-");
  CHECK(kind("") == "-");
  REQUIRE(product_line_of("ThinkPad T14 Gen 2"));
  CHECK(product_line_of("ThinkPad T14 Gen 2")->brand == "Lenovo");
}
