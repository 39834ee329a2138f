// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/exchange/feed.h"

namespace mainstay {

/// One record of a feed, JSON or XML alike: a member or element has a name, an item of a JSON list has none.
struct FeedNode {
  std::string name, text;
  std::vector<FeedNode> children;

  /// The first child of that name, or nullptr.
  const FeedNode* child(std::string_view wanted) const;
  /// The text of a child, "" where there is none.
  const std::string& at(std::string_view wanted) const;
  /// The texts of one member of each item in a list: `all("Products", "Name")`.
  std::vector<std::string> all(std::string_view list, std::string_view member) const;
};

/// What is done with each record as it is read.
using NodeSink = std::function<void(FeedNode&&)>;

/// Reads the items of a top-level list, or the object or list named `result`, one after the other. Throws Error{bad_value, refused} that names the feed for what is no JSON, is cut short, or
/// nests or swells beyond bounds.
void read_json_records(const ByteSource& source, std::string_view name, const NodeSink& sink);
/// Reads the elements that bear one of the names, one after the other; entities of the document's own are refused. Throws as read_json_records.
void read_xml_records(const ByteSource& source, std::string_view name, const std::vector<std::string_view>& elements, const NodeSink& sink);

}  // namespace mainstay
