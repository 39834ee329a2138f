// SPDX-License-Identifier: MIT
#pragma once
#include <wx/panel.h>

#include <span>
#include <string>
#include <string_view>

#include "app/gui/layout.h"
#include "app/gui/session.h"

namespace mainstay {

/// One page of the main window: repaints from the document after each change, when it can be seen.
class Page : public wxPanel {
 public:
  Page(wxWindow* parent, Session& session);
  /// Shows the present state of the document.
  virtual void refresh() = 0;
  /// Brings one record to view, where the page has it.
  virtual void show_record(const Id&) {}
  /// Called when the page comes to the front.
  void came_to_front();
  /// Called when another page, or none, takes its place.
  virtual void went_to_back() {}
  /// Puts the keyboard where work on this page begins.
  virtual void focus_first() {}

 protected:
  Document& document() { return session_.document(); }
  const Plan& plan() const { return session_.plan(); }
  /// Refreshes soon: once for any number of calls, and never from inside a control's own event.
  void refresh_soon();
  Session& session_;

 private:
  bool stale_ = true, queued_ = false;
  Subscription subscription_;
};

/// A page's mark in the navigation: how its subject stands and how many things want a look.
struct PageMark {
  Status status = Status::none;
  std::size_t count = 0;
};

/// One line of the registry of pages.
struct PageInfo {
  std::string_view id, title, group;
  Page* (*make)(wxWindow* parent, Session& session, const PageInfo& info);
  std::string_view kinds = {};                       ///< record kinds edited on it, separated by commas; "*" = every kind
  PageMark (*mark)(Document& document) = nullptr;
};
/// Every page in the order of the navigation.
std::span<const PageInfo> pages();
/// The page that edits a kind; "records" where none is its own.
std::string_view page_for_kind(std::string_view kind);

Page* make_today_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_wizard_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_activities_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_dependencies_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_record_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_checklist_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_backups_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_devices_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_audit_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_scenario_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_reports_page(wxWindow* parent, Session& session, const PageInfo& info);
Page* make_history_page(wxWindow* parent, Session& session, const PageInfo& info);

}  // namespace mainstay
