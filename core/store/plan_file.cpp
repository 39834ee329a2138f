// SPDX-License-Identifier: MIT
#include "core/store/plan_file.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>

#include <fmt/format.h>
#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/store/migrations.h"
#include "core/store/observation_sql.h"
#include "core/store/record_sql.h"
#include "core/store/revision_sql.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr int patience_ms = 2500;
constexpr std::size_t header_size = 100;

[[noreturn]] void damaged(const std::string& path, const std::string& how) {
  throw Error(ErrorCode::damaged, tr("“{path}” is damaged: {how} It was not touched. Take the newest good copy of it.", {{"path", path}, {"how", how}}));
}

/// Says in our words what SQLite met.
[[noreturn]] void translate(const std::string& path, const SQLite::Exception& error) {
  switch (error.getErrorCode() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: throw Error(ErrorCode::locked, tr("“{path}” is in use by another program. Close it there and try again; nothing was changed.", {{"path", path}}));
    case SQLITE_READONLY:
      if (error.getExtendedErrorCode() == SQLITE_READONLY_DBMOVED)
        throw Error(ErrorCode::conflict, tr("“{path}” was moved or replaced by another program while it was open. Close it and open it again; nothing was changed.", {{"path", path}}));
      [[fallthrough]];
    case SQLITE_PERM: throw Error(ErrorCode::read_only, tr("“{path}” cannot be written: the file or its folder is read-only.", {{"path", path}}));
    case SQLITE_FULL: throw Error(ErrorCode::io, tr("The disk is full: “{path}” was not changed.", {{"path", path}}));
    case SQLITE_CORRUPT: damaged(path, tr("its pages do not fit together."));
    case SQLITE_NOTADB: throw Error(ErrorCode::not_a_plan, tr("“{path}” is not a Mainstay plan.", {{"path", path}}));
    case SQLITE_CANTOPEN: throw Error(ErrorCode::io, tr("“{path}” cannot be opened: check the folder and your rights.", {{"path", path}}));
    default: throw Error(ErrorCode::io, tr("“{path}” could not be read or written ({reason}).", {{"path", path}, {"reason", error.what()}}));
  }
}

template <class Work>
auto guarded(const std::string& path, Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    translate(path, error);
  }
}

std::uint32_t big_endian(const std::array<unsigned char, header_size>& header, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | header[at + i];
  return value;
}

/// Looks at the file's header without SQLite, so that nothing is created, recovered or locked by looking.
/// Layout: SQLite file format, section 1.3.
void check_header(const std::string& path, int again = 5) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw Error(ErrorCode::missing_file, tr("There is no plan “{path}”.", {{"path", path}}));
  if (fs::is_directory(status)) throw Error(ErrorCode::missing_file, tr("“{path}” is a folder, not a plan file.", {{"path", path}}));
  if (!fs::is_regular_file(status)) throw Error(ErrorCode::not_a_plan, tr("“{path}” is not an ordinary file.", {{"path", path}}));
  const auto size = fs::file_size(path, error);
  if (size == 0) throw Error(ErrorCode::not_a_plan, tr("“{path}” is empty: it has 0 bytes and is no plan.", {{"path", path}}));
  std::array<unsigned char, header_size> header{};
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ErrorCode::io, tr("“{path}” cannot be read: check your rights.", {{"path", path}}));
  in.read(reinterpret_cast<char*>(header.data()), header_size);
  const auto got = static_cast<std::size_t>(in.gcount());
  const std::string_view magic("SQLite format 3\0", 16);
  const std::string_view start(reinterpret_cast<const char*>(header.data()), std::min<std::size_t>(got, 16));
  if (got < header_size && !start.empty() && magic.starts_with(start)) damaged(path, tr("only {count} bytes are left of it.", {{"count", got}}));
  if (start != magic || big_endian(header, 68, 4) != static_cast<std::uint32_t>(plan_application_id))
    throw Error(ErrorCode::not_a_plan, tr("“{path}” is not a Mainstay plan.", {{"path", path}}));
  const auto version = static_cast<int>(big_endian(header, 60, 4));
  if (version > newest_version())
    throw Error(ErrorCode::newer_plan, tr("“{path}” was written by a newer Mainstay (file version {version}, this program knows {known}). Update Mainstay to open it.",
                                          {{"path", path}, {"version", version}, {"known", newest_version()}}));
  // A hot journal means a write was cut off: SQLite puts the file right first, so its size says nothing yet.
  if (fs::exists(path + "-journal", error)) return;
  const std::uint64_t page = big_endian(header, 16, 2) == 1 ? 65536 : big_endian(header, 16, 2);
  const std::uint64_t expected = page * big_endian(header, 28, 4);
  // A writer may have finished between our two looks: look again before calling a file damaged.
  if (size != expected && again > 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    check_header(path, again - 1);
    return;
  }
  if (size != expected) damaged(path, tr("it has {size} bytes where {expected} belong.", {{"size", std::to_string(size)}, {"expected", std::to_string(expected)}}));
}

