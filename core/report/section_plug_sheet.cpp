// SPDX-License-Identifier: MIT
// "Look at your plugs": one page for every member of staff, out of what the rule packs say is to be looked at.
#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/report/drawing.h"
#include "core/report/figure.h"
#include "core/report/section.h"

namespace mainstay {
namespace {

/// Who is told: the role for safety, else whoever decides first.
const Role* told_first(const Section& s) {
  for (const auto& finding : s.in.findings)
    if (finding.kind == "recall")
      if (const auto* role = find_in(s.plan.roles, finding.owner_role_id)) return role;
  for (const auto& role : s.plan.roles)
    if (role.id.text == "role-safety" || contains_folded(role.name, "safety")) return &role;
  const auto roles = roles_in_call_order(s.plan);
  return roles.empty() ? nullptr : roles.front();
}

std::string whom_to_tell(const Section& s) {
  const auto* role = told_first(s);
  if (!role) return tr("Tell whoever runs the business. (The plan names no role for safety yet.)");
  const auto* person = find_in(s.plan.people, role->holder_id);
  if (!person) return tr("Tell whoever is {role}.", {{"role", role->name}});
  const auto numbers = numbers_of(s.plan, person->id);
  return numbers.empty() ? tr("Tell {name} ({role}).", {{"name", person->name}, {"role", role->name}}) : tr("Tell {name} ({role}): {numbers}.", {{"name", person->name}, {"role", role->name}, {"numbers", numbers}});
}

/// What stands on one page beside what to do and the form: more would leave no room for the words.
constexpr std::size_t most_things = 6, most_drawings = 6, most_large_drawings = 2, most_places = 8;

/// One page's share of what is to be looked at.
struct Share {
  std::vector<const Look*> looks;
  std::vector<std::string> pictures;  ///< each once
};

std::vector<Share> shares_of(const std::vector<Look>& looks) {
  std::vector<Share> shares(1);
  std::set<std::string> drawn;  // on this page or one before
  for (const auto& look : looks) {
    const bool draws = drawing(look.picture) && !drawn.contains(look.picture);
    if (shares.back().looks.size() == most_things || (draws && shares.back().pictures.size() == most_drawings)) shares.emplace_back();
    shares.back().looks.push_back(&look);
    if (draws) shares.back().pictures.push_back(look.picture);
    if (draws) drawn.insert(look.picture);
  }
  return shares;
}

void what_to_look_at(Section& s, const Share& share) {
  std::vector<Figure> drawings;
  for (const auto& picture : share.pictures)
    if (auto figure = drawing(picture)) drawings.push_back(std::move(*figure));
  for (auto& figure : side_by_side(drawings, drawings.size() > most_large_drawings ? 3 : 2)) s.out.emplace_back(std::move(figure));
  TableBlock table;
  table.columns = {{tr("What"), 4}, {tr("Where to look"), 6}, {tr("Recalled"), 5}, {tr("Safe"), 4}};
  for (const auto* look : share.looks) {
    Text bad = {Span{look->bad, Tone::bad}};
    if (!look->unclear.empty()) bad.push_back(Span{"\n" + look->unclear, Tone::muted});
    table.rows.push_back({Text{Span{look->title, Tone::strong}}, plain(look->where), std::move(bad), {Span{look->good, Tone::good}}});
  }
  s.out.emplace_back(std::move(table));
}

/// Lines for the places from `first` on, and blank ones up to `least`.
void count_form(Section& s, bool roomy, std::size_t first, std::size_t least, std::size_t most) {
  const auto blank = plain(roomy ? "\n_______" : "_______");
  TableBlock form;
  form.caption = tr("Write down what you saw, and hand the sheet in.   Name: ____________________   Day: ______________");
  form.columns = {{tr("Where: room, desk, bag"), 6}, {tr("How many"), 2}, {tr("Looked at"), 2}, {tr("Recalled"), 2}, {tr("Handed in"), 2}};
  for (auto i = first; i < s.plan.sites.size() && form.rows.size() < most; ++i) form.rows.push_back({plain((roomy ? "\n" : "") + s.plan.sites[i].name), blank, blank, blank, blank});
  while (form.rows.size() < least) form.rows.push_back({plain(" "), blank, blank, blank, blank});
  s.out.emplace_back(std::move(form));
}

}  // namespace

void section_plug_sheet(Section& s) {
  const auto looks = things_to_look_at(s.plan, s.in.now);
  if (looks.empty()) {
    s.say(tr("No rule asks to look at plugs or cords for what this plan lists. A device that is not listed, or listed without its maker, was not looked at: list devices and places, and print this again."));
    return;
  }
  std::vector<std::string> hazards;
  for (const auto& look : looks)
    if (!look.hazard.empty() && std::find(hazards.begin(), hazards.end(), look.hazard) == hazards.end()) hazards.push_back(look.hazard);
  if (!hazards.empty()) s.callout(Tone::warning, tr("Why this is worth two minutes"), join(hazards, " "));
  const auto shares = shares_of(looks);
  const auto sites = s.plan.sites.size();
  const bool roomy = shares.front().pictures.size() <= most_large_drawings && sites <= 4;  // else the words above need the room
  const std::size_t here = roomy ? 5 : std::clamp<std::size_t>(sites, 3, most_places);
  what_to_look_at(s, shares.front());
  // What to do stands on the first page, whatever else there is to look at.
  if (shares.size() > 1) s.say(tr("There is more to look at on the next page."), true);
  s.heading(2, tr("If one is recalled"));
  s.list(List::Style::checkbox, {plain(tr("Take it out of the wall by its body, never by the prongs, and do not use it again.")), plain(tr("Put a note on it and keep it away from others: it is exchanged free of charge.")), plain(whom_to_tell(s))});
  count_form(s, roomy, 0, here, here);
  for (std::size_t i = 1; i < shares.size(); ++i) {
    s.out.emplace_back(PageBreak{});
    s.heading(2, tr("More to look at"));
    what_to_look_at(s, shares[i]);
  }
  constexpr std::size_t lines_a_page = 30;
  for (auto first = here; first < sites; first += lines_a_page) {
    s.out.emplace_back(PageBreak{});
    s.heading(2, tr("More places"));
    count_form(s, false, first, 0, lines_a_page);
  }
}

}  // namespace mainstay
