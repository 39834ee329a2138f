// SPDX-License-Identifier: MIT
// Time Machine bundles read from real SFTP, FTP and SMB servers on loopback.
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/probe/share.h"
#include "tests/core/probe/local_server.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;
namespace fs = std::filesystem;

namespace {

const std::string planted = "planted-secret-3310";

std::string this_user() {
  const auto* entry = ::getpwuid(::geteuid());
  return entry ? entry->pw_name : "root";
}

Secrets one_secret(const std::string& value) {
  return [value](const std::string& name) { return name == "nas" ? std::optional(value) : std::nullopt; };
}

Probe share_probe(const std::string& url, const std::string& account, const std::string& item = "front desk") {
  auto probe = time_machine_probe(url, item);
  probe.account = account;
  probe.secret_name = "nas";
  return probe;
}

void check_both(Probe probe, const Secrets& secrets) {
  for (const auto& [item, point] : {std::pair<std::string, std::string>{"FRONT DESK", "2026-11-24T08:00:00Z"}, {"M\xC3\xBCller & Co", "2026-11-03T08:00:00Z"}}) {
    probe.item = item;
    const auto seen = read(probe, secrets);
    INFO(probe.url << " " << item << ": " << seen.detail);
    CHECK(seen.outcome == Outcome::read);
    CHECK(to_text(seen.last_point) == point);
    CHECK(seen.reply.find("Snapshots") != std::string::npos);
    CHECK(seen.presented_pin.empty());
    CHECK_FALSE(says(seen, planted));
  }
}

/// An SSH server with keys of its own that lets this user in with one key.
struct SshHome {
  std::string folder = fresh_folder(), key = folder + "/user", pin;
  std::uint16_t port = free_port();

  bool make(const std::string& type = "ed25519") {
    fs::permissions(folder, fs::perms(0700));
    const std::string keygen = "/usr/bin/ssh-keygen";
    if (run_tool(keygen, {"-q", "-t", type, "-N", "", "-f", folder + "/host"}) != 0) return false;
    if (!fs::exists(key) && run_tool(keygen, {"-q", "-t", "ed25519", "-N", "", "-f", key}) != 0) return false;
    put(folder + "/authorized", read_file(key + ".pub"));
    put(folder + "/sshd_config", "Port " + std::to_string(port) + "\nListenAddress 127.0.0.1\nHostKey " + folder + "/host\nAuthorizedKeysFile " + folder + "/authorized\nPidFile " + folder +
                                     "/pid\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\nMaxStartups 200:30:400\n");
    return true;
  }
  std::vector<std::string> arguments() const { return {"-D", "-e", "-f", folder + "/sshd_config"}; }
  std::string url(const std::string& path) const { return "sftp://127.0.0.1:" + std::to_string(port) + path; }
};

}  // namespace

TEST_CASE("SFTP: an unknown host key is shown and not believed, a trusted one is, and a changed one is refused") {
  if (!fs::exists("/usr/sbin/sshd") || !fs::exists("/usr/bin/ssh-keygen")) { WARN("openssh-server is not installed: skipped"); return; }
  if (::geteuid() == 0) fs::create_directories("/run/sshd");
  const auto share = share_of_two_macs();
  SshHome home;
  REQUIRE(home.make());
  const auto secrets = one_secret("key:" + home.key);
  auto probe = share_probe(home.url(share), this_user());
  std::string pin;
  {
    const Server server("/usr/sbin/sshd", home.arguments(), home.port);
    REQUIRE(server.ready());
    const auto stranger = read(probe, secrets);
    INFO(stranger.detail);
    CHECK(stranger.outcome == Outcome::unreadable);
    CHECK(says(stranger, "not known here yet"));
    pin = stranger.presented_pin;
    CHECK(pin.starts_with("SHA256:"));
    CHECK(says(stranger, pin));

    probe.pin = pin;
    check_both(probe, secrets);
    auto wrong = probe;
    wrong.account = "nobody-of-that-name";
    CHECK(says(read(wrong, secrets), "refuses"));
    CHECK(read(probe, one_secret("key:/no/such/key")).outcome == Outcome::unreadable);
    wrong = share_probe(home.url("/no/such/folder"), this_user());
    wrong.pin = pin;
    CHECK(says(read(wrong, secrets), "no such folder"));
    wrong.url = home.url(share + "/Front%20Desk.sparsebundle");
    CHECK(read(wrong, secrets).outcome == Outcome::read);

    auto known = probe;  // a line in known_hosts is as good as a pin
    known.pin.clear();
    const char* real_home = ::getenv("HOME");
    const auto own_home = fresh_folder();
    ::setenv("HOME", own_home.c_str(), 1);
    put(own_home + "/.ssh/known_hosts", "[127.0.0.1]:" + std::to_string(home.port) + " " + read_file(home.folder + "/host.pub"));
    CHECK(read(known, secrets).outcome == Outcome::read);
    put(own_home + "/.ssh/known_hosts", "[127.0.0.1]:" + std::to_string(home.port) + " " + read_file(home.key + ".pub"));
    CHECK(says(read(known, secrets), "not the one that is trusted"));
    ::setenv("HOME", real_home ? real_home : "", 1);
  }
  for (const char* file : {"/host", "/host.pub"}) fs::remove(home.folder + file);
  REQUIRE(home.make());
  const Server changed("/usr/sbin/sshd", home.arguments(), home.port);
  REQUIRE(changed.ready());
  const auto seen = read(probe, secrets);
  INFO(seen.detail);
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK(says(seen, "not the one that is trusted"));
  CHECK(seen.presented_pin != pin);
}

