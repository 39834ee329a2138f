// SPDX-License-Identifier: MIT
#include "core/model/recall.h"

namespace mainstay {
namespace {

constexpr Choice formats[] = {{"", "Told by its content"}, {"cpsc", "US CPSC (JSON or XML)"}, {"cpsc_csv", "US CPSC (site export, CSV)"}, {"accc", "ACCC Product Safety Australia (RSS)"},
                              {"safety_gate", "EU Safety Gate (XML)"}, {"health_canada", "Health Canada (JSON)"}, {"endoflife", "endoflife.date (JSON)"}};
constexpr Choice decisions[] = {{"", "To decide"}, {"accepted", "Accepted"}, {"dismissed", "Dismissed"}};

using F = Feed;
constexpr FieldInfo feed_fields[] = {
    field<&F::name>("name", "Feed", ""),
    field<&F::format>("format", "Format", "", formats),
    field<&F::url>("url", "Address", "Where it is fetched from; empty where it comes as a file."),
    field<&F::etag>("etag", "Version read", "What the server called the version read last, so that an unchanged feed is not fetched again."),
    field<&F::read_at>("read_at", "Last read", ""),
    field<&F::records>("records", "Recalls in it", ""),
    field<&F::note>("note", "Note", "").long_text(),
};
using R = Recall;
constexpr FieldInfo recall_fields[] = {
    field<&R::authority>("authority", "Authority", "Who published it, such as US CPSC."),
    field<&R::number>("number", "Number", "As the authority writes it."),
    field<&R::title>("title", "Title", ""),
    field<&R::brand>("brand", "Brand", ""),
    field<&R::product>("product", "Product", "").long_text(),
    field<&R::models>("models", "Models", "").long_text(),
    field<&R::hazard>("hazard", "Hazard", "").long_text(),
    field<&R::remedy>("remedy", "Remedy", "").long_text(),
    field<&R::url>("url", "Page", ""),
    field<&R::announced>("announced", "Announced", ""),
    field<&R::feed_id>("feed_id", "From", "").refers("feed"),
    field<&R::score>("score", "Score", "How well it fits the inventory, 0 to 100."),
    field<&R::why>("why", "Why", "How the score came about.").long_text(),
    field<&R::fits>("fits", "Fits", "The devices that it may concern and how well each fits. Of a decided recall, those that were known by then: another one asks again.").long_text(),
    field<&R::extent>("extent", "Covers", "The models, serial numbers, days and quantities that its notice has named so far: what a later notice adds is told.").long_text(),
    field<&R::match>("match", "Match", "The condition under which a device is concerned, once accepted.").long_text(),
    field<&R::wider>("wider", "Covers since", "The condition of the devices that a later notice fits beyond what was accepted; accepting again takes them in.").long_text(),
    field<&R::revision>("revision", "Revision", "Of its rule: rises with each change of what it covers."),
    field<&R::decision>("decision", "Decision", "Free text marks no device by itself: a person decides.", decisions),
    field<&R::decided_on>("decided_on", "Decided on", ""),
    field<&R::decided_by>("decided_by", "Decided by", ""),
    field<&R::note>("note", "Note", "").long_text(),
};
using M = ColumnMapping;
constexpr FieldInfo mapping_fields[] = {
    field<&M::name>("name", "Export", "Which program writes it."),
    field<&M::headers>("headers", "Header row", "").long_text(),
    field<&M::columns>("columns", "Columns", "Header=field, one a line.").long_text(),
};
constexpr RecordInfo feed_info{"feed", "Recall feed", "Recall feeds", "Where recalls are read from.", feed_fields, true};
constexpr RecordInfo recall_info{"recall", "Recall", "Recalls", "Recalls from feeds that may concern what you own.", recall_fields, true};
constexpr RecordInfo mapping_info{"column_mapping", "Column mapping", "Column mappings", "Which column of an export means which field.", mapping_fields, true};

}  // namespace

const RecordInfo& Feed::info() { return feed_info; }
const RecordInfo& Recall::info() { return recall_info; }
const RecordInfo& ColumnMapping::info() { return mapping_info; }

}  // namespace mainstay
