// SPDX-License-Identifier: MIT
#pragma once
#include <wx/bitmap.h>
#include <wx/choice.h>
#include <wx/panel.h>

#include <map>
#include <string>

#include "app/gui/layout.h"
#include "app/gui/session.h"
#include "app/gui/table_list.h"
#include "core/model/backup_history.h"

namespace mainstay {

/// The age of one backup over the last days against its RPO, as a plot and in words, with the forecast of its space.
class BackupHistoryView : public wxPanel {
 public:
  BackupHistoryView(wxWindow* parent, Session& session);
  /// Shows that backup's history; nothing where it has none.
  void show(const BackupStatus& status);

 private:
  class Plot;
  void tell();
  Session& session_;
  BackupStatus status_;
  wxChoice* days_;
  Plot* plot_;
  WrappedText *words_, *space_;
};

/// A small plot and a few words for each backup of a list, made when a row comes to view and kept until its readings change.
class AgePictures {
 public:
  explicit AgePictures(Document& document);
  /// The cell of that backup in the last 30 days; `height` in pixels of the window.
  const TableList::Picture& of(const Id& backup, const wxWindow& window, int width, int height);
  /// What the picture of a backup is made from, to tell when it must be made anew.
  std::string key(const Id& backup, const InheritedRpo& rpo);

 private:
  void gather();
  Document& document_;
  Subscription changed_;  ///< the readings are the document's own: what points to them goes before anybody can paint again
  bool gathered_ = false, dark_ = false;
  std::unordered_map<std::string, ReadingList> readings_;
  std::map<std::string, std::pair<std::string, TableList::Picture>> made_;  ///< with the key each was made from
};

}  // namespace mainstay
