// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <map>

#include "core/model/condition.h"

using namespace mainstay;
using Op = Condition::Op;

namespace {

Truth asked(const Condition& c, const std::map<std::string, std::string>& values) {
  return evaluate(c, {[&](std::string_view name) {
                        const auto found = values.find(std::string(name));
                        return found == values.end() ? std::string() : found->second;
                      },
                      {}});
}

}  // namespace

TEST_CASE("Apple builds are ordered by number, letter and number") {
  const char* order[] = {"12A405", "13A343", "13D15", "13D20", "13E233", "14A403", "18A8395"};
  for (std::size_t i = 0; i + 1 < std::size(order); ++i) {
    CHECK(compare_builds(order[i], order[i + 1]) == -1);
    CHECK(compare_builds(order[i + 1], order[i]) == 1);
  }
  CHECK(compare_builds("13D20", "13D20") == 0);
  CHECK(compare_builds("13C75a", "13D20") == -1);
  CHECK(!compare_builds("13D5020a", "13D20"));
  CHECK(!compare_builds("9.2.1", "13D20"));
  CHECK(!compare_builds("", "13D20"));
}

TEST_CASE("dotted versions are compared number by number") {
  CHECK(compare_versions("9.2.1", "9.3") == -1);
  CHECK(compare_versions("9.10", "9.9") == 1);
  CHECK(compare_versions("9.3", "9.3.0") == 0);
  CHECK(!compare_versions("", "9"));
  CHECK(!compare_versions("Monterey", "9"));
}

TEST_CASE("not inspected, inspected and nothing there, and an unlisted code are three different markings") {
  CHECK(marking_class("AUS") == MarkingClass::safe);
  CHECK(marking_class(" eur ") == MarkingClass::safe);
  CHECK(marking_class("1234") == MarkingClass::affected);
  CHECK(marking_class("A1B2C") == MarkingClass::affected);
  CHECK(marking_class("(none)") == MarkingClass::affected);
  CHECK(marking_class("") == MarkingClass::unknown);
  CHECK(marking_class("XYZ") == MarkingClass::unknown);
  CHECK(marking_class("not looked at") == MarkingClass::unknown);
}

TEST_CASE("logic keeps what is not known") {
  const Condition yes{Op::yes, "", {}, {}}, no{Op::no, "", {}, {}}, open{Op::is, "gone", {"x"}, {}};
  CHECK(asked({Op::all, "", {}, {yes, open}}, {}) == Truth::unknown);
  CHECK(asked({Op::all, "", {}, {open, no}}, {}) == Truth::no);
  CHECK(asked({Op::any, "", {}, {open, yes}}, {}) == Truth::yes);
  CHECK(asked({Op::any, "", {}, {open, no}}, {}) == Truth::unknown);
  CHECK(asked({Op::negate, "", {}, {open}}, {}) == Truth::unknown);
  CHECK(asked({Op::first, "", {}, {open, no}}, {}) == Truth::no);
  CHECK(asked({Op::where, "", {}, {no, yes}}, {}) == Truth::unknown);
  CHECK(asked({Op::unsure, "", {}, {open}}, {}) == Truth::yes);
}

TEST_CASE("serial segments and years are sets, and dates without a day stay open") {
  const Condition range{Op::serial_range, "serial", {"AB0048", "AB0251"}, {}};
  CHECK(asked(range, {{"serial", "AB0048123"}}) == Truth::yes);
  CHECK(asked(range, {{"serial", "ab0251999"}}) == Truth::yes);
  CHECK(asked(range, {{"serial", "AB0252000"}}) == Truth::no);
  CHECK(asked(range, {}) == Truth::unknown);
  const Condition years{Op::serial_years, "serial", {"93", "99", "00", "02"}, {}};
  CHECK(asked(years, {{"serial", "NA9912345"}}) == Truth::yes);
  CHECK(asked(years, {{"serial", "NA0012345"}}) == Truth::yes);
  CHECK(asked(years, {{"serial", "NA0312345"}}) == Truth::no);
  CHECK(asked({Op::serial_prefix, "serial", {"57V"}, {}}, {{"serial", "57v000"}}) == Truth::yes);
  const Condition sold{Op::date_between, "on", {"2003-01-01", "2015-12-31"}, {}};
  CHECK(asked(sold, {{"on", "2015-12-31"}}) == Truth::yes);
  CHECK(asked(sold, {{"on", "2016-01-01"}}) == Truth::no);
  CHECK(asked(sold, {}) == Truth::unknown);
  const Condition old{Op::older_than, "on", {"90"}, {}};
  CHECK(asked(old, {{"on", "2026-08-01"}, {"today", "2026-11-24"}}) == Truth::yes);
  CHECK(asked(old, {{"on", "2026-11-01"}, {"today", "2026-11-24"}}) == Truth::no);
  CHECK(asked(old, {{"today", "2026-11-24"}}) == Truth::unknown);
}

TEST_CASE("the canonical text is the condition and nothing else") {
  const Condition c{Op::all, "", {}, {{Op::is, "kind", {"phone"}, {}}, {Op::known, "serial", {}, {}}}};
  CHECK(canonical_text(c) == "(all (is \"kind\" \"phone\") (known \"serial\"))");
}

TEST_CASE("words are told from parts of words, and versions with an update's number compare") {
  const auto holds = [](Condition c, const std::string& value) {
    return evaluate(c, {[&](std::string_view) { return value; }, nullptr});
  };
  const Condition word{Condition::Op::word, "model", {"ProBook 640 G2", "PRO8"}, {}};
  CHECK(holds(word, "HP ProBook 640 G2 Notebook PC") == Truth::yes);
  CHECK(holds(word, "(pro8)") == Truth::yes);
  CHECK(holds(word, "ProBook 640 G20") == Truth::no);
  CHECK(holds(word, "PRO8T2") == Truth::unknown);
  CHECK(holds(word, "") == Truth::unknown);
  CHECK(holds(word, "(none)") == Truth::no);
  const Condition nas{Condition::Op::word, "model", {"DS218"}, {}}, plus{Condition::Op::word, "model", {"DS218+"}, {}};
  CHECK(holds(nas, "DiskStation DS218, black") == Truth::yes);
  CHECK(holds(nas, "DiskStation DS218+") == Truth::unknown);
  CHECK(holds(plus, "DiskStation DS218+ (black)") == Truth::yes);
  CHECK(holds(plus, "DiskStation DS218") != Truth::yes);
  CHECK(compare_versions("9.4.1-101", "9.4.1-100") == 1);
  CHECK(compare_versions("9.4.1-101", "9.4.1") == 1);
  CHECK(compare_versions("6.2.4-25556 Update 7", "7") == -1);
  CHECK(compare_versions("7.2.1-69057 Update 5", "7.2.1-69057") == 0);
  CHECK(!compare_versions("9.2.1 beta", "9.2.1"));
  CHECK(compare_versions("9.4.5p1", "9.4.6") == -1);
  CHECK(compare_versions("9.4.5 patch 1", "9.4.5") == 1);
  CHECK(compare_versions("v7.2", "7.1") == 1);
  CHECK(!compare_versions("9.4.5q1", "9.4.6"));
  const Condition soon{Condition::Op::older_than, "day", {"-60"}, {}};
  const auto ends = [&](const std::string& day) {
    return evaluate(soon, {[&](std::string_view name) { return name == "today" ? std::string("2026-11-24") : day; }, nullptr});
  };
  CHECK(ends("2027-01-22") == Truth::yes);
  CHECK(ends("2027-01-23") == Truth::no);
  CHECK(ends("next spring") == Truth::unknown);
}
