// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/exchange/feed.h"
#include "core/model/change.h"

namespace mainstay {

/// A feed brought from its address into a file.
struct Downloaded {
  std::string path, etag;
};
/// Brings an address; given what the server called the version read last, may answer with the copy kept since. Throws Error{io} with the reason.
using Download = std::function<Downloaded(const std::string& url, const std::string& etag)>;
/// Over the network, into a folder of the user's own; an unchanged feed (HTTP 304) is not sent again, its kept copy is read.
Downloaded download_feed(const std::string& url, const std::string& etag);
/// As download_feed, and gives up with Error{io} as soon as `stop` says so.
Download stoppable_download(std::stop_token stop);
/// The same, and of an address that was brought before its copy is given again: a fetch that is done anew upon a moved plan asks no server twice.
Download each_once(Download download);

/// What a fetch of a feed would change: new candidates, renewed ones. What was decided stays decided, for what it was decided for: where a later notice covers more, a dismissed recall is
/// open again, and an accepted one has a new revision that asks about the devices which it did not cover, with their tasks.
struct FetchedRecalls {
  Change change;
  std::size_t records = 0, fresh = 0, renewed = 0, decided = 0, same = 0, carried = 0, reopened = 0;  ///< `same`: told already by another feed; `carried`: by a rule pack; `reopened`: dismissed, and now fit more
  std::size_t widened = 0;  ///< accepted, and now cover more
  std::vector<std::string> remarks;
};

/// Reads a feed (the id of a known one, the name of one in the plan, a path, or an address) to its end, holds it against the inventory and says what would change. Throws Error
/// and changes nothing where the feed is not whole.
FetchedRecalls fetch_recalls(const Plan& plan, const std::string& what, Instant now, const Download& download = download_feed);

}  // namespace mainstay
