// SPDX-License-Identifier: MIT
#include "core/document.h"

#include <algorithm>
#include <filesystem>
#include <unordered_set>
#include <utility>

#include "core/base/codec.h"
#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/change_guards.h"
#include "core/check/recalls.h"
#include "core/exchange/plan_xml.h"
#include "core/exchange/sample_client.h"
#include "core/file_findings.h"
#include "core/model/emergency_contact.h"
#include "core/model/typed_fields.h"
#include "core/model/what_is_gone.h"
#include "core/starter_plans.h"
#include "core/store/plan_file.h"

namespace mainstay {
namespace fs = std::filesystem;

namespace {
constexpr std::int64_t longest_stillness_seconds = 15 * 60;  ///< then ages in words are told anew
}

struct Document::Impl {
  std::string path;
  DocumentContext context;
  std::unique_ptr<PlanFile> file;
  Plan plan;
  std::unique_ptr<Graph> graph;
  std::vector<Observation> observations;
  std::string head, hash;
  std::optional<std::vector<Finding>> findings;
  std::vector<Revision> revisions;  ///< without edits
  std::int64_t data_version = 0;
  std::optional<std::optional<int>> broken;  ///< the first altered revision, once somebody asked
  Signal changed;
  std::vector<BackupState> seen_states;  ///< when the clock was last looked at
  Instant seen_at;

  void load();
  void take(Plan next, const Revision& revision);
  Revision revision_for(const Change& change, const Plan& next) const;
  void commit(const std::function<Change()>& make, std::string undoes);
  /// Commits what brings the checklist up to date; returns how many tasks it touched.
  int sync(const std::function<Change()>& make);
  std::pair<std::vector<std::string>, std::vector<std::string>> undo_stacks() const;
  const Revision& revision(const std::string& uuid) const;
};

namespace {

std::string whole_hash(const Plan& plan) { return sha256_hex(plan_to_xml(plan)); }

}  // namespace

void Document::Impl::load() {
  data_version = file->data_version();
  auto contents = file->read();
  if (contents.revisions.empty() || whole_hash(contents.plan) != contents.revisions.back().whole_hash)
    throw Error(ErrorCode::damaged, tr("“{path}” is damaged: its content is not what was last written. It was not touched. Take the newest good copy of it.", {{"path", path}}));
  plan = std::move(contents.plan);
  revisions = std::move(contents.revisions);
  observations = std::move(contents.observations);
  broken.reset();
  head = revisions.back().uuid;
  hash = revisions.back().content_hash;
  graph = std::make_unique<Graph>(plan);
  findings.reset();
}

Revision Document::Impl::revision_for(const Change& change, const Plan& next) const {
  Revision revision;
  revision.uuid = new_uuid();
  revision.author = context.author;
  revision.note = change.note;
  revision.time = context.clock();
  revision.cause = change.cause == Cause::edit && is_log_only(change) ? Cause::machine : change.cause;
  revision.content_hash = mainstay::content_hash(next);
  revision.whole_hash = whole_hash(next);
  revision.edits = change.edits;
  return revision;
}

void Document::Impl::take(Plan next, const Revision& revision) {
  plan = std::move(next);
  head = revision.uuid;
  hash = revision.content_hash;
  revisions.push_back(revision);
  revisions.back().edits.clear();
  graph = std::make_unique<Graph>(plan);
  findings.reset();
}

/// Makes the change against the present plan and stores it; where another process was faster, reloads and makes it again.
void Document::Impl::commit(const std::function<Change()>& make, std::string undoes) {
  constexpr int most_attempts = 30;  // a dozen programs at once all come through
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const auto change = make();
    if (change.empty()) return;
    refuse_log_changes(change);
    refuse_secrets(change);
    auto next = applied(plan, change);
    check_references(next);
    auto revision = revision_for(change, next);
    revision.undoes = undoes;
    if (file->commit(head, revision, next)) {
      take(std::move(next), revision);
      changed.emit();
      return;
    }
    load();
    changed.emit();  // whatever becomes of this change, who looks at the plan sees what the other program wrote
  }
  throw Error(ErrorCode::locked, tr("“{path}” keeps being changed by another program; nothing was changed here.", {{"path", path}}));
}

std::pair<std::vector<std::string>, std::vector<std::string>> Document::Impl::undo_stacks() const {
  std::vector<std::string> undo, redo;
  for (const auto& r : revisions) {
    switch (r.cause) {
      case Cause::machine: break;
      case Cause::undo:
        std::erase(undo, r.undoes);
        redo.push_back(r.undoes);
        break;
      case Cause::redo:
        std::erase(redo, r.undoes);
        undo.push_back(r.undoes);
        break;
      default:
        undo.push_back(r.uuid);
        redo.clear();
    }
  }
  return {undo, redo};
}

const Revision& Document::Impl::revision(const std::string& uuid) const {
  return *std::find_if(revisions.begin(), revisions.end(), [&](const Revision& r) { return r.uuid == uuid; });
}

