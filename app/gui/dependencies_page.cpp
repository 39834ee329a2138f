// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/notebook.h>
#include <wx/wrapsizer.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/gui/accessible.h"
#include "app/gui/graph_view.h"
#include "app/gui/page.h"
#include "app/gui/table_list.h"
#include "app/gui/wx_text.h"
#include "core/model/graph_layout.h"

namespace mainstay {
namespace {

/// More than this is no picture any more: then one activity is shown at a time.
constexpr std::size_t most_activities = 24;

/// What the activities lean on, drawn, with a what-if: what is taken away here is taken away from nobody else.
class PicturePage : public Page {
 public:
  PicturePage(wxWindow* parent, Session& session) : Page(parent, session), scroll_(new ScrolledPanel(this)) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_hint(scroll_, tr("What would stop without it? Click a thing in the picture, or tick it in the table (Enter does it too). This only asks; the plan stays as it is."), gap_wide),
                wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    auto* bar = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
    const auto to_bar = [&](wxWindow* control) { bar->Add(control, wxSizerFlags().CentreVertical().Border(wxRIGHT | wxBOTTOM, FromDIP(gap))); };
    to_bar(make_label(scroll_, tr("Show")));
    root_ = new wxChoice(scroll_, wxID_ANY);
    set_accessible(root_, tr("Which activities are shown"), "graph_activity");
    root_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) {
      chosen_ = roots_[static_cast<std::size_t>(root_->GetSelection())];
      refresh();
    });
    to_bar(root_);
    back_ = make_button(scroll_, tr("Put everything &back"), "graph_back", [this] {
      lost_.clear();
      refresh();
    });
    to_bar(back_);
    show_ = make_button(scroll_, tr("&Go to the chosen thing"), "graph_show", [this] { session_.show_record(Id{things_->selected()}); });
    show_->Disable();
    to_bar(show_);
    column->Add(bar, wxSizerFlags().Expand());
    verdict_ = new WrappedText(scroll_, "", gap_wide, 4 * text_width);
    verdict_->SetFont(verdict_->GetFont().Bold());
    column->Add(verdict_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    view_ = new GraphView(scroll_, "graph_picture");
    view_->on_click = [this](const Id& id) { toggle(id); };
    things_ = new TableList(scroll_, tr("What the activities lean on"), "graph_things",
                            {{tr("Thing"), 260}, {tr("Kind"), 110}, {tr("Stands"), 100}, {tr("Needed by"), 320}, {tr("Stands in for it"), 180}}, true, tr("Away"));
    things_->on_tick = [this](const std::string& id, bool) { CallAfter([this, id] { toggle(Id{id}); }); };
    things_->on_activate = [this](const std::string& id) { CallAfter([this, id] { toggle(Id{id}); }); };  // a screen reader ticks in this way
    things_->on_select = [this](const std::string& id) { show_->Enable(!id.empty()); };
    view_->SetMinSize(wxSize(FromDIP(320), GetCharHeight() * 12));
    things_->SetMinSize(wxSize(FromDIP(200), GetCharHeight() * 9));
    column->Add(view_, wxSizerFlags(3).Expand().Border(wxBOTTOM, FromDIP(gap)));
    column->Add(things_, wxSizerFlags(1).Expand());
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap_wide)));
    scroll_->SetSizer(padded);
    auto* all = new wxBoxSizer(wxVERTICAL);
    all->Add(scroll_, wxSizerFlags(1).Expand());
    SetSizer(all);
  }

  void refresh() override {
    list_roots();
    const auto& graph = document().graph();
    std::vector<int> roots;
    for (const auto& activity : plan().activities)
      if (chosen_.empty() || activity.id.text == chosen_)
        if (const int node = graph.node(activity.id); node >= 0) roots.push_back(node);
    std::set<int> lost;
    for (const auto& id : lost_)
      if (const int node = graph.node(Id{id}); node >= 0) lost.insert(node);
    const auto levels = graph.levels(lost);
    const auto layout = layered_layout(graph, roots);
    GraphPicture picture;
    picture.headings = {tr("Activities"), tr("People, systems, equipment"), tr("Data and what lies beneath"), tr("Backups, suppliers, places")};
    std::map<int, int> place;
    for (const auto& layer : layout.layers) {
      auto& column = picture.columns.emplace_back();
      for (const int node : layer) {
        const auto level = levels.find(node);
        place[node] = static_cast<int>(picture.nodes.size());
        column.push_back(place[node]);
        picture.nodes.push_back({graph.id(node), title_of(plan(), graph.id(node)), level == levels.end() ? 100 : level->second, lost.contains(node), graph.kind(node) == "activity"});
      }
    }
    for (const auto& [from, to] : layout.edges) picture.ties.emplace_back(place.at(from), place.at(to));
    list_things(graph, picture);
    say_verdict(graph, levels);
    view_->show(std::move(picture), tr("Picture of what the activities lean on. {verdict} The table below it says the same in words.", {{"verdict", words_}}));
    back_->Enable(!lost_.empty());
    scroll_->content_changed();
  }

  void show_record(const Id& id) override {
    if (!find_in(plan().activities, id)) return;
    chosen_ = id.text;
    refresh();
  }

 private:
  void toggle(const Id& id) {
    if (!lost_.erase(id.text)) lost_.insert(id.text);
    refresh();
  }

  void list_roots() {
    const bool too_many = plan().activities.size() > most_activities;
    roots_.clear();
    wxArrayString labels;
    if (!too_many) {
      roots_.emplace_back();
      labels.Add(wx(tr("All activities")));
    }
    for (const auto& activity : plan().activities) {
      roots_.push_back(activity.id.text);
      labels.Add(wx(activity.name));
    }
    auto at = std::find(roots_.begin(), roots_.end(), chosen_);
    if (at == roots_.end()) at = roots_.begin();
    chosen_ = at == roots_.end() ? std::string() : *at;
    if (labels != root_->GetStrings()) root_->Set(labels);
    root_->SetSelection(at == roots_.end() ? wxNOT_FOUND : static_cast<int>(at - roots_.begin()));
  }

  void list_things(const Graph& graph, const GraphPicture& picture) {
    std::vector<TableList::Row> rows;
    for (const auto& thing : picture.nodes) {
      const int node = graph.node(thing.id);
      std::vector<std::string> users, others;
      for (const int user : graph.users_of({node}))
        if (user != node && graph.kind(user) == "activity") users.push_back(title_of(plan(), graph.id(user)));
      for (const int other : graph.alternates(node)) others.push_back(title_of(plan(), graph.id(other)));
      const auto [status, word] = standing(thing);
      TableList::Row row{thing.id.text, {thing.title, tr(table_of(graph.kind(node))->info->label), status_words(status, word), users.empty() ? tr("–") : join(users, ", "),
                                         others.empty() ? tr("nothing") : join(others, ", ")}};
      row.status = status == Status::good ? Status::none : status;
      row.ticked = thing.lost;
      rows.push_back(std::move(row));
    }
    things_->set_rows(std::move(rows));
  }

  void say_verdict(const Graph& graph, const std::unordered_map<int, int>& levels) {
    std::vector<std::string> stopped, lower, lost;
    const Activity* first = nullptr;
    for (const auto& id : lost_) lost.push_back(title_of(plan(), Id{id}));
    for (const auto& activity : plan().activities) {
      const auto level = levels.find(graph.node(activity.id));
      if (level == levels.end() || level->second == 100) continue;
      (level->second == 0 ? stopped : lower).push_back(activity.name);
      if (level->second == 0 && activity.mtpd_minutes && (!first || activity.mtpd_minutes.count < first->mtpd_minutes.count)) first = &activity;
    }
    const auto without = join(lost, ", ");
    if (plan().activities.empty()) words_ = tr("The plan lists no activity yet, so nothing leans on anything.");
    else if (lost_.empty()) words_ = tr("Nothing is taken away: everything runs.");
    else if (stopped.empty() && lower.empty()) words_ = tr("Without {things} every activity still runs, as far as the plan says.", {{"things", without}});
    else if (stopped.empty()) words_ = tr("Without {things} no activity stops; running at a lower level: {lower}.", {{"things", without}, {"lower", join(lower, ", ")}});
    else if (first) words_ = tr("Without {things} these stop: {stopped}. The first harm that cannot be accepted comes after {time}, to “{activity}”.",
                                {{"things", without}, {"stopped", join(stopped, ", ")}, {"time", spoken_minutes(first->mtpd_minutes.count)}, {"activity", first->name}});
    else words_ = tr("Without {things} these stop: {stopped}. For how long they may, nobody has said.", {{"things", without}, {"stopped", join(stopped, ", ")}});
    verdict_->SetForegroundColour(lost_.empty() ? hint_colour() : status_colour(!stopped.empty() ? Status::bad : !lower.empty() ? Status::warning : Status::good));
    verdict_->set_text(words_);
  }

  ScrolledPanel* scroll_;
  wxChoice* root_;
  wxButton *back_, *show_;
  WrappedText* verdict_;
  GraphView* view_;
  TableList* things_;
  std::vector<std::string> roots_;
  std::string chosen_, words_;
  std::set<std::string> lost_;
};

