// SPDX-License-Identifier: MIT
#include "app/gui/backup_history_view.h"

#include <wx/dcclient.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/report_print.h"
#include "app/gui/wx_text.h"
#include "core/report/drawing.h"
#include "core/report/figure_history.h"

namespace mainstay {
namespace {

constexpr int list_days = 30;
constexpr int choices_days[] = {30, 90};

/// The history of the days up to now.
BackupHistory history_of(Document& document, const Backup& backup, const ReadingList& readings, int days) {
  const auto now = document.now();
  return backup_history(document.plan(), document.graph(), backup, readings, now.plus_minutes(-days * minutes_per_day), Instant(now.seconds + 1), now);
}

std::string space_words(const SpaceForecast& space) {
  if (space.free_bytes < 0) return {};
  const Args args{{"free", spoken_bytes(space.free_bytes)}, {"days", space.lasts_days}, {"least", space.least_days}, {"most", space.most_days}, {"a_day", spoken_bytes(space.bytes_a_day)}};
  if (space.days == 0) return tr("Space: {free} are free; there are too few readings yet to tell how long that lasts.", args);
  if (space.lasts_days < 0 || space.most_days < 0) return tr("Space: {free} are free, and no lasting growth eats it.", args);
  if (space.lasts_days > 3650) return tr("Space: {free} are free, enough for more than ten years at the present growth.", args);
  if (space.least_days == space.most_days) return tr("Space: {free} are free and {a_day} go each day, so it lasts {days} more days.", args);
  return tr("Space: {free} are free and about {a_day} go each day, so it lasts about {days} more days ({least} to {most}).", args);
}

}  // namespace

/// Draws the figure for the room there is, in the letters of the system.
class BackupHistoryView::Plot : public wxWindow {
 public:
  explicit Plot(wxWindow* parent) : wxWindow(parent, wxID_ANY) {
    SetMinSize(wxSize(FromDIP(240), GetCharHeight() * 13));
    Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
      drawn_ = wxBitmap();
      Refresh();
      event.Skip();
    });
  }
  bool AcceptsFocus() const override { return false; }
  void show(const std::function<Figure(double, double)>& make) {
    make_ = make;
    drawn_ = wxBitmap();
    const auto figure = make_(480, 200);
    set_accessible(this, tr("{title}. {words}", {{"title", figure.title}, {"words", figure.alt}}), "backup_history");
    Refresh();
  }

 private:
  void paint() {
    wxPaintDC dc(this);
    const auto size = GetClientSize();
    if (!make_ || size.x < 40 || size.y < 40) return;
    if (!drawn_.IsOk() || drawn_dark_ != is_dark()) {
      drawn_dark_ = is_dark();
      const double point = GetCharHeight() * 0.62 / 7;  // the figure's letters are seven points high, a little smaller than the page's
      const double pixels = GetContentScaleFactor();
      const auto figure = make_(size.x / point, size.y / point);
      drawn_ = bitmap_of(figure_image(figure, size.x * pixels / figure.width, drawn_dark_), pixels);
    }
    if (drawn_.IsOk()) dc.DrawBitmap(drawn_, 0, 0, true);
  }
  std::function<Figure(double, double)> make_;
  wxBitmap drawn_;
  bool drawn_dark_ = false;
};

BackupHistoryView::BackupHistoryView(wxWindow* parent, Session& session) : wxPanel(parent), session_(session) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  auto* head = new wxBoxSizer(wxHORIZONTAL);
  head->Add(make_section(this, tr("History")), wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(gap_wide)));
  days_ = new wxChoice(this, wxID_ANY);
  for (const int days : choices_days) days_->Append(wx(tr("Last {count} days", {{"count", days}})));
  days_->SetSelection(0);
  set_accessible(days_, tr("Days of the history"), "backup_history_days");
  days_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { tell(); });
  head->Add(days_, wxSizerFlags().CentreVertical());
  column->Add(head, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
  plot_ = new Plot(this);
  column->Add(plot_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
  words_ = make_text(this, "", gap_page);
  column->Add(words_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
  space_ = make_text(this, "", gap_page);
  column->Add(space_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
  SetSizer(column);
}

void BackupHistoryView::show(const BackupStatus& status) {
  status_ = status;
  tell();
}

void BackupHistoryView::tell() {
  auto& document = session_.document();
  const auto* backup = find_in(document.plan().backups, status_.backup_id);
  if (!backup) return;
  const int days = choices_days[std::clamp(days_->GetSelection(), 0, 1)];
  const auto readings = readings_of(document.observations(), backup->id);
  const auto history = history_of(document, *backup, readings, days);
  plot_->Show(!readings.empty());
  words_->set_text(readings.empty() ? tr("Nothing has been read of it yet: press “Test this one”, and its age is kept from then on.") : history_words(document.plan(), history));
  const auto space = space_words(status_.space);
  space_->Show(!space.empty());
  space_->set_text(space);
  // The plot is drawn again for each size, so it keeps its own copy of the readings that the history points to.
  const auto kept = std::make_shared<std::vector<Observation>>();
  for (const auto* o : history.unreadable) kept->push_back(*o);
  auto own = history;
  own.unreadable.clear();
  for (const auto& o : *kept) own.unreadable.push_back(&o);
  if (!readings.empty()) plot_->show([plan = &document.plan(), own, kept](double width, double height) { return age_figure(*plan, own, width, height); });
  Layout();
  if (auto* scrolled = dynamic_cast<ScrolledPanel*>(GetParent())) scrolled->content_changed();
}

AgePictures::AgePictures(Document& document) : document_(document) {
  changed_ = document.subscribe([this] {
    readings_.clear();
    gathered_ = false;
  });
}

void AgePictures::gather() {
  if (gathered_) return;
  readings_ = readings_by_backup(document_.observations());
  gathered_ = true;
}

std::string AgePictures::key(const Id& backup, const InheritedRpo& rpo) {
  gather();
  const auto own = readings_.find(backup.text);
  const auto newest = own == readings_.end() || own->second.empty() ? std::string() : own->second.back()->uuid;
  return newest + " " + std::to_string(rpo.rpo_minutes.value_or(-1)) + " " + to_text(document_.today());
}

const TableList::Picture& AgePictures::of(const Id& backup_id, const wxWindow& window, int width, int height) {
  static const TableList::Picture none;
  const auto* backup = find_in(document_.plan().backups, backup_id);
  if (!backup) return none;
  if (dark_ != is_dark()) {
    made_.clear();
    dark_ = is_dark();
  }
  const auto wanted = key(backup_id, inherited_rpo(document_.plan(), document_.graph(), backup_id));
  auto& [made_from, picture] = made_[backup_id.text];
  if (made_from == wanted && (picture.bitmap.IsOk() || !picture.text.empty())) return picture;
  made_from = wanted;
  const auto own = readings_.find(backup_id.text);
  if (own == readings_.end() || own->second.empty()) {
    picture = {tr("not read"), {}};
    return picture;
  }
  const auto history = history_of(document_, *backup, own->second, list_days);
  const double pixels = window.GetContentScaleFactor();
  picture.bitmap = bitmap_of(figure_image(age_sparkline(document_.plan(), history, width, height), pixels, dark_), pixels);
  constexpr int half = 500;  // a share of little says little
  picture.text = history.inside_permille() < 0 ? tr("not known") : history.told_permille() < half ? tr("mostly not known") : tr("{share} inside", {{"share", spoken_share(history.inside_permille())}});
  return picture;
}

}  // namespace mainstay
