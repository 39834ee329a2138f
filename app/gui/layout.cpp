// SPDX-License-Identifier: MIT
#include "app/gui/layout.h"

#include <algorithm>
#include <memory>

#include <wx/settings.h>

#include "app/gui/accessible.h"
#include "app/gui/wx_text.h"

namespace mainstay {

bool is_dark() {
  const auto text = wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT), back = wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOW);
  return text.GetLuminance() > back.GetLuminance();
}

wxColour status_colour(Status status) {
  const bool dark = is_dark();
  switch (status) {
    case Status::good: return dark ? wxColour(0x7f, 0xd1, 0x8b) : wxColour(0x1b, 0x6b, 0x33);
    case Status::info: return accent_colour();
    case Status::warning: return dark ? wxColour(0xf2, 0xbf, 0x5a) : wxColour(0x8a, 0x55, 0x00);
    case Status::bad: return dark ? wxColour(0xff, 0x8f, 0x86) : wxColour(0xb0, 0x1e, 0x1e);
    case Status::unknown: return dark ? wxColour(0xc3, 0xb1, 0xf0) : wxColour(0x5b, 0x42, 0x9c);
    case Status::none: break;
  }
  return wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT);
}

std::string_view status_mark(Status status) {
  switch (status) {
    case Status::good: return "✔";
    case Status::info: return "●";
    case Status::warning: return "▲";
    case Status::bad: return "✖";
    case Status::unknown: return "?";
    case Status::none: break;
  }
  return "";
}

std::string status_words(Status status, std::string_view word) {
  if (status == Status::none) return std::string(word);
  return tr("{mark} {word}", {{"mark", status_mark(status)}, {"word", word}});
}

wxColour hint_colour() {
  const auto text = wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT);
  return is_dark() ? text.ChangeLightness(75) : wxColour(0x59, 0x59, 0x59);
}

wxColour accent_colour() { return is_dark() ? wxColour(0x8a, 0xb8, 0xff) : wxColour(0x1f, 0x5f, 0xae); }

int for_text(const wxWindow* window, int dip) {
  constexpr int usual_line = 20;  // height of a line in the usual letters, DIP
  const double growth = std::clamp(window->GetCharHeight() / static_cast<double>(window->FromDIP(usual_line)), 1.0, 1.7);
  return static_cast<int>(window->FromDIP(dip) * growth);
}

namespace {
wxStaticText* scaled_text(wxWindow* parent, const std::string& text, double scale, bool bold) {
  auto* label = new StyledText(parent, wxID_ANY, wxControl::EscapeMnemonics(wx(text)));
  auto font = label->GetFont().Scaled(static_cast<float>(scale));
  if (bold) font.MakeBold();
  label->SetFont(font);
  return label;
}
}  // namespace

WrappedText* make_title(wxWindow* parent, const std::string& text) {
  auto* title = new WrappedText(parent, text, gap_page);
  title->SetFont(title->GetFont().Scaled(1.6f).Bold());
  return title;
}
wxStaticText* make_figure(wxWindow* parent) { return scaled_text(parent, "", 1.6, true); }
wxStaticText* make_section(wxWindow* parent, const std::string& text) { return scaled_text(parent, text, 1.15, true); }
wxStaticText* make_label(wxWindow* parent, const std::string& text) { return scaled_text(parent, text, 1.0, false); }
WrappedText* make_text(wxWindow* parent, const std::string& text, int reserve) { return new WrappedText(parent, text, reserve); }

WrappedText* make_record_heading(wxWindow* parent) {
  auto* heading = new WrappedText(parent, "", gap_page);
  heading->SetFont(heading->GetFont().Scaled(1.15f).Bold());
  return heading;
}

WrappedText* make_hint(wxWindow* parent, const std::string& text, int reserve) {
  auto* hint = new WrappedText(parent, text, reserve);
  hint->SetForegroundColour(hint_colour());
  return hint;
}

wxStaticText* make_chip(wxWindow* parent, Status status, std::string_view word) {
  auto* chip = new StyledText(parent, wxID_ANY, wxString());
  chip->SetFont(chip->GetFont().Bold());
  set_chip(chip, status, word);
  return chip;
}

void set_chip(wxStaticText* chip, Status status, std::string_view word) {
  chip->SetForegroundColour(status_colour(status));
  chip->SetLabel(wxControl::EscapeMnemonics(wx(status_words(status, word))));
}

wxButton* make_button(wxWindow* parent, const std::string& label, std::string_view key, std::function<void()> action) {
  auto* button = new wxButton(parent, wxID_ANY, wx(label));
  set_accessible(button, utf8(wxControl::RemoveMnemonics(wx(label))), key);
  button->Bind(wxEVT_BUTTON, [action = std::move(action)](wxCommandEvent&) { action(); });
  return button;
}

wxPanel* make_empty_state(wxWindow* parent, const std::string& title, const std::string& advice, const std::string& button, std::function<void()> action) {
  auto* panel = new Part(parent);
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->AddSpacer(panel->FromDIP(gap_page));
  sizer->Add(make_section(panel, title), wxSizerFlags().Border(wxBOTTOM, panel->FromDIP(gap)));
  sizer->Add(make_hint(panel, advice), wxSizerFlags().Expand().Border(wxBOTTOM, panel->FromDIP(gap_wide)));
  if (action) sizer->Add(make_button(panel, button, "empty_state_action", std::move(action)));
  panel->SetSizer(sizer);
  return panel;
}

wxPanel* make_card(wxWindow* parent) {
  auto* card = new Part(parent, wxTAB_TRAVERSAL | wxBORDER_THEME);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(new wxBoxSizer(wxVERTICAL), wxSizerFlags(1).Expand().Border(wxALL, card->FromDIP(gap_wide)));
  card->SetSizer(outer);
  return card;
}

