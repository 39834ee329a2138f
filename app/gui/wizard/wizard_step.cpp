// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_step.h"

#include <algorithm>

#include "app/gui/keep_focus.h"
#include "app/gui/session.h"
#include "app/gui/trouble.h"
#include "app/gui/wx_text.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {

StepPage::StepPage(wxWindow* parent, Session& session, StepInfo info)
    : ScrolledPanel(parent), session_(session), info_(std::move(info)) {
  ScrolledPanel::SetCanFocus(false);
  Bind(wxEVT_SIZE, &StepPage::on_size, this);
  quiet_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { write_all(false); });
  again_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { plan_changed(); });
}

StepPage::~StepPage() {
  quiet_.Stop();
  again_.Stop();
}

Document& StepPage::document() { return session_.document(); }
const Plan& StepPage::plan() { return document().plan(); }

void StepPage::say(const std::string& sentence, bool trouble) {
  if (trouble) session_.show_error(sentence);
  else session_.show_note(sentence);
}

void StepPage::show_page() {
  if (!built_) build();
  else if (stale_) refresh();
}

void StepPage::plan_changed() {
  stale_ = true;
  if (!built_ || !IsShown() || pending_) return;
  pending_ = true;
  CallAfter([this] {
    pending_ = false;
    if (stale_ && IsShown()) refresh();
  });
}

void StepPage::rebuild_soon() {
  shape_ = "\n";
  plan_changed();
}

bool StepPage::apply(const Change& change) {
  if (change.empty()) return true;
  try {
    document().apply(change);
    return true;
  } catch (const Error& error) {
    say(error.what(), true);
    return false;
  }
}

bool StepPage::write_all(bool leaving) {
  if (!built_ || writing_) return true;
  writing_ = true;
  if (leaving) typing_ = false;
  quiet_.Stop();
  bool fine = true;
  std::vector<std::string> reasons;
  Change total;
  Plan ahead = plan();  // later answers are worked out on top of earlier ones
  int parts = 0;
  const auto take = [&](const Change& change) {
    if (change.empty()) return;
    apply_to(ahead, change);
    if (parts++ == 0) total = change;
    else append(total, change);
  };
  for (auto& binding : bindings_) {
    const std::string typed = binding.read();
    const auto* box = binding.field.said_again ? dynamic_cast<wxTextCtrl*>(binding.control) : nullptr;
    if (typed == binding.shown && !(box && box->IsModified())) {
      mark(binding, {});
      continue;
    }
    try {
      take(binding.field.set(ahead, typed));
      mark(binding, {});
      binding.shown = typed;
      binding.settled = binding.field.get(ahead);
    } catch (const Error& error) {  // the text stays in its box, to be put right
      fine = false;
      if ((leaving && IsShownOnScreen()) || binding.trouble != error.what()) reasons.emplace_back(error.what());
      mark(binding, error.what());
    }
  }
  std::vector<Form*> sent;
  if (leaving)
    for (auto& form : forms_) {
      std::vector<std::string> values;
      for (const auto& read : form.read) values.push_back(read());
      try {
        const Change change = form.make(ahead, values);
        if (!change.empty()) sent.push_back(&form);
        take(change);
      } catch (const Error& error) {
        fine = false;
        reasons.emplace_back(error.what());
      }
    }
  if (reasons.size() == 1) say(reasons.front(), true);
  else if (reasons.size() > 1) say(tr("{count} answers on “{page}” are not kept: {reasons}", {{"count", reasons.size()}, {"page", info_.title}, {"reasons", join(reasons, " ")}}), true);
  if (parts > 1) total.note = tr("Wizard: {page}", {{"page", info_.title}});
  if (parts > 0) {
    if (apply(total))
      for (auto* form : sent) form->clear();
    else
      fine = false;
  }
  writing_ = false;
  return fine;
}

void StepPage::mark(Binding& binding, const std::string& trouble) {
  if (trouble == binding.trouble) return;
  binding.trouble = trouble;
  show_trouble(binding.control, trouble);
  if (trouble.empty() && refused() == 0) session_.mended();
  if (on_refused) on_refused();
}

std::size_t StepPage::refused() const {
  return static_cast<std::size_t>(std::count_if(bindings_.begin(), bindings_.end(), [](const Binding& binding) { return !binding.trouble.empty(); }));
}

/// Refused words survive that the page is built again: they wait in their box to be put right.
void StepPage::restore(const std::vector<Binding>& refused) {
  for (const auto& old : refused)
    for (auto& binding : bindings_)
      if (binding.field.id == old.field.id) {
        binding.show(old.settled);
        mark(binding, old.trouble);
      }
}

void StepPage::build() {
  Freeze();
  std::vector<Binding> refused;
  for (auto& binding : bindings_)
    if (!binding.trouble.empty()) {
      refused.push_back(binding);
      refused.back().settled = binding.read();
    }
  const auto stops = stops_from_focus(this);
  bindings_.clear();
  forms_.clear();
  wrapped_.clear();
  cells_ = nullptr;
  row_ = nullptr;
  int left = 0, top = 0;
  GetViewStart(&left, &top);
  SetSizer(nullptr);
  DestroyChildren();
  column_ = new wxBoxSizer(wxVERTICAL);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column_, 1, wxEXPAND | wxALL, 2 * gap);
  SetSizer(outer);

  auto* question = new StyledText(this, wxID_ANY, wx(info_.question));
  question->SetFont(question->GetFont().Scaled(1.5F).Bold());
  column_->Add(question, 0, wxBOTTOM, gap);
  wrapped_.push_back({question, wx(info_.question), 0});
  sentence(tr("For example: {example}", {{"example", info_.example}}));
  sentence(tr("Why we ask: {reason}", {{"reason", info_.why}}), true);
  shape_ = info_.shape ? info_.shape(*this) : std::string();
  info_.build(*this);
  built_ = true;
  stale_ = false;
  wrapped_at_ = 0;
  wrap_sentences();
  Layout();
  restore(refused);
  if (on_refused) on_refused();
  FitInside();
  Scroll(-1, top);
  Thaw();
  if (!stops.empty()) CallAfter([this, stops] { focus_one_of(this, stops); });  // a control takes the keyboard once it is on show
}

void StepPage::refresh() {
  if ((info_.shape ? info_.shape(*this) : std::string()) != shape_) {
    // Nobody loses the box being typed in, or the button being pressed: the page is built again when that is over.
    if (typing_) return;
    if (wxGetMouseState().LeftIsDown()) {
      again_.StartOnce(150);
      return;
    }
    write_all(false);
    build();
    return;
  }
  stale_ = false;
  for (auto& binding : bindings_) {
    if (binding.read() != binding.shown) continue;  // being typed
    const std::string now = binding.field.get(plan());
    // The plan's tidier wording of what was just typed waits until the box is left; an undo shows at once.
    if (binding.control->HasFocus() && now == binding.settled && dynamic_cast<wxTextCtrl*>(binding.control)) continue;
    if (now == binding.shown) continue;
    binding.show(now);
    binding.shown = binding.read();
  }
}

}  // namespace mainstay
