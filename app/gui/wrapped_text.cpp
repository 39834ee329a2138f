// SPDX-License-Identifier: MIT
#include "app/gui/wrapped_text.h"

#include <algorithm>
#include <vector>

#include <wx/dcclient.h>

#include "app/gui/layout.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {
/// How many characters of `line` go onto a line of `width` pixels: up to a space, else within a long word (an address, a path) after a
/// mark that may end a line, else as many as fit. At least one.
std::size_t fitting(const wxString& line, const wxArrayInt& widths, int width) {
  const auto end = static_cast<std::size_t>(std::upper_bound(widths.begin(), widths.end(), width) - widths.begin());
  if (end >= line.length()) return line.length();
  const auto is_digit = [&](std::size_t at) { return at < line.length() && line[at] >= '0' && line[at] <= '9'; };
  for (auto space = line.rfind(' ', end); space != wxString::npos && space > 0; space = line.rfind(' ', space - 1))
    if (!is_digit(space - 1) || !is_digit(space + 1)) return space;  // a phone number stays on one line
  if (const auto mark = line.find_last_of("/-_.?=:\\", end == 0 ? 0 : end - 1); mark != wxString::npos && mark > 0) return mark + 1;
  return std::max<std::size_t>(end, 1);
}

/// Pixels that a label's lines take, by its own letters. Not through a drawing context: asking the theme for the colours of each takes most of a page's layout.
wxSize extent_of_lines(const wxStaticText& label) {
  wxSize size(0, 0);
  auto left = wxControl::RemoveMnemonics(label.GetLabel());
  for (bool more = true; more;) {
    wxString rest;
    const auto line = left.BeforeFirst('\n', &rest);
    more = line.length() < left.length();
    const auto extent = label.GetTextExtent(line.empty() ? wxString(" ") : line);
    size = wxSize(std::max(size.x, extent.x), size.y + extent.y);
    left = rest;
  }
  return size;
}

}  // namespace

wxString wrapped(wxWindow& window, const wxString& text, int width) {
  const wxClientDC dc(&window);
  wxString out;
  for (auto left = text;;) {
    wxString rest;
    auto line = left.BeforeFirst('\n', &rest);
    while (!line.empty()) {
      wxArrayInt widths;
      dc.GetPartialTextExtents(line, widths);
      const auto count = fitting(line, widths, width);
      out += line.Left(count);
      if (count >= line.length()) break;
      out += '\n';
      line = line.Mid(count);
      if (line[0] == ' ') line = line.Mid(1);
    }
    if (rest.empty()) return out;
    out += '\n';
    left = rest;
  }
}

wxSize StyledText::DoGetBestSize() const {
  auto size = wxStaticText::DoGetBestSize();
  const auto extent = extent_of_lines(*this);
  size.IncTo(wxSize(extent.x + FromDIP(2), extent.y));
  return size;
}

WrappedText::WrappedText(wxWindow* parent, const std::string& text, int reserve, int longest)
    : StyledText(parent, wxID_ANY, wxString()), text_(wxControl::EscapeMnemonics(wx(text))), reserve_(reserve), longest_(longest) {
  rewrap();
  parent->Bind(wxEVT_SIZE, &WrappedText::parent_resized, this);
  Bind(wxEVT_SIZE, &WrappedText::resized, this);
}

WrappedText::~WrappedText() {
  if (GetParent()) GetParent()->Unbind(wxEVT_SIZE, &WrappedText::parent_resized, this);
}

void WrappedText::set_text(const std::string& text) {
  const auto escaped = wxControl::EscapeMnemonics(wx(text));
  if (escaped == text_) return;
  text_ = escaped;
  width_ = -1;
  rewrap();
  InvalidateBestSize();
}

bool WrappedText::SetFont(const wxFont& font) {
  const bool taken = wxStaticText::SetFont(font);
  width_ = -1;
  rewrap();
  CallAfter([this] {  // the toolkit knows the new letters' height only once it has styled them
    width_ = -1;
    rewrap();
  });
  return taken;
}

void WrappedText::rewrap() {
  // A few pixels less than there is room for: the toolkit wraps once more where its own measure differs.
  const int room = GetParent()->GetClientSize().x - FromDIP(reserve_ + gap) - std::max(0, GetPosition().x);
  int width = std::max(FromDIP(160), std::min(FromDIP(longest_), room));
  if (given_ > 0) width = std::min(width, given_);
  if (width == width_) return;
  width_ = width;
  const int height_before = GetMinSize().y;
  SetMinSize(wxDefaultSize);  // a best size is never below the minimum, so an old one would keep its height
  SetLabel(wrapped(*this, text_, width));
  InvalidateBestSize();  // the letters may have changed where the words have not
  const auto height = GetBestSize().y;
  const bool moved = height != height_before;
  SetMinSize(wxSize(FromDIP(80), height));
  if (moved && !arranging_) {
    arranging_ = true;
    CallAfter(&WrappedText::rearrange_around);
  }
}

/// Gives back, or asks for, the room that another number of lines takes: from the scrolled panel or page inwards.
void WrappedText::rearrange_around() {
  arranging_ = false;
  std::vector<wxWindow*> around;
  for (auto* window = GetParent(); window; window = window->GetParent()) {
    window->InvalidateBestSize();
    around.push_back(window);
    if (window->IsTopLevel() || dynamic_cast<ScrolledPanel*>(window)) break;
  }
  for (auto window = around.rbegin(); window != around.rend(); ++window) {
    if (auto* scrolled = dynamic_cast<ScrolledPanel*>(*window)) scrolled->content_changed();
    else (*window)->Layout();
    if (auto* dialog = dynamic_cast<wxDialog*>(*window); dialog && dialog->GetSizer()) {  // a dialog fits its content, and grows with it
      const auto wanted = dialog->GetSizer()->ComputeFittingWindowSize(dialog);
      if (wanted.y > dialog->GetSize().y) dialog->SetSize(dialog->GetSize().x, wanted.y);
    }
  }
}

/// A neighbour may leave it less than its parent's width: its lines then end where its own room does.
void WrappedText::resized(wxSizeEvent& event) {
  event.Skip();
  const int width = event.GetSize().x;
  if (width < FromDIP(80)) return;  // not laid out yet
  const bool is_cut = width < width_ && width < extent_of_lines(*this).x;
  if (!is_cut && (given_ == 0 || width <= given_)) return;
  given_ = width;
  rewrap();
}

void WrappedText::parent_resized(wxSizeEvent& event) {
  event.Skip();
  rewrap();
}

}  // namespace mainstay
