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
  std::string fits;   ///< the devices that it may concern, "id=score; …", as of the last fetch; of a dismissed one, those that it was dismissed for
  std::string match;  ///< a condition over devices, as in a rule pack
  Decision decision = Decision::open;
  Date decided_on;
  std::string decided_by, note;
  static const RecordInfo& info();
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
