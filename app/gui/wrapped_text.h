// SPDX-License-Identifier: MIT
#pragma once
#include <wx/wx.h>

#include <string>

namespace mainstay {

/// `text` with line ends where `window`'s letters reach `width` pixels. wxStaticText::Wrap gives up at a word that is longer than the line,
/// and the rest of the sentence is cut off.
wxString wrapped(wxWindow& window, const wxString& text, int width);

/// The spacing grid, in device-independent pixels.
inline constexpr int gap_small = 4, gap = 8, gap_wide = 16, gap_page = 24;
/// Lines of text longer than this are hard to read.
inline constexpr int text_width = 680;

/// A label that knows its size by its own letters. The toolkit learns of a bold or larger font only once it has styled the label, and what is measured before that would be cut off.
class StyledText : public wxStaticText {
 public:
  using wxStaticText::wxStaticText;

 protected:
  wxSize DoGetBestSize() const override;
};

/// Text that wraps at its parent's width as that changes, up to a readable line. Put it in a vertical sizer with `wxEXPAND`.
class WrappedText : public StyledText {
 public:
  /// `reserve` is the width (DIP) kept free at the right for neighbours and margins; `longest` caps the line.
  WrappedText(wxWindow* parent, const std::string& text, int reserve = gap_wide, int longest = text_width);
  ~WrappedText() override;
  void set_text(const std::string& text);
  bool SetFont(const wxFont& font) override;

 private:
  void rewrap();
  void parent_resized(wxSizeEvent& event);
  wxString text_;
  void rearrange_around();
  void resized(wxSizeEvent& event);
  int reserve_, longest_, width_ = -1;
  int given_ = 0;  ///< the width it has where that cut its lines, such as in one of two columns
  bool arranging_ = false;
};

}  // namespace mainstay
