// SPDX-License-Identifier: MIT
#pragma once
#include <optional>

#include "core/exchange/feed_node.h"

namespace mainstay {

// From one record of a feed to the one shape; nothing where the record is no recall of a consumer product. Each feed's fields are in facts of its authority's documentation.

/// A record of the CPSC's service, JSON or XML. Throws Error{refused} for an error that comes as a recall.
std::optional<RecallNotice> cpsc_notice(const FeedNode& record, std::string_view feed);
/// A row of the table that the CPSC's site exports.
std::optional<RecallNotice> cpsc_csv_notice(const FeedNode& row);
/// An item of the ACCC's RSS, whose description is HTML with a class for each field.
std::optional<RecallNotice> accc_notice(const FeedNode& item);
/// A notification of a weekly report of the EU's Safety Gate; its day stands in the report and not in the notification.
std::optional<RecallNotice> safety_gate_notice(const FeedNode& notification);
/// A record of Health Canada's list; nothing where it is of another organisation than consumer product safety.
std::optional<RecallNotice> health_canada_notice(const FeedNode& record);
/// A day as any of the feeds writes it; not known where it is none.
Date feed_date(std::string_view text);
/// The cycles of one product that have an end.
std::vector<RecallNotice> endoflife_notices(const FeedNode& product, std::string_view feed);

}  // namespace mainstay
