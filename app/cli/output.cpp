// SPDX-License-Identifier: MIT
#include "app/cli/output.h"

#include <cerrno>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/one_line.h"
#include "core/base/text.h"

namespace mainstay::cli {
namespace {

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Json figure(const std::string& text) {
  if (text.empty()) return nullptr;
  if (text == none_text) return text;
  return std::stoll(text);
}

}  // namespace

void print(const std::string& line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
  if (std::ferror(stdout) && errno != EPIPE) throw Error(ErrorCode::io, tr("The output could not be written."));
}

void print(const Json& value) { print(value.dump(2, ' ', false, Json::error_handler_t::replace)); }

void print_table(const std::vector<std::vector<std::string>>& given) {
  auto rows = given;
  for (auto& row : rows)
    for (auto& cell : row) cell = one_line(cell);  // a name with a line break in it must not pass for a row of its own
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c == widths.size()) widths.push_back(0);
      widths[c] = std::max(widths[c], width_of(row[c]));
    }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      line += row[c];
      if (c + 1 < row.size()) line += std::string(widths[c] - width_of(row[c]) + 2, ' ');
    }
    print(line);
  }
}

Json json_of(Instant instant) { return instant ? Json(to_text(instant)) : Json(nullptr); }
Json json_of(Date date) { return date.known == Known::no ? Json(nullptr) : Json(to_text(date)); }

Json json_of(const Plan&, const RecordRef& ref) {
  Json out;
  out["kind"] = ref.kind();
  out["id"] = ref.id.text;
  for (const auto& field : ref.table->info->fields) {
    const auto text = field.text(ref.record);
    const std::string key(field.key);
    switch (field.type) {
      case FieldType::number:
      case FieldType::minutes:
      case FieldType::money:
      case FieldType::percent: out[key] = figure(text); break;
      case FieldType::text:
      case FieldType::long_text: out[key] = text; break;
      default: out[key] = text.empty() ? Json(nullptr) : Json(text);
    }
  }
  return out;
}

Json json_of(const Finding& f) {
  Json out;
  out["rule"] = f.rule_id;
  out["severity"] = severity_name(f.severity);
  out["verdict"] = verdict_name(f.verdict);
  out["subject_kind"] = f.subject_kind;
  out["subject_id"] = f.subject_id.text;
  out["title"] = f.title;
  out["message"] = f.message;
  out["clause"] = f.clause;
  out["steps"] = f.steps;
  out["question"] = f.question_text;
  out["notes"] = f.notes;
  out["sources"] = f.sources;
  out["kind"] = f.kind;
  out["hazard"] = f.hazard;
  out["announced"] = json_of(f.announced);
  out["due_days"] = f.due_days;
  out["owner_role_id"] = f.owner_role_id.text;
  Json endangers = Json::array();
  for (const auto& id : f.endangers) endangers.push_back(id.text);
  out["endangers"] = endangers;
  return out;
}

Json json_of(const Plan& plan, const BackupStatus& s, const std::string& name) {
  const auto* user = find_in(plan.activities, s.rpo.activity_id);  // looked up among the activities only: a plan may hold thousands of records
  Json out;
  out["backup"] = s.backup_id.text;
  out["name"] = name;
  out["state"] = backup_state_name(s.state);
  out["last_attempt"] = json_of(s.last_attempt);
  out["last_point"] = json_of(s.last_point);
  out["last_proven"] = json_of(s.last_proven);
  out["read_at"] = json_of(s.read_at);
  out["age_minutes"] = s.age_minutes < 0 ? Json(nullptr) : Json(s.age_minutes);
  out["working_age_minutes"] = s.working_age_minutes < 0 ? Json(nullptr) : Json(s.working_age_minutes);
  out["rpo_minutes"] = s.rpo.rpo_minutes ? Json(s.rpo.rpo_minutes.count) : Json(nullptr);
  out["tightest_user"] = s.rpo.activity_id.empty() ? Json(nullptr) : Json(user && !user->name.empty() ? user->name : s.rpo.activity_id.text);
  out["tightest_user_id"] = s.rpo.activity_id.empty() ? Json(nullptr) : Json(s.rpo.activity_id.text);
  out["missed_runs"] = s.missed_runs;
  out["next_due"] = json_of(s.next_due);
  out["history_before"] = s.history_before < 0 ? Json(nullptr) : Json(s.history_before);
  out["history_now"] = s.history_now < 0 ? Json(nullptr) : Json(s.history_now);
  out["readings_in_future"] = s.passed_over;
  out["warned"] = s.warned;
  out["sources_disagree"] = !s.disagreement.empty();
  out["space_free_bytes"] = s.space.free_bytes < 0 ? Json(nullptr) : Json(s.space.free_bytes);
  out["space_lasts_days"] = s.space.lasts_days < 0 ? Json(nullptr) : Json(s.space.lasts_days);
  out["detail"] = s.detail;
  return out;
}

}  // namespace mainstay::cli