TEST_CASE("FTP tells the same with MLSD, plain and encrypted, and a password never goes out unencrypted") {
  if (!fs::exists("/usr/sbin/pure-ftpd") || ::geteuid() != 0) { WARN("pure-ftpd is not installed, or this is not root: skipped"); return; }
  const auto share = share_of_two_macs();
  const auto home = fresh_folder();
  fs::permissions(home, fs::perms(0755));
  // A line with a plain crypt hash: those that pure-pw makes take seconds to check, by design.
  const auto make_user = "printf 'harbour:%s:33:33::" + share + "/./::::::::::::\\n' \"$(openssl passwd -6 " + planted + ")\" > " + home + "/users && pure-pw mkdb " + home + "/users.pdb -f " + home + "/users";
  REQUIRE(run_tool("/bin/sh", {"-c", make_user}) == 0);
  REQUIRE(run_tool("/bin/sh", {"-c", "chmod -R a+rX " + share + "; cd " + share + "; mkdir shut blind bare; chmod 700 shut; chmod 711 blind"}) == 0);
  REQUIRE(make_certificate(home));
  put(home + "/pem", read_file(home + "/key") + read_file(home + "/cert"));
  const auto secrets = one_secret(planted);
  for (const bool encrypted : {false, true}) {
    const auto port = free_port();
    const Server server("/usr/sbin/pure-ftpd", {"-S", "127.0.0.1," + std::to_string(port), "-l", "puredb:" + home + "/users.pdb", "-Y", encrypted ? "2" : "0", "-2", home + "/pem", "-4", "-H", "-E", "-A",
                                                "-u", "1", "-g", home + "/pid" + std::to_string(port)}, port);
    REQUIRE(server.ready());
    const auto at = "127.0.0.1:" + std::to_string(port);
    auto probe = share_probe((encrypted ? "ftpes://" : "ftp://") + at + "/", "harbour");
    if (encrypted) {
      const auto stranger = read(probe, secrets);
      INFO(stranger.detail);
      CHECK(stranger.outcome == Outcome::unreadable);
      CHECK(says(stranger, "vouched for by nobody"));
      REQUIRE(stranger.presented_pin.starts_with("sha256//"));
      probe.pin = stranger.presented_pin;
    }
    check_both(probe, secrets);
    if (encrypted) {
      const auto refused = read(probe, one_secret("wrong-" + planted));
      CHECK(says(refused, "refuses"));
      CHECK_FALSE(says(refused, planted));
      auto plain = probe;
      plain.url = "ftp://" + at + "/";
      const auto open = read(plain, secrets);
      INFO(open.detail);
      CHECK(open.outcome == Outcome::unreadable);
      CHECK(says(open, "lets nobody in without encryption: begin the address with ftpes://"));
    }
    for (const auto* hidden : {"no/such/folder/", "shut/", "blind/"}) {
      auto elsewhere = probe;
      elsewhere.url += hidden;
      const auto seen = read(elsewhere, secrets);
      INFO(hidden << seen.detail);
      CHECK(says(seen, "no such folder"));
      CHECK(says(seen, "may not see it"));
      CHECK(seen.history_count < 0);  // nothing is said to be gone
    }
    probe.url += "bare/";
    const auto bare = read(probe, secrets);
    CHECK(says(bare, "This folder shows no name at all: what was in it is gone, or the account of this probe may not see it."));
    CHECK(bare.history_count == 0);
  }
  {  // the password is refused also where it goes in the open
    const auto port = free_port();
    const Server server("/usr/sbin/pure-ftpd", {"-S", "127.0.0.1," + std::to_string(port), "-l", "puredb:" + home + "/users.pdb", "-Y", "0", "-4", "-H", "-E", "-A", "-u", "1", "-g", home + "/pid-last"}, port);
    REQUIRE(server.ready());
    const auto refused = read(share_probe("ftp://127.0.0.1:" + std::to_string(port) + "/", "harbour"), one_secret("wrong-" + planted));
    INFO(refused.detail);
    CHECK(says(refused, "“127.0.0.1” refuses the account and password or key."));
    CHECK_FALSE(says(refused, planted));
  }
  CHECK(says(read(share_probe("ftp://ftp.example.com/", "harbour"), secrets), "not sent"));
}

