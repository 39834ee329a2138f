// SPDX-License-Identifier: MIT
#include <wx/notebook.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/device_views.h"
#include "app/gui/page.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

/// The inventory with its results, the questions that would decide what is open, and the recalls that wait for a decision.
class DevicesPage : public Page {
 public:
  DevicesPage(wxWindow* parent, Session& session) : Page(parent, session) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_title(this, tr("Devices & recalls")), wxSizerFlags().Expand().Border(wxLEFT | wxTOP | wxRIGHT, FromDIP(gap_page)));
    column->AddSpacer(FromDIP(gap));
    tabs_ = new wxNotebook(this, wxID_ANY);
    set_accessible(tabs_, tr("Devices, questions and recalls"), "device_tabs");
    parts_ = {make_device_list(tabs_, session), make_question_list(tabs_, session), make_recall_list(tabs_, session)};
    for (auto* part : parts_) tabs_->AddPage(part, wx(tr("Devices")));
    name_tabs();
    tabs_->Bind(wxEVT_NOTEBOOK_PAGE_CHANGING, [this](wxBookCtrlEvent& event) {
      event.Skip();
      session_.mended();  // said about the part that is left
      session_.commit_pending();
    });
    tabs_->Bind(wxEVT_NOTEBOOK_PAGE_CHANGED, [this](wxBookCtrlEvent& event) {
      event.Skip();
      if (event.GetSelection() >= 0) parts_[static_cast<std::size_t>(event.GetSelection())]->came_to_front();
    });
    column->Add(tabs_, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap_wide)));
    SetSizer(column);
  }

  void refresh() override {
    name_tabs();
    parts_[static_cast<std::size_t>(std::max(0, tabs_->GetSelection()))]->came_to_front();
  }

  void show_record(const Id& id) override {
    const std::size_t part = find_in(plan().recalls, id) ? 2 : 0;
    tabs_->SetSelection(part);
    parts_[part]->came_to_front();
    parts_[part]->show_record(id);
  }

 private:
  void name_tabs() {
    const auto count = [](std::size_t number) { return static_cast<long long>(number); };
    const auto open = unanswered(inventory_questions(plan(), document().now())), waiting = undecided(plan());
    tabs_->SetPageText(0, wx(tr("Devices ({count})", {{"count", plan().devices.size()}})));
    tabs_->SetPageText(1, wx(open == 0 ? tr("Questions") : tr_count(count(open), "Questions (one open)", "Questions ({count} open)")));
    tabs_->SetPageText(2, wx(waiting == 0 ? tr("Recalls from feeds") : tr_count(count(waiting), "Recalls (one to decide)", "Recalls ({count} to decide)")));
  }

  wxNotebook* tabs_;
  std::vector<ListDetailPage*> parts_;
};

}  // namespace

Page* make_devices_page(wxWindow* parent, Session& session, const PageInfo&) { return new DevicesPage(parent, session); }

}  // namespace mainstay
