// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <wx/choice.h>
#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/timer.h>

#include "app/gui/layout.h"
#include "core/document.h"

namespace mainstay {

class Session;
class StepPage;

/// What one page of the wizard asks and shows.
struct StepInfo {
  std::string id;        ///< stored in organisation.wizard_page
  std::string title;     ///< short, for the list of steps
  std::string question, example, why;
  void (*build)(StepPage&) = nullptr;
  std::string (*shape)(StepPage&) = nullptr;  ///< the page is built again where this text changes
};

/// Keys and words of a closed list, in order.
using Options = std::vector<std::pair<std::string, std::string>>;

/// One question that is tied to the plan: how to read its answer and which change records another.
struct StepField {
  std::string label;       ///< seen beside the control
  std::string name;        ///< accessible name, where the label alone would be ambiguous
  std::string id;          ///< accessible id
  std::function<std::string(const Plan&)> get;
  std::function<Change(const Plan&, const std::string&)> set;
  std::string help;
  bool said_again = false;  ///< an answer that is typed counts, also where it is the one that stood there
};

/// One box of a form that adds a record; without options it is a text box.
struct StepInput {
  std::string label, id;
  Options options;
};

/// A page of the wizard: a scrolled form that writes an answer when its field is left, after two quiet seconds, and when the page is left.
class StepPage : public ScrolledPanel {
 public:
  StepPage(wxWindow* parent, Session& session, StepInfo info);
  ~StepPage() override;

  Session& session() { return session_; }
  Document& document();
  const Plan& plan();
  const StepInfo& info() const { return info_; }

  /// The page itself takes no focus, its controls do: else a screen reader would stop on a nameless pane.
  void SetCanFocus(bool) override { ScrolledPanel::SetCanFocus(false); }

  /// Builds or refreshes; called when the page comes to the front.
  void show_page();
  /// Marks the page as out of date; a page in front refreshes soon.
  void plan_changed();
  /// Writes everything typed as one change; with `leaving`, half-filled add forms too. False where something was refused.
  bool write_all(bool leaving);
  /// How many answers on it were refused and wait to be put right.
  std::size_t refused() const;
  /// Called when an answer was refused, or put right.
  std::function<void()> on_refused;
  /// Commits a change and reports trouble in a sentence. False where it was refused.
  bool apply(const Change& change);
  /// Shows a sentence in the window's bar.
  void say(const std::string& sentence, bool trouble = false);
  /// Builds the page again soon.
  void rebuild_soon();

  // What a page's build function puts on it, top to bottom.
  void section(const std::string& title);
  void sentence(const std::string& text, bool muted = false);
  /// A status (mark, word and colour) with its sentence.
  void status(Status status, const std::string& word, const std::string& text);
  /// As above, with a button at the right; `name` says to a screen reader what the button leads to.
  void status(Status status, const std::string& word, const std::string& text, const std::string& label, const std::string& id, std::function<void()> action, const std::string& name);
  /// Lays the following controls out in so many columns until end_cells(); a form of up to three stands in one where letters are large.
  void begin_cells(int columns);
  void end_cells();
  void column_titles(const std::vector<std::string>& titles);
  wxTextCtrl* text(const StepField& field, bool tall = false, bool with_label = true);
  /// A text box with "I don't know" as a box to tick.
  wxTextCtrl* text_or_unknown(const StepField& field);
  wxChoice* choice(const StepField& field, Options options, bool with_label = true);
  /// A box to tick; its answer is "yes" or "".
  void check(const StepField& field);
  void button(const std::string& label, const std::string& id, std::function<void()> action, const std::string& name = {});
  /// Several buttons beside each other.
  void begin_row();
  void end_row();
  void add_form(const std::vector<StepInput>& inputs, const std::string& button_label, const std::string& button_id,
                std::function<Change(const Plan&, const std::vector<std::string>&)> make);
  /// A change that is made when the page is left, worked out on top of what was typed.
  void when_left(std::function<Change(const Plan&)> make);
  /// A choice that is not part of the plan (which activity to look at).
  wxChoice* picker(const std::string& label, const std::string& id, const Options& options, const std::string& chosen, std::function<void(const std::string&)> picked);
  void put(wxWindow* window, int flags = wxEXPAND);

  /// Room for what a page remembers between rebuilds (the activity being looked at).
  std::string memory;
  /// Parts of the page that stand open.
  std::set<std::string> open_parts;

 private:
  struct Binding {
    StepField field;
    wxWindow* control = nullptr;
    std::function<std::string()> read;
    std::function<void(const std::string&)> show;
    std::string shown;
    std::string trouble;   ///< why its words are no answer; the box is marked until they are
    std::string settled;  ///< what the plan made of the last words kept from it
  };
  struct Form {
    std::vector<std::function<std::string()>> read;
    std::function<void()> clear;
    std::function<Change(const Plan&, const std::vector<std::string>&)> make;
  };
  void build();
  void mark(Binding& binding, const std::string& trouble);
  void restore(const std::vector<Binding>& refused);
  void refresh();
  void wrap_sentences();
  wxWindow* place_label(const StepField& field, wxSizer* cell);
  void add_to_flow(wxSizer* sizer);
  wxBoxSizer* put_status(Status status, const std::string& word, const std::string& text, int beside_right);
  wxButton* make_action(const std::string& label, const std::string& id, std::function<void()> action, const std::string& name);
  void bind_text(const StepField& field, wxTextCtrl* box);
  void on_size(wxSizeEvent& event);

  Session& session_;
  StepInfo info_;
  wxBoxSizer* column_ = nullptr;
  wxFlexGridSizer* cells_ = nullptr;
  wxSizer* row_ = nullptr;
  std::vector<Binding> bindings_;
  std::vector<Form> forms_;
  struct Wrapped { wxControl* label; wxString words; int beside; int columns = 1; };  ///< pixels that others take beside it; how many such share the width
  std::vector<Wrapped> wrapped_;
  wxTimer quiet_, again_;
  std::string shape_;
  bool built_ = false, stale_ = true, pending_ = false, writing_ = false, typing_ = false;
  int wrapped_at_ = 0;
};

/// True where every box of a form is empty.
bool nothing_typed(const std::vector<std::string>& values);
/// A field of a record, worded by the registry; `about` names the record where several stand on the page. A missing record is made
/// when first written.
StepField record_field(const Plan& plan, std::string_view kind, const Id& id, std::string_view key, const std::string& about = {});
/// The closed list of a field; "I don't know" comes first.
Options field_options(std::string_view kind, std::string_view key);
/// Everybody who still works here, after "I don't know".
Options people_options(const Plan& plan);
/// Lengths of time in plain words; `value` is put in where the list lacks it, worded by
/// `pattern`.
Options time_options(const std::vector<std::pair<std::int64_t, std::string>>& choices, const std::string& value, std::string_view pattern = "{time}");
/// Adds a record of a kind under a fresh id.
Change added(std::string_view kind, const std::vector<std::pair<std::string, std::string>>& values);
/// Removes a record, as one change.
Change removed(const Plan& plan, const Id& id);
/// Sets or removes a link of a kind between two records.
Change linked(const Plan& plan, const Id& from, const Id& to, Link::Kind kind, bool on);
bool has_link(const Plan& plan, const Id& from, const Id& to, Link::Kind kind);
/// Ids of a table's records as a text that changes when one is added or removed.
std::string ids_of(const Plan& plan, std::string_view kind);

}  // namespace mainstay