TEST_CASE("Windows shares are read with smbclient, and the password is in no argument") {
  if (!fs::exists("/usr/sbin/smbd") || !fs::exists("/usr/bin/smbclient") || ::geteuid() != 0) { WARN("samba or smbclient is not installed, or this is not root: skipped"); return; }
  const auto share = share_of_two_macs();
  REQUIRE(run_tool("/bin/sh", {"-c", "chmod -R a+rX " + share}) == 0);
  const auto home = fresh_folder();
  const auto port = free_port();
  std::string config = "[global]\nsmb ports = " + std::to_string(port) + "\nbind interfaces only = yes\ninterfaces = lo\nlog file = " + home + "/log\npassdb backend = smbpasswd:" + home +
                       "/users\nmap to guest = never\ndisable spoolss = yes\nload printers = no\nserver role = standalone\nncalrpc dir = " + home + "/ncalrpc\n";
  for (const char* name : {"private dir", "lock directory", "state directory", "cache directory", "pid directory"}) config += std::string(name) + " = " + home + "\n";
  config += "[tm]\npath = " + fs::path(share).parent_path().string() + "\nread only = yes\n";
  const auto conf = in_folder(home, "smb.conf", config);
  put(home + "/users", "");
  REQUIRE(run_tool("/bin/sh", {"-c", "printf '" + planted + "\\n" + planted + "\\n' | smbpasswd -c " + conf + " -s -a nobody >/dev/null 2>&1"}) == 0);
  const Server server("/usr/sbin/smbd", {"-s", conf, "--foreground", "-d", "0"}, port);
  REQUIRE(server.ready());
  const auto at = "smb://127.0.0.1:" + std::to_string(port) + "/";
  const auto folder = "tm/" + fs::path(share).filename().string();
  const auto secrets = one_secret(planted);
  check_both(share_probe(at + folder, "nobody"), secrets);
  const auto seen = read(share_probe(at + folder + "/Front%20Desk.sparsebundle", "nobody"), secrets);
  CHECK(seen.outcome == Outcome::read);
  CHECK(seen.bytes_total > 0);
  CHECK(says(read(share_probe(at + folder, "nobody"), one_secret("wrong")), "refuses"));
  CHECK(says(read(share_probe(at + "tx", "nobody"), secrets), "no such share"));
  CHECK(says(read(share_probe(at + "tm/nowhere", "nobody"), secrets), "no such folder"));
  CHECK(says(read(share_probe(at + "tm/a%22;%20del%20*", "nobody"), secrets), "characters"));
  CHECK(says(read(share_probe("smb://127.0.0.1:" + std::to_string(free_port()) + "/tm", "nobody"), secrets), "Nothing answers"));
  CHECK(says(read(share_probe("smb://127.0.0.1/", "nobody"), secrets), "names no share"));
}

TEST_CASE("Lists of files in every form are read, and no name in them leads out of the folder") {
  const auto facts = parse_mlsd("type=cdir;modify=20261124080000; .\r\ntype=dir;modify=20240203040506.123;perm=el; Mac  Mini.sparsebundle\r\nmodify=2024;type=file; a/b\r\nType=file;Modify=20240203040506; x\r\nnonsense\r\n");
  REQUIRE(facts.size() == 2);
  CHECK(facts[0].name == "Mac  Mini.sparsebundle");
  CHECK(facts[0].folder);
  CHECK(to_text(facts[0].modified) == "2024-02-03T04:05:06Z");
  CHECK(facts[1].name == "x");
  CHECK(parse_names(".\n..\n./One.sparsebundle\r\nTwo three\n/etc/passwd\n\n").size() == 2);
  const auto listing = parse_smb_listing(
      "  .                                   D        0  Tue Nov 24 12:07:20 2026\n"
      "  M\xC3\xBCller & Co with a really long name 0F1E2D3C-AA.sparsebundle      D        0  Tue Nov  3 12:07:20 2026\n"
      "  big file of some length for you.bin      N 123456789  Tue Nov 24 12:07:20 2026\n"
      "  Mac A                               D        0  Tue Nov 24 12:07:20 2026\n"
      "  nonsense\n\n\t\t264212084 blocks of size 1024. 79357488 blocks available\n");
  REQUIRE(listing.entries.size() == 3);
  CHECK(listing.entries[0].name == "M\xC3\xBCller & Co with a really long name 0F1E2D3C-AA.sparsebundle");
  CHECK(listing.entries[0].folder);
  CHECK(to_text(listing.entries[0].modified) == "2026-11-03T12:07:20Z");
  CHECK(listing.entries[1].name == "big file of some length for you.bin");
  CHECK_FALSE(listing.entries[1].folder);
  CHECK(listing.entries[2].name == "Mac A");
  CHECK(listing.bytes_free == 79357488LL * 1024);
  CHECK(parse_smb_listing("\t\t9223372036854775807 blocks of size 1024. 1 blocks available\n").bytes_total == -1);
}
