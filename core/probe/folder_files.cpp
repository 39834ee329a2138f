// SPDX-License-Identifier: MIT
#include "core/probe/folder_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <vector>

#include <openssl/evp.h>

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t block_size = std::size_t(256) << 10, longest_path = 4000;
constexpr std::size_t deepest = 200;

/// A handle that is closed with it.
class Handle {
 public:
  explicit Handle(int handle) : handle_(handle) {}
  ~Handle() { if (handle_ >= 0) ::close(handle_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  int get() const { return handle_; }

 private:
  int handle_;
};

/// SHA-256 of blocks, by OpenSSL: five times as fast as portable code where the processor helps, and restores are large.
class Digest {
 public:
  Digest() { fine_ = context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1; }
  void update(const char* bytes, std::size_t size) { fine_ = fine_ && EVP_DigestUpdate(context_.get(), bytes, size) == 1; }
  /// Empty where it could not be done.
  std::string hex() {
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (!fine_ || EVP_DigestFinal_ex(context_.get(), sum, &length) != 1) return {};
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
      text += "0123456789abcdef"[sum[i] >> 4];
      text += "0123456789abcdef"[sum[i] & 15];
    }
    return text;
  }

 private:
  struct Free { void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); } };
  std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
  bool fine_ = false;
};

FileIdentity identity_of(const struct stat& status) { return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino)}; }

/// Later of contents and attributes: tools that set a file's old time back cannot set this one.
Instant written_of(const struct stat& status) { return Instant(std::int64_t(status.st_ctime)); }

std::int64_t written_ns_of(const struct stat& status) {
#if defined(__APPLE__)
  const auto& at = status.st_ctimespec;
#else
  const auto& at = status.st_ctim;
#endif
  return std::int64_t(at.tv_sec) * 1'000'000'000 + at.tv_nsec;
}

Instant born_of([[maybe_unused]] int handle) {
#if defined(STATX_BTIME)
  struct statx status {};
  if (::statx(handle, "", AT_EMPTY_PATH, STATX_BTIME, &status) == 0 && (status.stx_mask & STATX_BTIME)) return Instant(std::int64_t(status.stx_btime.tv_sec));
#endif
  return {};
}

}  // namespace

bool is_plain_path(const std::string& path) {
  if (path.empty() || path.size() > longest_path || path.find('\0') != std::string::npos) return false;
  for (std::size_t at = 0; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto part = std::string_view(path).substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = end + 1;
  }
  return true;
}

OpenFolder::OpenFolder(const std::string& path) : handle_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (handle_ < 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    throw Error(missing ? ErrorCode::missing_file : ErrorCode::io, missing ? tr("There is no folder “{path}”.", {{"path", clean_utf8(path)}}) : tr("The folder “{path}” may not be read.", {{"path", clean_utf8(path)}}));
  }
  struct stat status {};
  if (::fstat(handle_, &status) == 0) identity_ = identity_of(status);
  born_ = born_of(handle_);
}

OpenFolder::~OpenFolder() { ::close(handle_); }