wxSizer* card_sizer(wxPanel* card) { return card->GetSizer()->GetItem(std::size_t(0))->GetSizer(); }

wxWindow* add_field(wxSizer* sizer, wxWindow* control, const std::string& label, std::string_view key, const std::string& help) {
  auto* parent = control->GetParent();
  auto* text = make_label(parent, label);
  text->MoveBeforeInTabOrder(control);
  sizer->Add(text, wxSizerFlags().Border(wxBOTTOM, parent->FromDIP(gap_small)));
  sizer->Add(control, wxSizerFlags().Expand());
  if (!help.empty()) sizer->Add(make_hint(parent, help), wxSizerFlags().Expand().Border(wxTOP, parent->FromDIP(gap_small)));
  sizer->AddSpacer(parent->FromDIP(gap_wide));
  set_accessible(control, label, key);
  return control;
}

namespace {
/// The control that a panel scrolled to, until somebody scrolls by hand; only compared, never used.
const wxWindow* followed = nullptr;
}  // namespace

ScrolledPanel::ScrolledPanel(wxWindow* parent) : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL) {
  SetScrollRate(0, FromDIP(gap));
  SetSize(0, 0);  // never less than its own least: the toolkit may draw it before it is laid out
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    CallAfter([this] { content_changed(); });  // wrapped texts have found their height by then
  });
  Bind(wxEVT_CHILD_FOCUS, [this](wxChildFocusEvent& event) {
    event.Skip();
    const bool clicked = wxGetMouseState().LeftIsDown();  // what is being clicked stays below the pointer
    followed = clicked ? nullptr : event.GetWindow();
    if (looking_ || clicked) return;
    looking_ = true;
    CallAfter([this] {  // what was built just now has its place by then
      looking_ = false;
      show_focused();
    });
  });
  for (const auto type : {wxEVT_SCROLLWIN_LINEUP, wxEVT_SCROLLWIN_LINEDOWN, wxEVT_SCROLLWIN_PAGEUP, wxEVT_SCROLLWIN_PAGEDOWN, wxEVT_SCROLLWIN_TOP, wxEVT_SCROLLWIN_BOTTOM, wxEVT_SCROLLWIN_THUMBTRACK})
    Bind(type, [](wxScrollWinEvent& event) {
      event.Skip();
      followed = nullptr;
    });
}

void ScrolledPanel::show_focused() {
  const auto* focused = FindFocus();
  if (!focused || focused == this || !IsDescendant(const_cast<wxWindow*>(focused))) return;
  int left = 0, top = 0, unit = 1, ignored = 1;
  GetViewStart(&left, &top);
  GetScrollPixelsPerUnit(&ignored, &unit);
  int y = 0;  // by what the sizers say: what the screen says of a control lags behind a layout that has just been made
  for (const auto* window = focused; window != this; window = window->GetParent()) y += window->GetPosition().y;
  const int room = GetClientSize().y, height = focused->GetSize().y;
  const int above = y - focused->GetCharHeight() - FromDIP(gap), below = y + height + FromDIP(gap_wide);  // with its label
  if (above < 0 || below - above > room) Scroll(-1, std::max(0, (top * unit + above) / unit));
  else if (below > room) Scroll(-1, (top * unit + below - room + unit - 1) / unit);
}

int never_squeezed(const wxWindow* window, int pixels) { return pixels < 0 ? pixels : std::max(pixels, window->FromDIP(96)); }

void ScrolledPanel::DoSetSize(int x, int y, int width, int height, int flags) { wxScrolledWindow::DoSetSize(x, y, never_squeezed(this, width), never_squeezed(this, height), flags); }

bool ScrolledPanel::Layout() {
  if (GetClientSize().x < FromDIP(120)) return false;  // not shown yet: what stands in it keeps the size that it needs
  return wxScrolledWindow::Layout();
}

void ScrolledPanel::content_changed() {
  InvalidateBestSize();
  Layout();
  const auto before = GetVirtualSize();
  FitInside();
  if (GetVirtualSize() != before) Layout();  // what grows with the page has grown into the old size
  if (followed && followed == FindFocus() && IsDescendant(FindFocus())) show_focused();  // what grew above it has pushed it away
}

void split_for_reading(wxSplitterWindow* splitter, wxWindow* left, wxWindow* right, std::function<int()> stacked) {
  splitter->SetMinimumPaneSize(splitter->FromDIP(240));
  splitter->SetSashGravity(0.5);
  splitter->SplitVertically(left, right);
  splitter->Bind(wxEVT_SIZE, [splitter, done = std::make_shared<bool>(false), stacked = std::move(stacked)](wxSizeEvent& event) {
    event.Skip();
    const int width = splitter->GetClientSize().x;
    if (*done || width < splitter->FromDIP(500)) return;
    *done = true;
    splitter->CallAfter([splitter, width, stacked] {  // after the splitter's own share of this resize
      if (width < for_text(splitter, 640)) {  // large letters: the detail below the list
        auto *list = splitter->GetWindow1(), *detail = splitter->GetWindow2();
        splitter->Unsplit();
        detail->Show();
        splitter->SetMinimumPaneSize(splitter->FromDIP(120));
        const int wished = stacked(), height = splitter->GetClientSize().y;
        splitter->SplitHorizontally(list, detail, std::clamp(wished, height * 2 / 5, std::max(height * 2 / 5, height * 3 / 5)));
        return;
      }
      splitter->SetSashPosition(std::max(splitter->FromDIP(240), std::min(width * 3 / 5, width - splitter->FromDIP(400))));
    });
  });
}

}  // namespace mainstay
