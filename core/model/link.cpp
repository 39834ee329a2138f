// SPDX-License-Identifier: MIT
#include "core/model/link.h"

namespace mainstay {
namespace {

using L = Link;
constexpr FieldInfo fields[] = {
    field<&L::from_id>("from_id", "From", "").refers("*").needed(),
    field<&L::to_id>("to_id", "To", "").refers("*").needed(),
    field<&L::kind>("kind", "Tie", "needs: from stops without to.", link_kind_choices),
    field<&L::share_percent>("share_percent", "Share lost without it", "How much of the service stops when it is gone; empty means all of it."),
    field<&L::note>("note", "Note", ""),
};
constexpr RecordInfo link_info{"link", "Link", "Dependencies", "What needs, protects or stands in for what.", fields};

}  // namespace

const RecordInfo& Link::info() { return link_info; }

}  // namespace mainstay