/// A file without any write bit is meant to be left alone, whoever asks.
bool is_writable(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || (status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0) return false;
  const auto folder = fs::absolute(path).parent_path();
  struct stat around {};
  if (stat(folder.c_str(), &around) != 0 || (around.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0) return false;
  return access(path.c_str(), W_OK) == 0 && access(folder.c_str(), W_OK) == 0;
}

void configure(SQLite::Database& db) {
  db.setBusyTimeout(patience_ms);
  db.exec("pragma foreign_keys = on");
  db.exec("pragma trusted_schema = off");
  db.exec("pragma synchronous = full");
  db.exec("pragma temp_store = memory");
}

/// Gives the finished file its name, and never takes the name from another file that came in the meantime.
void put_in_place(const std::string& aside, const std::string& path) {
  if (link(aside.c_str(), path.c_str()) == 0) {
    fs::remove(aside);
    return;
  }
  if (errno == EEXIST) throw Error(ErrorCode::refused, tr("“{path}” is there already; choose another name.", {{"path", path}}));
  fs::rename(aside, path);  // a file system without hard links, such as a stick's
}

/// Refuses a name beside which lies the half-written page log of a file that was there before: SQLite takes it for a part of whatever bears the name next,
/// and writes the old pages into it.
void refuse_leftovers(const std::string& path) {
  for (const auto* ending : {"-journal", "-wal", "-shm"}) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(path + ending, error))) continue;
    throw Error(ErrorCode::refused, tr("“{log}” lies there, left behind by a plan that was at “{path}” before and was cut off while it was written; it would damage the new one. Keep it with a copy of that plan, or delete it, "
                                       "or choose another name.", {{"path", path}, {"log", path + ending}}));
  }
}

std::int64_t version_of(SQLite::Database& db) { return db.execAndGet("pragma user_version").getInt64(); }

/// Where an older file's rows are read: a copy in memory, brought up to date.
SQLite::Database& rows_of(SQLite::Database& db, std::unique_ptr<SQLite::Database>& upgraded, std::int64_t& taken_at) {
  if (version_of(db) >= newest_version()) {
    upgraded.reset();
    return db;
  }
  const auto now = db.execAndGet("pragma data_version").getInt64();
  if (!upgraded || taken_at != now) {
    auto copy = std::make_unique<SQLite::Database>(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup(*copy, db).executeStep(-1);
    configure(*copy);
    migrate(*copy);
    upgraded = std::move(copy);
    taken_at = now;
  }
  return *upgraded;
}

/// Upgrades an older file in place, after a copy of it beside it under a name that says so.
void upgrade_file(const std::string& path, SQLite::Database& db) {
  const auto version = version_of(db);
  if (version >= newest_version()) return;
  const fs::path file(path);
  const auto kept = (file.parent_path() / fmt::format("{} (version {}){}", file.stem().string(), version, file.extension().string())).string();
  std::error_code error;
  if (!fs::exists(kept, error)) {
    refuse_leftovers(kept);
    const auto aside = kept + "." + new_uuid().substr(0, 8) + ".part";
    {
      SQLite::Database copy(aside, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, patience_ms);
      SQLite::Backup(copy, db).executeStep(-1);
    }
    fs::rename(aside, kept, error);
    if (error) {
      fs::remove(aside, error);
      throw Error(ErrorCode::io, tr("“{path}” comes from an older Mainstay and was not changed: the copy “{copy}” that is kept before an upgrade could not be written.", {{"path", path}, {"copy", kept}}));
    }
  }
  migrate(db);
}

}  // namespace

