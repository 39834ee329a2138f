// SPDX-License-Identifier: MIT
#include "core/base/emergency_numbers.h"

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/xml.h"

namespace mainstay {
namespace {

using Numbers = std::map<std::string, EmergencyNumber, std::less<>>;

Numbers read_numbers() {
  constexpr std::string_view path = "tables/emergency_numbers.xml";
  const auto text = template_text(path);
  if (!text) throw Error(ErrorCode::not_found, tr("The table of emergency numbers is missing."));
  Numbers numbers;
  const auto document = parse_xml(*text, path);
  for (const auto& region : document.document_element().children("region"))
    numbers[region.attribute("key").value()] = {region.attribute("phone").value(), region.attribute("second_phone").value(), region.attribute("source").value()};
  return numbers;
}

}  // namespace

const EmergencyNumber* emergency_number(std::string_view region) {
  static const Numbers numbers = read_numbers();
  const auto found = numbers.find(region);
  return found == numbers.end() || found->second.phone.empty() ? nullptr : &found->second;
}

}  // namespace mainstay
