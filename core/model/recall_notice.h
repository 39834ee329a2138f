// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"

namespace mainstay {

/// One recall, or one end of support, as any feed tells it: plain text, one shape for all authorities.
struct RecallNotice {
  std::string authority;  ///< "US CPSC"
  std::string number;     ///< as recall_number writes it
  std::string title, brand, product, models, description, hazard, remedy, url;
  Date announced;         ///< of an end of support: the day it ends
  std::vector<std::string> also;  ///< pages of other authorities about the same recall
  std::string family, cycle;      ///< end of support only: "iphone" and "6 Plus", "windows" and "10.0.19045"
  std::string cycle_name;         ///< the feed's own word for the cycle: "6-plus", "10-22h2"
  std::string units;              ///< how many things it is about, in the feed's words
};

/// A recall's number in its one spelling: "26606" and "26-606" of the US CPSC are "26-606"; others lose white space.
std::string recall_number(std::string_view authority, std::string_view number);
/// What a recall is known again by: authority and number in letters and digits, for ids: "us-cpsc-26-606".
std::string recall_slug(std::string_view authority, std::string_view number);
/// A page's address without what changes between links to it: scheme, "www.", language folder, query and closing slash.
std::string page_key(std::string_view url);

}  // namespace mainstay