Document::Document(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Document::~Document() = default;

namespace {

void create_file(const std::string& path, Plan plan, const std::string& note, const DocumentContext& context) {
  if (plan.organisations.empty()) plan.organisations.emplace_back().id = Id{organisation_id};
  check_references(plan);
  refuse_secrets(diff(Plan(), plan));
  Revision first;
  first.uuid = new_uuid();
  first.author = context.author;
  first.note = note;
  first.time = context.clock();
  first.cause = Cause::machine;
  first.content_hash = content_hash(plan);
  first.whole_hash = whole_hash(plan);
  PlanFile::create(path, plan, first);
}

}  // namespace

std::unique_ptr<Document> Document::create(const std::string& path, std::string_view template_id, std::string_view name, DocumentContext context) {
  const std::string id(template_id.empty() ? "blank" : template_id);
  if (path.empty()) throw Error(ErrorCode::usage, tr("A plan needs a file name."));
  auto plan = starter_plan(id);
  if (plan.organisations.empty()) plan.organisations.emplace_back().id = Id{organisation_id};
  auto& organisation = plan.organisations.front();
  organisation.template_id = id;
  if (!name.empty()) organisation.name = clean_utf8(trimmed(name));
  const auto now = context.clock();
  if (!organisation.next_review_on && id != "sample") organisation.next_review_on = now.date().plus_days(365);
  if (id == "sample") place_sample(plan, fs::absolute(path).parent_path().string());
  create_file(path, std::move(plan), tr("New plan from “{id}”", {{"id", id}}), context);
  if (id == "sample") furnish_sample(fs::absolute(path).parent_path().string(), now);
  return open(path, std::move(context));
}

std::unique_ptr<Document> Document::create_from(const std::string& path, const std::string& source, std::string_view name, DocumentContext context) {
  const bool is_xml = lower_case(fs::path(source).extension().string()) == ".xml";
  auto plan = fresh_copy(is_xml ? plan_from_xml(read_file(source), fs::path(source).filename().string()) : open(source, context)->plan());
  if (plan.organisations.empty()) plan.organisations.emplace_back().id = Id{organisation_id};
  if (!name.empty()) plan.organisations.front().name = clean_utf8(trimmed(name));
  create_file(path, std::move(plan), tr("New plan copied from “{file}”", {{"file", fs::path(source).filename().string()}}), context);
  return open(path, std::move(context));
}

std::unique_ptr<Document> Document::open(const std::string& path, DocumentContext context) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->context = std::move(context);
  impl->file = PlanFile::open(path);
  impl->load();
  return std::unique_ptr<Document>(new Document(std::move(impl)));
}

const std::string& Document::path() const { return impl_->path; }
bool Document::read_only() const { return impl_->file->read_only(); }
const Plan& Document::plan() const { return impl_->plan; }
const Graph& Document::graph() const { return *impl_->graph; }
const std::vector<Observation>& Document::observations() const { return impl_->observations; }
Instant Document::now() const { return impl_->context.clock(); }
Date Document::today() const { return now().date(); }
const std::string& Document::author() const { return impl_->context.author; }
void Document::set_author(std::string author) { impl_->context.author = std::move(author); }

void Document::apply(const Change& change) {
  impl_->commit([&] { return change.cause == Cause::edit ? with_emergency_number(impl_->plan, change) : change; }, "");
}

void Document::apply_made(const std::function<Change()>& make) { impl_->commit(make, ""); }

std::string Document::undo() {
  std::string note;
  const auto [undo, redo] = impl_->undo_stacks();
  if (undo.empty()) throw Error(ErrorCode::refused, tr("There is nothing to undo."));
  if (const auto broken = first_broken_revision())
    throw Error(ErrorCode::damaged, tr("Nothing was undone: the history was altered outside Mainstay, beginning with revision {number}.", {{"number", *broken}}));
  const auto target = impl_->revision(undo.back());
  impl_->commit([&] {
    auto change = inverse({tr("Undo: {note}", {{"note", target.note}}), impl_->file->edits_of(target.number), Cause::undo});
    return with_references_cleared(impl_->plan, change);
  }, target.uuid);
  return target.note;
}

std::string Document::redo() {
  const auto [undo, redo] = impl_->undo_stacks();
  if (redo.empty()) throw Error(ErrorCode::refused, tr("There is nothing to redo."));
  const auto target = impl_->revision(redo.back());
  impl_->commit([&] {
    const Change change{tr("Redo: {note}", {{"note", target.note}}), impl_->file->edits_of(target.number), Cause::redo};
    return with_references_cleared(impl_->plan, change);
  }, target.uuid);
  return target.note;
}

std::optional<std::string> Document::undo_note() const {
  const auto undo = impl_->undo_stacks().first;
  if (undo.empty()) return {};
  return impl_->revision(undo.back()).note;
}

std::optional<std::string> Document::redo_note() const {
  const auto redo = impl_->undo_stacks().second;
  if (redo.empty()) return {};
  return impl_->revision(redo.back()).note;
}