/// The picture of the ties, and the ties one by one.
class DependenciesPage : public Page {
 public:
  DependenciesPage(wxWindow* parent, Session& session, const PageInfo& info) : Page(parent, session) {
    book_ = new wxNotebook(this, wxID_ANY);
    set_accessible(book_, tr("Picture or list of ties"), "dependencies_views");
    picture_ = new PicturePage(book_, session);
    set_accessible(picture_, tr("Picture and what-if"), "dependencies_picture");
    PageInfo ties = info;
    ties.title = "Ties";
    ties_ = make_record_page(book_, session, ties);
    set_accessible(ties_, tr("Ties one by one"), "dependencies_ties");
    book_->AddPage(picture_, wx(tr("Picture and what-if")));
    book_->AddPage(ties_, wx(tr("Ties one by one")));
    book_->Bind(wxEVT_NOTEBOOK_PAGE_CHANGED, [this](wxBookCtrlEvent& event) {
      event.Skip();
      front()->came_to_front();
    });
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_title(this, tr(info.title)), wxSizerFlags().Expand().Border(wxLEFT | wxTOP | wxRIGHT, FromDIP(gap_page)));
    column->Add(book_, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap_wide)));
    SetSizer(column);
  }
  void refresh() override { front()->came_to_front(); }
  void show_record(const Id& id) override {
    book_->SetSelection(find_in(plan().links, id) ? 1 : 0);
    front()->came_to_front();
    front()->show_record(id);
  }

 private:
  Page* front() const { return book_->GetSelection() == 1 ? ties_ : picture_; }
  wxNotebook* book_;
  Page *picture_, *ties_;
};

}  // namespace

Page* make_dependencies_page(wxWindow* parent, Session& session, const PageInfo& info) { return new DependenciesPage(parent, session, info); }

}  // namespace mainstay
