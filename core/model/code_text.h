// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/condition.h"

namespace mainstay {

/// A serial, model or part number as its maker writes it: letters and digits in upper case, without blanks and dashes and without the label that people type before it
/// ("S/N: AB 0251-12" and "ab025112" are AB025112).
std::string bare_code(std::string_view typed);

/// True for a listed text that names a code: letters and digits together and no blank, such as A1263, BI-B41, G71C0009S* or *G71C00*; ? and inner * name none.
bool names_code(std::string_view listed);

/// Whether a typed text holds one of the listed codes, each a word of its own or, with a * at an end, what a word begins with, ends with or contains. Never `no` by accident: what is
/// a listed code with something behind it or missing, an O for a 0, or what looks like no code at all is unknown. In `prose` (a product's name) no code at all is a plain no.
Truth holds_code(const std::vector<std::string>& listed, std::string_view typed, bool prose);

/// Whether a serial number begins with one of the texts; unknown where its beginning has the shape (letters and digits at the same places) of none.
Truth serial_begins_with(const std::vector<std::string>& beginnings, std::string_view typed);
/// Whether the beginning of a serial number lies between two texts of one length, both included; unknown where it has not their shape.
Truth serial_between(std::string_view from, std::string_view to, std::string_view typed);
/// Whether the two digits after a serial number's leading letters are one of these; unknown where there are none, or no letters before digits that are not listed.
Truth serial_year_in(const std::vector<std::string>& years, std::string_view typed);

}  // namespace mainstay
