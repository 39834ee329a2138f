// SPDX-License-Identifier: MIT
#include "core/analysis/survive.h"

#include <algorithm>
#include <limits>

#include "core/analysis/outage.h"
#include "core/analysis/starter_guesses.h"
#include "core/base/text.h"
#include "core/model/timeline.h"

namespace mainstay {
namespace {

/// Sums stop at the end of 64 bits rather than wrap round.
std::int64_t plus(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return b > 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
}

/// The service of one activity from `start` (minutes from the loss) until the next stretch.
struct Stretch {
  std::int64_t start = 0;
  int service = 100;
  bool by_workaround = false;
};

/// A workaround counts only where it is described and both its level and its start are known.
struct Workaround {
  bool usable = false;
  int percent = 0;
  std::int64_t start = 0;
};

/// The days that earn income: a weekend day only where the business says that it opens, so that cash is not counted on that nobody promised.
Calendar earning_days(const Organisation& business) {
  auto calendar = calendar_of(business);
  calendar.open[5] = business.open_saturday == Answer::yes;
  calendar.open[6] = business.open_sunday == Answer::yes;
  return calendar;
}

class Play {
 public:
  Play(const Plan& plan, const Graph& graph, const Loss& loss, Date first_day) : plan_(plan), graph_(graph), first_day_(first_day) {
    // Without a first day the test begins on a Monday.
    if (!first_day_) first_day_ = Date(4);
    result_.loss = loss;
    horizon_ = std::int64_t(loss.days) * minutes_per_day;
  }

  Survival run() {
    outage_ = outage_of(plan_, graph_, result_.loss.ids, horizon_);
    notes_ = outage_.notes;
    for (const auto& [n, minutes] : outage_.back) result_.back_minutes[graph_.id(n).text] = minutes;
    for (const auto& activity : plan_.activities) {
      result_.activities.push_back(activity.id);
      stretches_.push_back(stretches_of(activity));
      find_breach(activity, stretches_.back());
    }
    tell_what_is_guessed();
    ask_for_money();
    for (int day = 1; day <= result_.loss.days; ++day) play_day(day);
    add_up();
    conclude();
    return std::move(result_);
  }

 private:
  std::string title(const Id& id) const { return title_of(plan_, id); }
  /// Something without which the question cannot be answered.
  void decisive(std::string sentence) { result_.unknown.push_back(std::move(sentence)); }
  /// Something counted at its worst, or as not there.
  void note(std::string sentence) { notes_.push_back(std::move(sentence)); }

  Workaround workaround_of(const Activity& a) const {
    Workaround w;
    w.usable = !a.workaround.empty() && a.workaround != none_text && a.workaround_percent && a.workaround_start_minutes;
    w.percent = static_cast<int>(a.workaround_percent.value_or(0));
    w.start = a.workaround_start_minutes.value_or(0);
    return w;
  }

  std::vector<Stretch> stretches_of(const Activity& a) {
    const int node = graph_.node(a.id);
    auto around = workaround_of(a);
    const bool nobody = outage_.nobody_left && !can_do_without_people(a);
    std::vector<Stretch> all;
    const auto add = [&](std::int64_t start, int level) {
      // service = max(what the graph leaves, what the workaround gives once it is ready)
      const bool working_around = around.usable && start >= around.start && around.percent > level;
      const Stretch now{start, working_around ? around.percent : level, working_around};
      if (all.empty() || all.back().service != now.service || all.back().by_workaround != now.by_workaround) all.push_back(now);
    };
    const bool hit = nobody || std::any_of(outage_.phases.begin(), outage_.phases.end(), [&](const auto& phase) { return phase.level(node) < 100; });
    if (hit) hit_.push_back(&a);
    const bool meant = around.usable;
    if (hit && around.usable) around.usable = !nobody && somebody_does(a);
    for (std::size_t i = 0; i < outage_.phases.size(); ++i) {
      const auto start = outage_.phases[i].start, end = i + 1 < outage_.phases.size() ? outage_.phases[i + 1].start : horizon_;
      const int level = nobody ? 0 : outage_.phases[i].level(node);
      add(start, level);
      if (around.usable && around.start > start && around.start < end) add(around.start, level);
    }
    if (nobody) ++idle_;
    else if (meant && !around.usable) note(tr("{activity}: everybody whom the plan names for it is lost, so its workaround does not run.", {{"activity", a.name}}));
    if (hit && !meant && !a.workaround.empty() && a.workaround != none_text)
      note(tr("{activity}: its workaround does not count, because its level or the time until it is ready is not known.", {{"activity", a.name}}));
    if (hit && a.mtpd_minutes.is_unknown()) decisive(tr("{activity}: how long it may stop (MTPD) is not known.", {{"activity", a.name}}));
    return all;
  }

