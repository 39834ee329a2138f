// SPDX-License-Identifier: MIT
#pragma once
#include <wx/panel.h>
#include <wx/timer.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/layout.h"
#include "app/gui/session.h"

namespace mainstay {

/// The records that an id field may name, "Not known" first: id and title. `kind` "*" means any.
std::vector<std::pair<std::string, std::string>> record_choices(const Plan& plan, std::string_view kind);

/// Every field of one record, generated from its FieldInfo. A finished edit (focus left, Enter, two quiet seconds) becomes one Change.
class RecordForm : public Part {
 public:
  /// `hidden` names fields that the page shows in a better way.
  RecordForm(wxWindow* parent, Session& session, std::vector<std::string> hidden = {});
  ~RecordForm() override;

  /// Shows a record, or nothing for an empty id. What was being typed is written first.
  void show(const Id& id);
  /// Shows the record's present values, leaving alone what is being typed.
  void refresh();
  /// Writes what is being typed.
  void commit();
  /// Puts the keyboard into the first field with its text selected.
  void focus_first();
  const Id& record() const { return id_; }

 private:
  struct Field {
    const FieldInfo* info;
    wxWindow* control;
    std::string shown;                                       ///< what the control showed when last in step with the plan
    std::vector<std::pair<std::string, std::string>> options;  ///< for choices: key and label
    bool marked = false;                                     ///< shown as refused
  };
  void build(const Table& table);
  wxWindow* make_control(Field& field);
  void fill(Field& field, const RecordRef& ref);
  std::string typed(const Field& field) const;
  void commit(Field& field, bool quietly);
  void mark(Field& field, const std::string& sentence);
  void grow();

  Session& session_;
  std::vector<std::string> hidden_;
  Id id_;
  const Table* table_ = nullptr;
  std::vector<Field> fields_;
  struct Refused {
    std::string typed, sentence;
  };
  std::map<std::string, Refused> refused_;  ///< words that were no answer, by record and field: they wait to be put right
  wxTimer pause_;
  std::size_t typing_ = 0;
  bool committing_ = false;
  Subscription pending_;
};

}  // namespace mainstay
