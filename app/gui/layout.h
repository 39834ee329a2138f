// SPDX-License-Identifier: MIT
#pragma once
#include <wx/scrolwin.h>
#include <wx/splitter.h>
#include <wx/wx.h>

#include <functional>
#include <string>
#include <string_view>

#include "app/gui/wrapped_text.h"

namespace mainstay {

/// How something stands; always shown as word, mark and colour together.
enum class Status : std::uint8_t { none, good, info, warning, bad, unknown };
/// A colour that reads on the present background, light or dark.
wxColour status_colour(Status status);
/// "✔", "▲", "✖", "?" …
std::string_view status_mark(Status status);
/// Mark and word: "✖ Breached".
std::string status_words(Status status, std::string_view word);
/// Quiet text, secondary to the rest.
wxColour hint_colour();
/// The one accent colour.
wxColour accent_colour();
/// True where the system shows light text on dark.
bool is_dark();

/// `dip` pixels that hold text: grows with the size of the system's letters as well as with the display's scale.
int for_text(const wxWindow* window, int dip);

/// The page's one big line.
WrappedText* make_title(wxWindow* parent, const std::string& text);
/// A figure in the title's size that changes by itself, such as a clock; set it with SetLabel.
wxStaticText* make_figure(wxWindow* parent);
/// A heading within a page.
wxStaticText* make_section(wxWindow* parent, const std::string& text);
/// A heading that names a record: as make_section, and wraps.
WrappedText* make_record_heading(wxWindow* parent);
/// A plain one-line label; user text is safe in it.
wxStaticText* make_label(wxWindow* parent, const std::string& text);
/// Wrapping body text.
WrappedText* make_text(wxWindow* parent, const std::string& text, int reserve = gap_wide);
/// Wrapping quiet text.
WrappedText* make_hint(wxWindow* parent, const std::string& text, int reserve = gap_wide);
/// A status as mark, word and colour.
wxStaticText* make_chip(wxWindow* parent, Status status, std::string_view word);
void set_chip(wxStaticText* chip, Status status, std::string_view word);

/// A button that calls `action`; `key` is its accessible id.
wxButton* make_button(wxWindow* parent, const std::string& label, std::string_view key, std::function<void()> action);
/// What a page shows where it has nothing yet: what is missing and what to do next. `action` may be empty.
wxPanel* make_empty_state(wxWindow* parent, const std::string& title, const std::string& advice, const std::string& button = {},
                          std::function<void()> action = {});
/// A framed group with a vertical sizer whose content keeps its distance from the frame: add to `card->GetSizer()`'s first child via `card_sizer`.
wxPanel* make_card(wxWindow* parent);
wxSizer* card_sizer(wxPanel* card);

/// Adds a label, the control under it and a line of help, and names the control for screen readers. Returns the control.
/// The control must have been created after `label_for` or be the next in tab order; the label is made here.
wxWindow* add_field(wxSizer* sizer, wxWindow* control, const std::string& label, std::string_view key, const std::string& help = {});

/// A panel whose content is made later, or anew. Tab comes by also where nothing in it takes the focus yet: wx decides that once, when the panel is made, and would pass over what comes later.
class Part : public wxPanel {
 public:
  explicit Part(wxWindow* parent, long style = wxTAB_TRAVERSAL) : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, style) { wxPanel::SetCanFocus(false); }
  /// Its controls take the focus; empty, it would be a nameless stop.
  void SetCanFocus(bool) override { wxPanel::SetCanFocus(false); }
  bool AcceptsFocusFromKeyboard() const override { return true; }
};

/// A panel that scrolls up and down, fits its content's height and moves so that the control with the focus is seen.
class ScrolledPanel : public wxScrolledWindow {
 public:
  explicit ScrolledPanel(wxWindow* parent);
  bool Layout() override;
  bool AcceptsFocusFromKeyboard() const override { return true; }  ///< as of Part
  /// Call after the content changed.
  void content_changed();
  /// Scrolls so that the focused control in it is seen with its label.
  void show_focused();

 protected:
  void DoSetSize(int x, int y, int width, int height, int flags) override;

 private:
  bool looking_ = false;
};

/// A size that leaves a scroll bar its own least room. The pages of a notebook have no size until they are first shown, and a scrolled window squeezed to nothing until then draws
/// warnings from the toolkit.
int never_squeezed(const wxWindow* window, int pixels);

/// Splits a list and its detail three to two once the real size is known, and never leaves the detail too narrow to read: with large letters it stands below the list, which
/// then gets the height that `stacked` asks for, up to three fifths.
void split_for_reading(wxSplitterWindow* splitter, wxWindow* left, wxWindow* right, std::function<int()> stacked);

}  // namespace mainstay