  void find_breach(const Activity& a, const std::vector<Stretch>& stretches) {
    if (!a.mtpd_minutes) return;
    // Down means below the minimum level; where that is not known, standing still.
    const auto minimum = std::max<std::int64_t>(1, a.mbco_percent.value_or(1));
    std::int64_t since = -1;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
      const auto end = i + 1 < stretches.size() ? stretches[i + 1].start : horizon_;
      if (stretches[i].service >= minimum) { since = -1; continue; }
      if (since < 0) since = stretches[i].start;
      // breach = start of the stop + MTPD, where the stop lasts longer than that
      if (end - since > a.mtpd_minutes.count) {
        breaches_.emplace_back(since + a.mtpd_minutes.count, a.id);
        return;
      }
    }
  }

  static bool can_do_without_people(const Activity& a) {
    const auto words = split(a.not_needed, ',');
    return std::any_of(words.begin(), words.end(), [](const std::string& word) { return lower_case(trimmed(word)) == "people"; });
  }

  /// Nodes of the roles and people whom the plan names for an activity: those it needs, its owner, and those of its workaround's procedure.
  std::set<int> doers(const Activity& a) const {
    std::set<int> found;
    const auto add = [&](int n) {
      if (n >= 0) found.insert(n);
    };
    for (const auto& edge : graph_.out(graph_.node(a.id)))
      if (edge.kind == Link::Kind::needs && (graph_.kind(edge.to) == "role" || graph_.kind(edge.to) == "person")) add(edge.to);
    add(graph_.node(a.owner_role_id));
    for (const auto& procedure : plan_.procedures)
      if (procedure.phase == Procedure::Phase::workaround && procedure.activity_id == a.id) add(graph_.node(procedure.owner_role_id));
    return found;
  }

  /// A workaround runs while one of those who do it is there. Whether a role that nobody holds is filled is told apart, in `tell_what_is_guessed`.
  bool somebody_does(const Activity& a) const {
    if (can_do_without_people(a)) return true;
    const auto all = doers(a);
    return all.empty() || std::any_of(all.begin(), all.end(), [&](int n) { return outage_.phases.front().level(n) > 0; });
  }

  /// Names, with the many cut short.
  static std::string listed(std::vector<std::string> names) {
    constexpr std::size_t most = 4;
    if (names.size() <= most) return join(names, ", ");
    const auto more = names.size() - (most - 1);
    names.resize(most - 1);
    return tr("{some} and {count} more", {{"some", join(names, ", ")}, {"count", more}});
  }

  /// Names the figures that are the starter plan's, and the roles that count as held though nobody is named.
  void tell_what_is_guessed() {
    result_.assumed = outage_.assumed;
    if (idle_ > 0) note(tr_count(idle_, "Nobody is left: 1 activity does not run, and neither does its workaround.", "Nobody is left: {count} activities do not run, and neither do their workarounds."));
    std::vector<std::string> incomes, times, returns;
    std::set<int> used;
    const auto guessed_incomes = starter_incomes(plan_);
    for (const auto& a : plan_.activities)
      if (guessed_incomes.contains(a.id)) incomes.push_back(a.name);
    for (const auto* a : hit_) {
      if (a->times_basis == Basis::template_value) times.push_back(a->name);
      const int node = graph_.node(a->id);
      for (const int n : graph_.needed_by(node)) used.insert(n);
    }
    std::vector<std::string> open_roles;
    for (const auto& role : plan_.roles)
      if (used.contains(graph_.node(role.id)) && !is_held(plan_, role)) open_roles.push_back(role.name);
    for (const auto& r : plan_.resources) {
      const int n = graph_.node(r.id);
      if (r.recovery_basis == Basis::template_value && used.contains(n) && outage_.back.contains(n) && outage_.back.at(n) >= 0) returns.push_back(r.name);
    }
    const auto tell = [](std::vector<std::string>& into, const std::vector<std::string>& names, std::string_view one, std::string_view many) {
      if (!names.empty()) into.push_back(tr_count(static_cast<long long>(names.size()), one, many, {{"names", listed(names)}}));
    };
    tell(result_.guesses, incomes, "The income of 1 activity is the starter plan's guess: {names}.", "The incomes of {count} activities are the starter plan's guesses: {names}.");
    tell(result_.guesses, times, "How long 1 activity may stop, and what its workaround gives, is the starter plan's guess: {names}.",
         "How long {count} activities may stop, and what their workarounds give, are the starter plan's guesses: {names}.");
    tell(result_.guesses, returns, "How soon 1 thing is back is the starter plan's guess: {names}.", "How soon {count} things are back is the starter plan's guess: {names}.");
    tell(result_.assumed, open_roles, "Nobody holds 1 role that the work needs ({names}); it counts as held.", "Nobody holds {count} roles that the work needs ({names}); they count as held.");
  }

