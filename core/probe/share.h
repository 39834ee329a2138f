// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/probe/fetch.h"
#include "core/probe/probe_types.h"

namespace mainstay {

/// A name in a folder, and when it changed where the server says so.
struct ShareEntry {
  std::string name;
  bool folder = false;
  Instant modified;
  std::int64_t bytes = -1;
};
/// What the server says about one name without its contents; `problem` is empty where there plainly is none.
struct ShareLook {
  bool found = false;
  std::string problem;
  Instant modified;
  std::int64_t bytes = -1;
  bool folder = false;  ///< where the server tells it
};
/// A listing takes no more names than this: one that holds as many may be missing some.
constexpr std::size_t most_share_entries = 20'000;
/// A folder's names, or a sentence on why there are none; and the room on it where the server tells it.
struct Listing {
  std::vector<ShareEntry> entries;
  std::string problem;
  std::int64_t bytes_free = -1, bytes_total = -1;
  bool may_wait_for_a_disk = false;  ///< an empty folder of this computer's own disk: what is mounted there may just not be mounted now
};
/// A file's bytes; `problem` is empty where the server plainly says that there is no such file.
struct ShareFile {
  bool found = false;
  std::string bytes, problem;
  Instant modified;
};
/// A folder somewhere; `below` is the path inside it, one name each.
struct Share {
  using Path = std::vector<std::string>;
  std::string name;  ///< of the last part of its own address
  std::function<Listing(const Path& below)> list;
  std::function<ShareFile(const Path& below)> read;
  std::function<ShareLook(const Path& below, bool folder)> look;
};

/// Where a share is and how to sign in to it.
struct ShareLogin {
  std::string address, user, password;
  std::string key_file;  ///< private SSH key; then `password` is its passphrase
};
/// One way to reach a folder. A new one is a function and a line in the table. `open` throws Error where the address is off.
struct ShareKind {
  std::string_view scheme, title;
  Share (*open)(Fetch& fetch, const ShareLogin& login);
};
std::span<const ShareKind> share_kinds();

/// The share at the probe's address, signed in to with its account and secret. A secret `key:/path/to/key` names a private SSH key,
/// whose passphrase is the secret `<name>-passphrase`; no secret at all means a guest, or the SSH agent. Throws Error.
Share open_share(const Probe& probe, ProbeContext& context);

/// A folder of this computer or of a mounted disk. A dead mount ends in a sentence, like everything that does not answer.
Share folder_share(Fetch& fetch, const ShareLogin& login);
/// A folder of a web server: WebDAV where it answers PROPFIND, else its index page (nginx JSON or XML, or HTML).
Share web_share(Fetch& fetch, const ShareLogin& login);
/// A folder by SFTP, FTP or FTPS.
Share file_server_share(Fetch& fetch, const ShareLogin& login);
/// A Windows share, by the program `smbclient` where it is installed.
Share smb_share(Fetch& fetch, const ShareLogin& login);

/// The folder that a `file:` address or a plain path names; empty where it is neither or names another computer.
std::string folder_from(const std::string& address);
/// The decoded last part of an address or path; empty for names that lead elsewhere.
std::string last_name_of(std::string_view path);

/// The names in a WebDAV reply (RFC 4918 multistatus) to a question about `path`; throws Error{bad_value}.
Listing parse_multistatus(std::string_view body, std::string_view path);
/// The names in an index page, whichever form it has; throws Error{bad_value} where it is none.
std::vector<ShareEntry> parse_index_page(std::string_view body);
/// One name a line, as SFTP and FTP's NLST give them.
std::vector<ShareEntry> parse_names(std::string_view text);
/// FTP's MLSD (RFC 3659): facts, a space, a name.
std::vector<ShareEntry> parse_mlsd(std::string_view text);
/// What `smbclient` prints for `ls`, in UTC.
Listing parse_smb_listing(std::string_view text);

}  // namespace mainstay