int OpenFolder::open_below(const std::string& path, int flags, HashedFile::State& trouble) const {
  trouble = HashedFile::State::missing;
  if (!is_plain_path(path)) return -1;
  int folder = ::dup(handle_);
  for (std::size_t at = 0; folder >= 0;) {
    const auto end = path.find('/', at);
    const bool last = end == std::string::npos;
    const auto part = path.substr(at, last ? end : end - at);
    const int next = ::openat(folder, part.c_str(), (last ? flags : O_RDONLY | O_DIRECTORY) | O_NOFOLLOW | O_CLOEXEC);
    if (next < 0) {
      struct stat status {};
      const auto why = errno;
      const bool there = ::fstatat(folder, part.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
      if (there) trouble = S_ISLNK(status.st_mode) ? HashedFile::State::link : why == ENOTDIR ? HashedFile::State::missing : HashedFile::State::unreadable;
    }
    ::close(folder);
    folder = next;
    if (last) break;
    at = end + 1;
  }
  return folder;
}

bool OpenFolder::has(const std::string& path) const {
  HashedFile::State trouble{};
  const Handle file(open_below(path, O_RDONLY | O_NONBLOCK, trouble));
  return file.get() >= 0 || trouble != HashedFile::State::missing;
}

HashedFile OpenFolder::hash(const std::string& path, const std::stop_token& stop, const std::function<void(std::int64_t)>& read) const {
  HashedFile result;
  const Handle file(open_below(path, O_RDONLY | O_NONBLOCK, result.state));  // a pipe must not make us wait
  if (file.get() < 0) return result;
  struct stat before {};
  if (::fstat(file.get(), &before) != 0 || !S_ISREG(before.st_mode)) {
    result.state = HashedFile::State::not_a_file;
    return result;
  }
  result.identity = identity_of(before);
  result.modified = Instant(std::int64_t(before.st_mtime));
  result.written = written_of(before);
  result.born = born_of(file.get());
  Digest digest;
  std::vector<char> block(block_size);
  for (;;) {
    if (stop.stop_requested()) {
      result.state = HashedFile::State::stopped;
      return result;
    }
    const auto count = ::read(file.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      result.state = HashedFile::State::unreadable;
      return result;
    }
    if (count == 0) break;
    digest.update(block.data(), static_cast<std::size_t>(count));
    result.bytes += count;
    if (read) read(count);
  }
  struct stat after {};
  const bool steady = ::fstat(file.get(), &after) == 0 && after.st_mtime == before.st_mtime && after.st_size == before.st_size && result.bytes == before.st_size;
  result.sha256 = digest.hex();
  result.state = result.sha256.empty() ? HashedFile::State::unreadable : steady ? HashedFile::State::read : HashedFile::State::changing;
  return result;
}

std::int64_t born_ns([[maybe_unused]] const std::string& path) {
#if defined(STATX_BTIME)
  struct statx status {};
  if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BTIME, &status) == 0 && (status.stx_mask & STATX_BTIME)) return status.stx_btime.tv_sec * 1'000'000'000 + std::int64_t(status.stx_btime.tv_nsec);
#endif
  return 0;
}

FolderTotals walk_files(const std::string& folder, std::int64_t most, const std::stop_token& stop, const std::function<void(FolderEntry)>& visit) {
  const OpenFolder root(folder);
  FolderTotals totals;
  std::int64_t met = 0;
  const auto note_unreadable = [&](const std::string& path) {
    if (totals.unreadable++ == 0) totals.first_unreadable = clean_utf8(path);
  };
  std::vector<std::string> waiting{""};  // folders to look into, the next one last
  while (!waiting.empty()) {
    const auto below = std::move(waiting.back());
    waiting.pop_back();
    const auto full = below.empty() ? folder : folder + "/" + below;
    const int handle = ::open(full.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | (below.empty() ? 0 : O_NOFOLLOW));
    DIR* list = handle >= 0 ? ::fdopendir(handle) : nullptr;
    if (!list) {
      if (handle >= 0) ::close(handle);
      if (below.empty()) throw Error(ErrorCode::io, tr("The folder “{path}” may not be read.", {{"path", clean_utf8(folder)}}));
      note_unreadable(below);
      continue;
    }
    std::vector<std::string> names;
    while (const auto* entry = ::readdir(list)) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
      if (++met > most) totals.cut_short = true;
      if (totals.cut_short || stop.stop_requested()) break;
    }
    std::sort(names.begin(), names.end());
    std::vector<std::string> folders;
    for (const auto& name : names) {
      const auto path = below.empty() ? name : below + "/" + name;
      struct stat status {};
      if (::fstatat(handle, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) note_unreadable(path);
      else if (S_ISLNK(status.st_mode)) ++totals.links;
      else if (S_ISDIR(status.st_mode)) {
        if (identity_of(status).device != root.identity().device) ++totals.other_disks;
        else if (path.size() > longest_path || static_cast<std::size_t>(std::count(path.begin(), path.end(), '/')) > deepest) note_unreadable(path);
        else folders.push_back(path);
      } else if (!S_ISREG(status.st_mode)) ++totals.special;
      else {
        ++totals.files;
        totals.bytes += status.st_size;
        visit({path, status.st_size, Instant(std::int64_t(status.st_mtime)), written_of(status), written_ns_of(status)});
      }
    }
    ::closedir(list);
    if (stop.stop_requested()) totals.stopped = true;
    if (totals.stopped || totals.cut_short) break;
    waiting.insert(waiting.end(), folders.rbegin(), folders.rend());
  }
  return totals;
}

}  // namespace mainstay
