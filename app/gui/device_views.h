// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/list_detail.h"

namespace mainstay {

// The three parts of the Devices & recalls page.
/// The inventory with what rules say about each device, and the questions that would decide it.
ListDetailPage* make_device_list(wxWindow* parent, Session& session);
/// Every question that rules ask about devices and places, answered one after another.
ListDetailPage* make_question_list(wxWindow* parent, Session& session);
/// Recalls out of feeds: accept what concerns you, dismiss the rest.
ListDetailPage* make_recall_list(wxWindow* parent, Session& session);

/// Questions that nobody has answered, nor said "I don't know" to.
std::size_t unanswered(const std::vector<InventoryQuestion>& questions);
/// Recalls that wait for a decision.
std::size_t undecided(const Plan& plan);

}  // namespace mainstay