  void ask_for_money() {
    const auto& o = plan_.organisation();
    result_.cash_known = !o.cash_cents.is_unknown();
    result_.cash_start_cents = o.cash_cents.value_or(0);
    if (result_.loss.ids.empty()) decisive(tr("The plan has no place of work yet."));
    if (plan_.activities.empty()) decisive(tr("The plan has no activities yet."));
    if (!result_.cash_known) decisive(tr("Cash at hand is not known."));
    if (o.fixed_cost_per_month_cents.is_unknown()) decisive(tr("Fixed cost a month is not known."));
    for (std::size_t i = 0; i < plan_.activities.size(); ++i) {
      const auto& a = plan_.activities[i];
      if (a.income_per_day_cents.is_unknown()) decisive(tr("{activity}: its income on an open day is not known.", {{"activity", a.name}}));
      const auto& s = stretches_[i];
      if (a.extra_cost_per_day_cents.is_unknown() && std::any_of(s.begin(), s.end(), [](const Stretch& x) { return x.by_workaround; }))
        note(tr("{activity}: the extra cost of its workaround is not known and counts as nothing.", {{"activity", a.name}}));
    }
    for (const auto& p : plan_.insurance_policies) {
      if (p.benefit_per_day_cents.is_none() || p.benefit_per_day_cents.is_unknown()) continue;
      if (p.expires_on && p.expires_on.days < first_day_.days) note(tr("{policy}: it has expired and pays nothing.", {{"policy", p.name}}));
      else if (p.waiting_days.is_unknown()) note(tr("{policy}: its waiting period is not known, so it counts as paying nothing.", {{"policy", p.name}}));
      else {
        policies_.push_back({&p, 0, 0});
        if (p.longest_days.is_unknown()) note(tr("{policy}: how long it pays is not known; it counts as paying to the end of the test.", {{"policy", p.name}}));
        if (p.limit_cents.is_unknown()) note(tr("{policy}: its limit is not known; it counts as having none.", {{"policy", p.name}}));
      }
    }
  }

  /// Percent minutes of a day and whether the workaround ran in it.
  struct DayService { std::int64_t percent_minutes = 0; bool by_workaround = false; };
  DayService service_on(const std::vector<Stretch>& stretches, std::int64_t from, std::int64_t to) const {
    DayService day;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
      const auto start = std::max(from, stretches[i].start);
      const auto end = std::min(to, i + 1 < stretches.size() ? stretches[i + 1].start : horizon_);
      if (end <= start) continue;
      day.percent_minutes += (end - start) * stretches[i].service;
      day.by_workaround = day.by_workaround || stretches[i].by_workaround;
    }
    return day;
  }