struct PlanFile::Impl {
  std::string path;
  bool read_only = false;
  mutable SQLite::Database db;
  struct stat opened {};
  /// An older file is read through this upgraded copy; the file itself is upgraded at the first write.
  mutable std::unique_ptr<SQLite::Database> upgraded;
  mutable std::int64_t upgraded_from = -1;  ///< data version that the copy was taken at
  SQLite::Database& rows() const { return rows_of(db, upgraded, upgraded_from); }
  Impl(std::string p, const std::string& real, bool ro) : path(std::move(p)), read_only(ro), db(real, ro ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE, patience_ms) {}
};

PlanFile::PlanFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PlanFile::~PlanFile() = default;

void PlanFile::create(const std::string& path, const Plan& plan, const Revision& first) {
  if (path.empty()) throw Error(ErrorCode::usage, tr("A plan needs a file name."));
  std::error_code error;
  if (fs::exists(fs::symlink_status(path, error))) throw Error(ErrorCode::refused, tr("“{path}” is there already; choose another name.", {{"path", path}}));
  const auto folder = fs::absolute(path).parent_path();
  if (!fs::is_directory(folder, error)) throw Error(ErrorCode::missing_file, tr("There is no folder “{path}”.", {{"path", folder.string()}}));
  refuse_leftovers(path);
  const auto aside = path + "." + new_uuid().substr(0, 8) + ".part";
  try {
    guarded(path, [&] {
      SQLite::Database db(aside, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, patience_ms);
      db.exec("pragma application_id = " + std::to_string(plan_application_id));
      configure(db);
      migrate(db);
      SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
      db.exec("pragma defer_foreign_keys = on");
      Revision revision = first;
      revision.number = 1;
      revision.edits = diff(Plan(), plan).edits;
      revision.chain = chain_of("", revision);
      write_revision(db, revision);
      write_records(db, revision.edits, plan);
      transaction.commit();
    });
    put_in_place(aside, path);
  } catch (const fs::filesystem_error&) {
    fs::remove(aside, error);
    throw Error(ErrorCode::io, tr("“{path}” could not be written.", {{"path", path}}));
  } catch (const Error&) {
    fs::remove(aside, error);
    fs::remove(aside + "-journal", error);
    throw;
  }
}

std::unique_ptr<PlanFile> PlanFile::open(const std::string& path) {
  // Behind a link the journal lies beside the file itself, so everything is asked of the real name.
  std::error_code error;
  auto real = fs::canonical(path, error).string();
  if (error) real = path;
  check_header(real == path || fs::is_directory(path, error) ? path : real);
  return guarded(path, [&] {
    const bool writable = is_writable(real);
    if (!writable && fs::exists(real + "-journal", error))
      throw Error(ErrorCode::read_only, tr("“{path}” was being written when it was cut off, and here it cannot be put right because the place is read-only. Copy both files, "
                                           "“{name}” and “{name}-journal”, to a disk and open it there.", {{"path", path}, {"name", fs::path(real).filename().string()}}));
    auto impl = std::make_unique<Impl>(path, real, !writable);
    stat(real.c_str(), &impl->opened);
    configure(impl->db);
    if (impl->db.execAndGet("pragma quick_check(1)").getString() != "ok") damaged(path, tr("its pages do not fit together."));
    // Reads of one file agree with each other through a plain select lock; a size cut after recovery is caught by quick_check.
    return std::unique_ptr<PlanFile>(new PlanFile(std::move(impl)));
  });
}

bool PlanFile::read_only() const { return impl_->read_only; }

PlanFile::Contents PlanFile::read() const {
  return guarded(impl_->path, [&] {
    SQLite::Transaction transaction(impl_->db);  // one consistent view
    return Contents{load(), revisions(false), observations()};
  });
}