int Document::add_observations(const std::vector<Observation>& measured) {
  auto observations = measured;
  tell_what_is_gone(observations, impl_->observations);
  const int added = impl_->file->add_observations(observations, now());
  if (added == 0) return 0;
  // Many batches come in while many backups are measured: only what is new is taken, unless older readings went or another program's came.
  auto& known = impl_->observations;
  const bool later = std::all_of(observations.begin(), observations.end(), [&](const Observation& o) { return known.empty() || o.read_at >= known.back().read_at; });
  if (later && added == static_cast<int>(observations.size()) && impl_->file->observation_count() == static_cast<std::int64_t>(known.size()) + added) {
    known.insert(known.end(), observations.begin(), observations.end());
    std::stable_sort(known.end() - added, known.end(), [](const Observation& a, const Observation& b) { return a.read_at < b.read_at; });
  } else {
    known = impl_->file->observations();
  }
  impl_->findings.reset();
  impl_->changed.emit();
  return added;
}

ImportOptions Document::import_options() const {
  ImportOptions options;
  options.today = today();
  options.clock = impl_->context.clock;
  options.typed = typed_fields(history(true));
  return options;
}

int Document::take(ImportPreview& preview, const std::function<ImportPreview()>& read) {
  bool shown = false;
  apply_made([&] {
    if (std::exchange(shown, true)) preview = read();
    return preview.change;
  });
  return add_observations(preview.readings);
}

const std::vector<Finding>& Document::findings() {
  if (!impl_->findings) impl_->findings = findings("");
  return *impl_->findings;
}

std::vector<Finding> Document::findings(std::string_view pack) {
  auto found = check_plan({impl_->plan, *impl_->graph, impl_->observations, now(), impl_->hash, impl_->path}, pack);
  if (const auto broken = pack.empty() ? first_broken_revision() : std::nullopt) found.insert(found.begin(), history_altered(*broken));
  if (pack.empty() && has_own_templates()) add_template_troubles(found);
  return found;
}

std::vector<BackupStatus> Document::clock_moved() {
  auto found = backups();
  std::vector<BackupState> states;
  for (const auto& status : found) states.push_back(status.state);
  const bool same = impl_->seen_states == states && today() == impl_->seen_at.date();
  if (impl_->seen_at && same && now().seconds - impl_->seen_at.seconds < longest_stillness_seconds) return found;
  const bool first = !impl_->seen_at;
  impl_->seen_states = std::move(states);
  impl_->seen_at = now();
  if (first) return found;
  impl_->findings.reset();
  impl_->changed.emit();
  return found;
}

std::vector<BackupStatus> Document::backups() const { return backup_statuses(impl_->plan, *impl_->graph, impl_->observations, now()); }

int Document::Impl::sync(const std::function<Change()>& make) {
  int touched = 0;
  commit([&] {
    auto change = make();
    std::unordered_set<std::string> ids;
    for (const auto& edit : change.edits)
      if (edit.kind == "task") ids.insert(edit.id.text);
    touched = static_cast<int>(ids.size());
    return change;
  }, "");
  return touched;
}

int Document::sync_checklist() {
  // First, so that the tasks follow the recalls as they are now.
  const int followed = impl_->sync([&] { return narrowed_recalls(impl_->plan, now()); });
  return followed + impl_->sync([&] {
    auto change = sync_tasks(impl_->plan, findings(""), today(), {}, rules_not_applied(impl_->plan));
    append(change, keep_facts_of_waivers({impl_->plan, *impl_->graph, impl_->observations, now(), impl_->hash, impl_->path}));
    return change;
  });
}

int Document::put_on_checklist(const Id& subject) {
  return impl_->sync([&] {
    auto change = sync_tasks(impl_->plan, findings(), today(), {}, rules_not_applied(impl_->plan), subject);  // what the person sees
    change.cause = Cause::edit;
    if (!change.empty() && !subject.empty()) change.note = tr("Put on the checklist: {title}", {{"title", title_of(impl_->plan, subject)}});
    return change;
  });
}

std::vector<Revision> Document::history(bool with_edits) const { return impl_->file->revisions(with_edits); }
std::vector<Edit> Document::edits_of(int revision) const { return impl_->file->edits_of(revision); }
std::optional<int> Document::first_broken_revision() const {
  if (!impl_->broken) impl_->broken = impl_->file->first_broken_revision();
  return *impl_->broken;
}
std::string Document::content_hash() const { return impl_->hash; }

int Document::content_version() const {
  int version = 0;
  std::string_view last;
  for (const auto& r : impl_->revisions) {
    if (r.content_hash != last) version = r.number;
    last = r.content_hash;
  }
  return version;
}

ReportInput Document::report_input() {
  return {impl_->plan, *impl_->graph, impl_->observations, findings(), now(), impl_->hash, content_version(), impl_->path};
}

Subscription Document::subscribe(std::function<void()> listener) { return impl_->changed.subscribe(std::move(listener)); }

void Document::refresh() {
  if (impl_->file->was_replaced())
    throw Error(ErrorCode::conflict, tr("“{path}” was moved or replaced by another program while it was open. Close it and open it again.", {{"path", impl_->path}}));
  if (impl_->file->data_version() == impl_->data_version) return;
  impl_->load();
  impl_->changed.emit();
}

}  // namespace mainstay