  void play_day(int number) {
    SurviveDay day;
    day.day = number;
    day.open = earning_days(plan_.organisation()).is_open(first_day_.plus_days(number - 1));
    const std::int64_t from = std::int64_t(number - 1) * minutes_per_day, to = from + minutes_per_day;
    bool interrupted = false;
    for (std::size_t i = 0; i < plan_.activities.size(); ++i) {
      const auto& a = plan_.activities[i];
      const auto service = service_on(stretches_[i], from, to);
      ActivityDay entry;
      // service of the day = floor(sum of percent x minutes / 1440)
      entry.service_percent = static_cast<int>(service.percent_minutes / minutes_per_day);
      interrupted = interrupted || service.percent_minutes < 100 * minutes_per_day;
      if (day.open) {
        const auto income = a.income_per_day_cents.value_or(0);
        // lost income = income x (100 - service) / 100, half a cent up
        entry.lost_income_cents = (income * (100 - entry.service_percent) + 50) / 100;
        // extra cost = the whole day's amount on each open day on which the workaround carries the activity
        entry.extra_cost_cents = service.by_workaround ? a.extra_cost_per_day_cents.value_or(0) : 0;
        day.earned_cents = plus(day.earned_cents, income - entry.lost_income_cents);
      }
      day.lost_income_cents = plus(day.lost_income_cents, entry.lost_income_cents);
      day.extra_cost_cents = plus(day.extra_cost_cents, entry.extra_cost_cents);
      day.activities.push_back(entry);
    }
    // fixed cost of day d = floor(month x 12 x d / 365) - floor(month x 12 x (d - 1) / 365), so that the days add up exactly
    const auto month = plan_.organisation().fixed_cost_per_month_cents.value_or(0);
    day.fixed_cost_cents = month * 12 * number / 365 - month * 12 * (number - 1) / 365;
    for (auto& policy : policies_) day.insurance_cents = plus(day.insurance_cents, insurance_on(policy, number, interrupted));
    // cash = cash of the day before + earned - extra cost - fixed cost + insurance
    const auto before = result_.days.empty() ? result_.cash_start_cents : result_.days.back().cash_cents;
    day.cash_cents = plus(plus(plus(plus(before, day.earned_cents), -day.extra_cost_cents), -day.fixed_cost_cents), day.insurance_cents);
    result_.days.push_back(std::move(day));
  }

  struct Policy {
    const InsurancePolicy* policy;
    std::int64_t days_paid, paid_cents;
  };
  std::int64_t insurance_on(Policy& p, int day, bool interrupted) const {
    const auto waiting = p.policy->waiting_days.value_or(0);
    if (!interrupted || day <= waiting) return 0;
    if (p.policy->longest_days && day > plus(waiting, p.policy->longest_days.count)) return 0;
    ++p.days_paid;
    // paid so far = min(limit, max(0, benefit x days - excess)); the day gets the difference
    std::int64_t due = p.policy->benefit_per_day_cents.count * p.days_paid - p.policy->excess_cents.value_or(0);
    due = std::max<std::int64_t>(0, due);
    if (p.policy->limit_cents) due = std::min(due, p.policy->limit_cents.count);
    const auto today = std::max<std::int64_t>(0, due - p.paid_cents);
    p.paid_cents += today;
    return today;
  }

  void add_up() {
    for (const auto& day : result_.days) {
      result_.lost_income_cents = plus(result_.lost_income_cents, day.lost_income_cents);
      result_.extra_cost_cents = plus(result_.extra_cost_cents, day.extra_cost_cents);
      result_.fixed_cost_cents = plus(result_.fixed_cost_cents, day.fixed_cost_cents);
      result_.insurance_cents = plus(result_.insurance_cents, day.insurance_cents);
      if (result_.cash_known && result_.cash_ends_day < 0 && day.cash_cents < 0) result_.cash_ends_day = day.day;
    }
    result_.cash_end_cents = result_.days.empty() ? result_.cash_start_cents : result_.days.back().cash_cents;
    std::stable_sort(breaches_.begin(), breaches_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [minutes, id] : breaches_) result_.breached.push_back(id);
    if (breaches_.empty()) return;
    result_.first_breach_activity = breaches_.front().second;
    result_.first_breach_minutes = breaches_.front().first;
  }

  std::string lost_titles() const {
    std::vector<std::string> titles;
    for (const auto& id : result_.loss.ids) titles.push_back(title(id));
    if (titles.empty()) return tr("its workplace");
    if (titles.size() <= 3) return join(titles, ", ");
    const auto more = titles.size() - 2;
    titles.resize(2);
    return tr("{some} and {count} more", {{"some", join(titles, ", ")}, {"count", more}});
  }

