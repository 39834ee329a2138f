// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// A place that recalls are read from: an authority's feed, by address or as a file.
struct Feed {
  enum class Format : std::uint8_t { unknown, cpsc, cpsc_csv, accc, safety_gate, health_canada, endoflife };
  Id id;
  std::string name;
  Format format = Format::unknown;
  std::string url, etag;
  Instant read_at;
  Number records;
  std::string note;
  static const RecordInfo& info();
};

/// A recall from a feed that may concern the inventory: a candidate until a person accepts or dismisses it. Accepted, its
/// `match` is a rule of this plan.
struct Recall {
  enum class Decision : std::uint8_t { open, accepted, dismissed };
  Id id;
  std::string authority, number, title, brand, product, models, hazard, remedy, url;
  Date announced;
  Id feed_id;
  Number score;
  std::string why;    ///< how the score came about, in sentences
  std::string fits;   ///< the devices that it may concern, "id=score; …", as of the last fetch; of a decided one, those that were known when it was decided or told of since
  std::string extent;  ///< the models, serial numbers, days and quantities that its notice has named so far, "; " between: what a later notice adds is told
  std::string match;  ///< a condition over devices, as in a rule pack
  std::string wider;  ///< of an accepted one: a condition for the devices that a later notice fits beyond `match`, until a person has decided about those too
  Number revision;    ///< of the rule that it is, from 1; not known = 1
  Decision decision = Decision::open;
  Date decided_on;
  std::string decided_by, note;
  static const RecordInfo& info();
  /// True where a person has to decide: about all of it, or about what a later notice added to it.
  bool waits() const { return decision == Decision::open || (decision == Decision::accepted && !wider.empty()); }
};

/// Which column of an export means which field: remembered from one import to the next.
struct ColumnMapping {
  Id id;
  std::string name;
  std::string headers;  ///< the header row it is for, lower case, separated by `;`
  std::string columns;  ///< `Header=field;…`
  static const RecordInfo& info();
};

}  // namespace mainstay
