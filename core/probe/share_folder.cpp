// SPDX-License-Identifier: MIT
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/probe/share.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_file = std::size_t(8) << 20;
constexpr std::chrono::milliseconds look_every{50};

/// Does `work` on a thread of its own and waits for it while the probe has time: the system may hold a thread for ever in a mount
/// whose server is gone, and no call can end that. Nothing where it took too long; the thread is then left behind with its copy.
template <class Result>
std::optional<Result> in_time(const Fetch& fetch, std::function<Result()> work) {
  struct Shared {
    std::mutex guard;
    std::condition_variable done;
    std::optional<Result> result;
  };
  const auto shared = std::make_shared<Shared>();
  std::thread([shared, work = std::move(work)] {
    auto result = work();
    const std::lock_guard lock(shared->guard);
    shared->result = std::move(result);
    shared->done.notify_all();
  }).detach();
  std::unique_lock lock(shared->guard);
  while (!shared->result && !fetch.stopped() && fetch.time_left().count() > 0) shared->done.wait_for(lock, look_every);
  return std::move(shared->result);
}

std::string never_came(const std::string& path) {
  return tr("“{path}” did not answer in the time allowed: the disk sleeps, or the server behind the mount is gone.", {{"path", path}});
}

ShareLook look_at(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return {true, {}, Instant(status.st_mtime), S_ISREG(status.st_mode) ? static_cast<std::int64_t>(status.st_size) : -1, S_ISDIR(status.st_mode)};
  if (errno == ENOENT || errno == ENOTDIR) return {};
  return {false, tr("“{path}” cannot be looked at: {reason}.", {{"path", path}, {"reason", std::strerror(errno)}}), {}, -1, false};
}

std::string joined(const std::string& root, const Share::Path& below) {
  fs::path path = root;
  for (const auto& name : below) path /= name;
  return path.string();
}

/// True where another disk or share begins at this folder.
bool is_mounted(const std::string& path) {
  struct stat own {}, above {};
  return ::stat(path.c_str(), &own) == 0 && ::stat((path + "/..").c_str(), &above) == 0 && (own.st_dev != above.st_dev || own.st_ino == above.st_ino);
}

Listing list_folder(const std::string& path) {
  Listing listing;
  std::error_code error;
  if (!fs::exists(path, error)) {
    listing.problem = tr("There is no folder “{path}” on this computer: is the disk or share mounted?", {{"path", path}});
    return listing;
  }
  fs::directory_iterator at(path, error);
  if (error) {
    listing.problem = tr("The folder “{path}” cannot be looked into: check that it is a folder and that you may read it.", {{"path", path}});
    return listing;
  }
  while (at != fs::directory_iterator() && listing.entries.size() < most_share_entries) {
    std::error_code ignored;
    const auto seen = look_at(at->path().string());
    ShareEntry entry{at->path().filename().string(), at->is_directory(ignored), seen.modified, seen.bytes};
    listing.entries.push_back(std::move(entry));
    at.increment(error);
    if (error) {
      listing.problem = tr("The folder “{path}” could be read only in part.", {{"path", path}});
      break;
    }
  }
  listing.may_wait_for_a_disk = listing.entries.empty() && !is_mounted(path);
  struct statvfs room {};
  if (::statvfs(path.c_str(), &room) == 0 && room.f_frsize > 0 && room.f_blocks > 0) {
    listing.bytes_free = static_cast<std::int64_t>(room.f_bavail * room.f_frsize);
    listing.bytes_total = static_cast<std::int64_t>(room.f_blocks * room.f_frsize);
  }
  return listing;
}

ShareFile read_from_folder(const std::string& path) {
  ShareFile file;
  std::error_code error;
  if (!fs::exists(path, error)) return file;
  if (!fs::is_regular_file(path, error)) {
    file.problem = tr("“{path}” is not a file.", {{"path", path}});
    return file;
  }
  file.modified = look_at(path).modified;
  try {
    file.bytes = read_file(path, largest_file);
    file.found = true;
  } catch (const Error& problem) {
    if (problem.code() != ErrorCode::missing_file) file.problem = problem.what();  // it may go between the two looks
  }
  return file;
}

}  // namespace

Share folder_share(Fetch& fetch, const ShareLogin& login) {
  const auto root = folder_from(login.address);
  if (root.empty()) throw Error(ErrorCode::bad_value, tr("The address names a folder of another computer: mount it here first, or enter an address that begins with sftp:// or smb://."));
  Share share;
  share.name = fs::path(root).has_filename() ? file_name(root) : fs::path(root).parent_path().filename().string();
  share.list = [root, &fetch](const Share::Path& below) {
    const auto path = joined(root, below);
    auto listing = in_time<Listing>(fetch, [path] { return list_folder(path); });
    if (listing) return *std::move(listing);
    Listing none;
    none.problem = never_came(path);
    return none;
  };
  share.read = [root, &fetch](const Share::Path& below) {
    const auto path = joined(root, below);
    auto file = in_time<ShareFile>(fetch, [path] { return read_from_folder(path); });
    if (file) {
      fetch.note_reply(file->bytes);
      return *std::move(file);
    }
    ShareFile none;
    none.problem = never_came(path);
    return none;
  };
  share.look = [root, &fetch](const Share::Path& below, bool) {
    const auto path = joined(root, below);
    auto seen = in_time<ShareLook>(fetch, [path] { return look_at(path); });
    return seen ? *std::move(seen) : ShareLook{false, never_came(path), {}, -1, false};
  };
  return share;
}

}  // namespace mainstay