  void conclude() {
    const bool breach = !breaches_.empty(), broke = result_.cash_ends_day > 0;
    result_.decided = result_.unknown.empty();
    result_.survives = result_.decided && !breach && !broke;
    Args args{{"lost", lost_titles()}, {"time", tr_count(result_.loss.days, "1 day", "{count} days")}, {"day", result_.cash_ends_day}};
    if (breach) {
      args.emplace_back("activity", title(result_.first_breach_activity));
      args.emplace_back("after", spoken_minutes(result_.first_breach_minutes));
      args.emplace_back("mtpd", spoken_minutes(find_in(plan_.activities, result_.first_breach_activity)->mtpd_minutes.count));
    }
    args.emplace_back("cash", plan_.organisation().currency.empty() ? spoken_money(result_.cash_end_cents)
                                                                    : plan_.organisation().currency + " " + spoken_money(result_.cash_end_cents));
    result_.outlook = result_.decided ? Outlook::no : Outlook::unknown;
    if (!result_.decided) {
      std::string first = result_.unknown.front();
      if (first.ends_with('.')) first.pop_back();
      args.emplace_back("missing", first);
      args.emplace_back("more", result_.unknown.size() - 1);
      const bool several = result_.unknown.size() > 1;
      if (breach) result_.verdict = tr(several ? "Whether the business survives {time} without {lost} cannot be said ({missing}; and {more} more), but {activity} passes its MTPD of {mtpd} after {after}."
                                               : "Whether the business survives {time} without {lost} cannot be said ({missing}), but {activity} passes its MTPD of {mtpd} after {after}.", args);
      else result_.verdict = tr(several ? "Whether the business survives {time} without {lost} cannot be said: {missing}; and {more} more."
                                        : "Whether the business survives {time} without {lost} cannot be said: {missing}.", args);
    } else if (breach && broke) {
      result_.verdict = tr("No: without {lost}, {activity} passes its MTPD of {mtpd} after {after}, and the cash ends on day {day} of {time}.", args);
    } else if (breach) {
      result_.verdict = tr("No: without {lost}, {activity} passes its MTPD of {mtpd} after {after}; cash at the end of {time}: {cash}.", args);
    } else if (broke) {
      result_.verdict = tr("No: without {lost} the cash ends on day {day} of {time}, though no activity passes its MTPD.", args);
    } else if (!result_.guesses.empty()) {
      result_.outlook = Outlook::yes_if;
      result_.verdict = tr("Yes, if the starter plan's guesses hold: the business survives {time} without {lost}; no activity passes its MTPD, and cash at the end is {cash}.", args);
    } else if (!result_.assumed.empty()) {
      result_.outlook = Outlook::yes_if;
      result_.verdict = tr("Yes, if what the test assumes holds: the business survives {time} without {lost}; no activity passes its MTPD, and cash at the end is {cash}.", args);
    } else {
      result_.outlook = Outlook::yes;
      result_.verdict = tr("Yes: the business survives {time} without {lost}; no activity passes its MTPD, and cash at the end is {cash}.", args);
    }
    switch (result_.outlook) {
      case Outlook::unknown: result_.word = tr("Cannot be said yet"); break;
      case Outlook::yes: result_.word = tr("Yes"); break;
      case Outlook::yes_if: result_.word = result_.guesses.empty() ? tr("Yes, if what the test assumes holds") : tr("Yes, if the starter plan's guesses hold"); break;
      case Outlook::no: result_.word = tr("No"); break;
    }
    result_.unknown.insert(result_.unknown.end(), notes_.begin(), notes_.end());
  }

  const Plan& plan_;
  const Graph& graph_;
  Date first_day_;
  std::int64_t horizon_ = 0;
  std::vector<std::string> notes_;
  Outage outage_;
  long long idle_ = 0;  // activities that nobody is left to do
  std::vector<const Activity*> hit_;
  std::vector<std::vector<Stretch>> stretches_;
  std::vector<std::pair<std::int64_t, Id>> breaches_;
  std::vector<Policy> policies_;
  Survival result_;
};

}  // namespace

std::string_view outlook_name(Outlook outlook) {
  switch (outlook) {
    case Outlook::yes: return "yes";
    case Outlook::yes_if: return "yes_if";
    case Outlook::no: return "no";
    case Outlook::unknown: break;
  }
  return "unknown";
}

Survival survive(const Plan& plan, const Graph& graph, const Loss& loss, Date first_day) { return Play(plan, graph, loss, first_day).run(); }

}  // namespace mainstay