Plan PlanFile::load() const {
  return guarded(impl_->path, [&] {
    Plan plan;
    try {
      auto& rows = impl_->rows();
      for (const auto& table : Plan::tables()) load_records(rows, table, plan);
    } catch (const Error& error) {  // a value that no field would have let in
      damaged(impl_->path, tr("it holds what cannot be ({reason})", {{"reason", error.what()}}));
    }
    return plan;
  });
}

bool PlanFile::was_replaced() const {
  struct stat now {};
  return stat(impl_->path.c_str(), &now) != 0 || now.st_ino != impl_->opened.st_ino || now.st_dev != impl_->opened.st_dev;
}

Revision PlanFile::head() const {
  return guarded(impl_->path, [&] { return read_head(impl_->db); });
}

std::vector<Revision> PlanFile::revisions(bool with_edits) const {
  return guarded(impl_->path, [&] {
    auto all = read_revisions(impl_->db);
    if (with_edits)
      for (auto& revision : all) revision.edits = read_edits(impl_->db, revision.number);
    return all;
  });
}

std::vector<Edit> PlanFile::edits_of(int revision) const {
  return guarded(impl_->path, [&] { return read_edits(impl_->db, revision); });
}

bool PlanFile::commit(const std::string& expected_head, Revision& revision, const Plan& after) {
  if (impl_->read_only) throw Error(ErrorCode::read_only, tr("“{path}” cannot be written: the file or its folder is read-only.", {{"path", impl_->path}}));
  return guarded(impl_->path, [&] {
    upgrade_file(impl_->path, impl_->db);
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    const auto head = read_head(impl_->db);
    if (head.uuid != expected_head) return false;
    impl_->db.exec("pragma defer_foreign_keys = on");
    revision.number = head.number + 1;
    revision.parent = head.uuid;
    revision.chain = chain_of(head.chain, revision);
    write_revision(impl_->db, revision);
    write_records(impl_->db, revision.edits, after);
    transaction.commit();
    return true;
  });
}

std::vector<Observation> PlanFile::observations() const {
  return guarded(impl_->path, [&] { return read_observations(impl_->rows()); });
}

std::int64_t PlanFile::observation_count() const {
  return guarded(impl_->path, [&] { return impl_->db.execAndGet("select count(*) from observation").getInt64(); });
}

int PlanFile::add_observations(const std::vector<Observation>& observations, Instant now) {
  if (observations.empty()) return 0;
  if (impl_->read_only) throw Error(ErrorCode::read_only, tr("“{path}” cannot be written: the readings were not stored.", {{"path", impl_->path}}));
  return guarded(impl_->path, [&] {
    upgrade_file(impl_->path, impl_->db);
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    const int added = store_observations(impl_->db, observations, now);
    transaction.commit();
    return added;
  });
}

std::int64_t PlanFile::data_version() const {
  return guarded(impl_->path, [&] { return impl_->db.execAndGet("pragma data_version").getInt64(); });
}

std::optional<int> PlanFile::first_broken_revision() const {
  std::string chain;
  for (const auto& revision : revisions(true)) {
    if (chain_of(chain, revision) != revision.chain) return revision.number;
    chain = revision.chain;
  }
  return {};
}

std::vector<std::string> stored_columns(const std::string& path, const std::string& table) {
  return guarded(path, [&] {
    SQLite::Database db(path);
    SQLite::Statement q(db, "select name from pragma_table_info(?)");
    q.bind(1, table);
    std::vector<std::string> names;
    while (q.executeStep()) names.push_back(q.getColumn(0).getString());
    return names;
  });
}

std::string stored_schema(const std::string& path) {
  return guarded(path, [&] {
    SQLite::Database db(path);
    SQLite::Statement q(db, "select sql from sqlite_schema where sql is not null order by type desc, name");
    auto text = fmt::format("-- SPDX-License-Identifier: MIT\n-- Generated from the numbered scripts beside it (version {}); a test holds the two equal.\n", newest_version());
    while (q.executeStep()) text += q.getColumn(0).getString() + ";\n";
    return text;
  });
}

}  // namespace mainstay
