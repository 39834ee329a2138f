// SPDX-License-Identifier: MIT
// The file in which a running restore test outlasts the program.
#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/restore_session.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
constexpr int manifest_version = 1;
constexpr std::size_t largest_manifest = std::size_t(64) << 20, most_files = 10'000;
constexpr std::string_view ending = ".json", list_ending = "-files.txt";

/// A path as JSON can hold it: names that are no clean UTF-8, or hold a percent sign, are percent-encoded.
std::string written_path(const std::string& path) {
  if (is_clean_utf8(path) && path.find('%') == std::string::npos) return path;
  std::string out;
  for (std::size_t at = 0; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    out += (at > 0 ? "/" : "") + url_encoded(path.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

struct Reader {
  std::string path;
  [[noreturn]] void fail() const { throw Error(ErrorCode::bad_value, tr("“{path}” is not the manifest of a restore test, or it was altered.", {{"path", path}})); }
  std::string text(const Json& from, const char* key) const {
    const auto found = from.find(key);
    if (found == from.end() || !found->is_string()) fail();
    return found->get<std::string>();
  }
  std::int64_t number(const Json& from, const char* key) const {
    const auto found = from.find(key);
    if (found == from.end() || !found->is_number_integer() || (found->is_number_unsigned() && found->get<std::uint64_t>() > std::uint64_t(INT64_MAX))) fail();
    const auto value = found->get<std::int64_t>();
    if (value < 0) fail();
    return value;
  }
  FileIdentity identity(const Json& from) const {  // as text: JSON numbers lose digits
    const auto read = [&](const char* key) {
      const auto words = text(from, key);
      if (words.empty() || words.size() > 20 || words.find_first_not_of("0123456789") != std::string::npos) fail();
      return std::stoull(words);
    };
    try {
      return {read("device"), read("number")};
    } catch (const std::out_of_range&) {
      fail();
    }
  }
  Instant instant(const Json& from, const char* key) const {
    const auto words = text(from, key);
    if (words.empty()) return {};
    const auto read = parse_instant(words);
    if (!read) fail();
    return *read;
  }
  SampledFile file(const Json& from) const {
    if (!from.is_object()) fail();
    SampledFile file;
    file.path = url_decoded(text(from, "path"));
    file.bytes = number(from, "bytes");
    file.modified = instant(from, "modified");
    file.sha256 = text(from, "sha256");
    file.identity = identity(from);
    const auto settled = from.find("settled");
    if (settled == from.end() || !settled->is_boolean()) fail();
    file.settled = settled->get<bool>();
    const bool hash = file.sha256.size() == 64 && file.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_plain_path(file.path) || !hash) fail();
    return file;
  }
};

std::string usual_folder() { return user_data_directory() + "/restore-tests"; }

}  // namespace

std::int64_t RestoreSession::sample_bytes() const {
  std::int64_t all = 0;
  for (const auto& file : files) all += file.bytes;
  return all;
}

std::string plan_identity(const Document& document) {
  const auto history = document.history();
  const auto oldest = std::min_element(history.begin(), history.end(), [](const Revision& a, const Revision& b) { return a.number < b.number; });
  return oldest == history.end() ? std::string() : oldest->uuid;
}

std::string usual_manifest(const Document& document, const Id& backup) {
  return usual_folder() + "/" + sha256_hex(plan_identity(document)).substr(0, 12) + "-" + sha256_hex(backup.text).substr(0, 12) + std::string(ending);
}

std::vector<Id> begun_restores(const Document& document) {
  std::vector<Id> begun;
  std::error_code error;
  for (const auto& backup : document.plan().backups)
    if (fs::is_regular_file(usual_manifest(document, backup.id), error)) begun.push_back(backup.id);
  return begun;
}

std::vector<std::pair<std::string, RestoreSession>> running_restores(const Document& document) {
  std::vector<std::pair<std::string, RestoreSession>> found;
  const auto plan = plan_identity(document);
  for (const auto& backup : begun_restores(document)) {
    const auto path = usual_manifest(document, backup);
    try {
      auto session = read_manifest(path);
      if (session.plan == plan && session.backup_id == backup) found.emplace_back(path, std::move(session));
    } catch (const Error&) {
      continue;  // a file that was damaged is told where it is asked for by name
    }
  }
  return found;
}

std::string manifest_text(const RestoreSession& session) {
  Json files = Json::array();
  for (const auto& file : session.files)
    files.push_back({{"path", written_path(file.path)}, {"bytes", file.bytes}, {"modified", to_text(file.modified)}, {"sha256", file.sha256},
                     {"device", std::to_string(file.identity.device)}, {"number", std::to_string(file.identity.number)}, {"settled", file.settled}});
  const Json manifest{{"mainstay", "restore test"}, {"version", manifest_version}, {"plan", session.plan}, {"backup", session.backup_id.text}, {"backup_name", session.backup_name},
                      {"folder", written_path(session.folder)}, {"device", std::to_string(session.identity.device)}, {"number", std::to_string(session.identity.number)},
                      {"seed", std::to_string(session.seed)}, {"newest_point", to_text(session.newest_point)}, {"started", to_text(session.started)},
                      {"set_files", session.set_files}, {"set_bytes", session.set_bytes}, {"files", files}};
  return manifest.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

RestoreSession read_manifest(const std::string& path) {
  const auto text = read_file(path, largest_manifest);
  const Reader reader{path};
  const auto json = Json::parse(text, nullptr, false);
  if (!json.is_object() || reader.text(json, "mainstay") != "restore test" || reader.number(json, "version") < 1) reader.fail();
  if (reader.number(json, "version") > manifest_version) throw Error(ErrorCode::bad_value, tr("“{path}” was written by a newer Mainstay.", {{"path", path}}));
  RestoreSession session;
  session.plan = reader.text(json, "plan");
  session.backup_id = Id{reader.text(json, "backup")};
  session.backup_name = reader.text(json, "backup_name");
  session.folder = url_decoded(reader.text(json, "folder"));
  session.identity = reader.identity(json);
  const auto seed = reader.text(json, "seed");
  if (seed.empty() || seed.size() > 20 || seed.find_first_not_of("0123456789") != std::string::npos) reader.fail();
  try {
    session.seed = std::stoull(seed);
  } catch (const std::out_of_range&) {
    reader.fail();
  }
  session.newest_point = reader.instant(json, "newest_point");
  session.started = reader.instant(json, "started");
  session.set_files = reader.number(json, "set_files");
  session.set_bytes = reader.number(json, "set_bytes");
  const auto files = json.find("files");
  if (files == json.end() || !files->is_array() || files->empty() || files->size() > most_files || !session.started || !is_valid_id(session.backup_id.text)) reader.fail();
  for (const auto& file : *files) session.files.push_back(reader.file(file));
  return session;
}

std::string list_beside(const std::string& manifest) {
  const auto stem = manifest.ends_with(ending) ? manifest.substr(0, manifest.size() - ending.size()) : manifest;
  return stem + std::string(list_ending);
}

void write_manifest(const std::string& path, const RestoreSession& session) {
  if (const auto folder = fs::path(path).parent_path(); folder == fs::path(usual_folder())) {
    std::error_code error;
    fs::create_directories(folder, error);
    fs::permissions(folder, fs::perms::owner_all, error);  // names of files are nobody else's business
    if (error) throw Error(ErrorCode::io, tr("The folder “{path}” could not be made.", {{"path", folder.string()}}));
  }
  std::string list;
  for (const auto& file : session.files)
    if (file.path.find('\n') == std::string::npos) list += file.path + "\n";
  write_file(list_beside(path), list);
  write_file(path, manifest_text(session));  // last: the clock runs once this is there
}

void remove_manifest(const std::string& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error) throw Error(ErrorCode::io, tr("“{path}” could not be removed.", {{"path", path}}));
  fs::remove(list_beside(path), error);
}

}  // namespace mainstay
