// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/recall.h"
#include "core/model/recall_notice.h"

namespace mainstay {

/// Where a feed's bytes come from: fills `to` with up to `most` bytes, 0 at the end.
using ByteSource = std::function<std::size_t(char* to, std::size_t most)>;
/// Reads a file piece by piece. Throws Error{missing_file, io}.
ByteSource bytes_of_file(const std::string& path);
/// Gives the text piece by piece, as a file would.
ByteSource bytes_of_text(std::string text);

/// What was in a feed.
struct FeedSummary {
  Feed::Format format = Feed::Format::unknown;
  std::size_t records = 0;
  std::vector<std::string> further;  ///< addresses of the documents that an index lists, newest first
};

/// Reads a feed of any known format, told by its content, and hands out each recall as it is read: one record is in memory at a time. `name` is for sentences, and for feeds whose
/// file's name says what they are about. Throws Error{bad_value, refused} with one sentence for what is no feed, is cut short, nests or swells beyond bounds, or is an error in
/// disguise; what was handed out before must then be thrown away.
FeedSummary read_feed(const ByteSource& source, std::string_view name, const std::function<void(RecallNotice&&)>& sink);

/// A feed that Mainstay knows by name.
struct KnownFeed {
  std::string_view id, title;
  Feed::Format format;
  std::string_view url;
};
/// The feeds that can be fetched by name, in the order in which they are offered.
std::span<const KnownFeed> known_feeds();

}  // namespace mainstay
