// SPDX-License-Identifier: MIT
#pragma once
#include <optional>

#include "core/exchange/feed_node.h"

namespace mainstay {

// From one record of a feed to the one shape; nothing where the record is no recall of a consumer product. Each feed's fields are in facts of its authority's documentation.
std::optional<RecallNotice> cpsc_notice(const FeedNode& record, std::string_view feed);  ///< throws Error{refused} for an error that comes as a recall
std::optional<RecallNotice> cpsc_csv_notice(const FeedNode& row);
std::optional<RecallNotice> accc_notice(const FeedNode& item);
std::optional<RecallNotice> safety_gate_notice(const FeedNode& notification);
std::optional<RecallNotice> health_canada_notice(const FeedNode& record);
/// A day as any of the feeds writes it; not known where it is none.
Date feed_date(std::string_view text);
/// The cycles of one product that have an end.
std::vector<RecallNotice> endoflife_notices(const FeedNode& product, std::string_view feed);

}  // namespace mainstay
