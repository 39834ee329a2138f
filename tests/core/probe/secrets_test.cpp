// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/probe/keyring.h"
#include "core/probe/secrets.h"
#include "tests/support/plans.h"

using namespace mainstay;
namespace fs = std::filesystem;

namespace {

/// A folder of programs before all others, and a secrets file of its own, as long as it lives.
struct Place {
  fs::path home = testing::fresh_folder(), tools = home / "tools", kept = home / "kept";
  std::string path_before = std::getenv("PATH");
  Place() {
    fs::create_directories(tools);
    fs::create_directories(kept);
    ::setenv("MAINSTAY_SECRETS_FILE", (home / "secrets").c_str(), 1);
  }
  ~Place() {
    ::setenv("PATH", path_before.c_str(), 1);
    ::unsetenv("MAINSTAY_SECRETS_FILE");
  }
  /// A program with secret-tool's manners: `store --label=… key value…` reads its input, `lookup` prints without a line break or exits 1, `clear` takes out. It notes each call.
  void keyring(const std::string& more = {}) {
    std::ofstream(tools / "secret-tool") << "#!/bin/sh\necho \"$*\" >> '" << (home / "calls").string() << "'\n" << more
                                         << "\naction=$1; shift\nwhile [ $# -gt 1 ]; do name=$2; [ \"$1\" = name ] && break; shift; done\nfile='" << kept.string()
                                         << "'/$name\ncase $action in\nstore) cat > \"$file\" ;;\nlookup) [ -f \"$file\" ] || exit 1; cat \"$file\" ;;\nclear) rm -f \"$file\" ;;\nesac\n";
    fs::permissions(tools / "secret-tool", fs::perms::owner_all);
    ::setenv("PATH", (tools.string() + ":" + path_before).c_str(), 1);
  }
  std::string calls() const { return fs::exists(home / "calls") ? read_file(home / "calls") : std::string(); }
};

}  // namespace

TEST_CASE("a secret goes into the keyring, never into a program's arguments, and comes back from there") {
  Place it;
  it.keyring();
  CHECK(keep_secret("shop-nas", "p w'\"$(x)").find("keyring") != std::string::npos);
  CHECK(it.calls().find("p w") == std::string::npos);
  CHECK(it.calls().find("application mainstay name shop-nas") != std::string::npos);
  CHECK(system_secrets()("shop-nas") == "p w'\"$(x)");
  CHECK_FALSE(fs::exists(it.home / "secrets"));
  CHECK(where_secret_is("shop-nas").find("keyring") != std::string::npos);
  CHECK(where_secret_is("shop-nas").find("p w") == std::string::npos);
  CHECK_FALSE(system_secrets()("other"));
  CHECK(forget_secret("shop-nas"));
  CHECK_FALSE(system_secrets()("shop-nas"));
  CHECK_FALSE(forget_secret("shop-nas"));
}

TEST_CASE("environment and file go before the keyring, and the keyring's newer word replaces the file's") {
  Place it;
  it.keyring();
  std::ofstream(it.home / "secrets") << "# mine\nshop-nas=old\nother=2\n";
  ::chmod((it.home / "secrets").c_str(), 0600);
  std::ofstream(it.kept / "shop-nas") << "keyring\n";  // kept by hand, with a line break
  CHECK(system_secrets()("shop-nas") == "old");
  keep_secret("shop-nas", "new");
  CHECK(system_secrets()("shop-nas") == "new");
  CHECK(read_file(it.home / "secrets") == "# mine\nother=2\n");
  ::setenv("MAINSTAY_SECRET_SHOP_NAS", "environment", 1);
  CHECK(system_secrets()("shop-nas") == "environment");
  ::unsetenv("MAINSTAY_SECRET_SHOP_NAS");
}

TEST_CASE("many probes of one account ask the keyring once") {
  Place it;
  it.keyring();
  keep_secret("shop-nas", "pw");
  fs::remove(it.home / "calls");
  const auto secrets = system_secrets();
  std::vector<std::thread> probes;
  std::atomic<int> right = 0;
  for (int i = 0; i < 50; ++i) probes.emplace_back([&] { right += secrets("shop-nas") == "pw"; });
  for (auto& probe : probes) probe.join();
  CHECK(right == 50);
  const auto calls = it.calls();
  CHECK(std::count(calls.begin(), calls.end(), '\n') == 1);
}

TEST_CASE("a keyring that is locked or missing leaves the file, for this user alone") {
  Place it;
  it.keyring("exit 1");
  CHECK(keep_secret("shop-nas", "pw").find((it.home / "secrets").string()) != std::string::npos);
  CHECK(system_secrets()("shop-nas") == "pw");
  struct stat status {};
  REQUIRE(::stat((it.home / "secrets").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  keep_secret("shop-nas", "second");
  keep_secret("other", "third");
  CHECK(read_file(it.home / "secrets") == "shop-nas=second\nother=third\n");
  CHECK(forget_secret("shop-nas"));
  CHECK(read_file(it.home / "secrets") == "other=third\n");
}

TEST_CASE("a keyring that never answers is given up in seconds, is said to be the trouble, and leaves the file") {
  Place it;
  it.keyring("sleep 60\n");
  const auto began = std::chrono::steady_clock::now();
  const auto secrets = system_secrets();
  std::vector<std::thread> probes;
  std::atomic<int> told = 0;
  for (int i = 0; i < 20; ++i)
    probes.emplace_back([&, name = "nas-" + std::to_string(i)] {
      try {
        secrets(name);
      } catch (const Error& problem) {
        told += std::string(problem.what()).find("keyring does not answer") != std::string::npos;
      }
    });
  for (auto& probe : probes) probe.join();
  CHECK(told == 20);  // none is said to be missing
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(12));
  CHECK(keep_secret("shop-nas", "pw").find((it.home / "secrets").string()) != std::string::npos);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(30));
  CHECK(secrets("shop-nas") == "pw");
  it.keyring();
  CHECK(keep_secret("other", "pw2").find("keyring") != std::string::npos);  // it answers again
  CHECK(secrets("other") == "pw2");
}

TEST_CASE("a secret that was missing a moment ago is found as soon as it is kept") {
  Place it;
  it.keyring();
  const auto secrets = system_secrets();
  CHECK_FALSE(secrets("shop-nas"));
  keep_secret("shop-nas", "pw");
  CHECK(secrets("shop-nas") == "pw");
  keep_secret("shop-nas", "newer");
  CHECK(secrets("shop-nas") == "newer");
  forget_secret("shop-nas");
  CHECK_FALSE(secrets("shop-nas"));
}

TEST_CASE("a secret of a few letters is masked in what others wrote, and leaves our own words whole") {
  CHECK(sentence_without_secret("The time of the last backup is “t t” at “the table”.", "t") == "The time of the last backup is “••• •••” at “the table”.");
  CHECK(sentence_without_secret("The pass is “your pass: abc123x”, abc.", "abc") == "The pass is “your pass: •••123x”, abc.");
  CHECK(sentence_without_secret("It says “said “abc” so” and abc.", "abc") == "It says “said “•••” so” and abc.");
  CHECK(sentence_without_secret("a long-secret b “long-secret”", "long-secret") == "a ••• b “•••”");
  CHECK(sentence_without_secret("“abc”abc”abc", "abc") == "“•••”abc”abc");
  CHECK(sentence_without_secret("“nas.local”", "a") == "“nas.local”");
  CHECK(sentence_without_secret("x", "") == "x");
}

TEST_CASE("what no line can hold is no secret and no name") {
  Place it;
  it.keyring();
  for (const auto* name : {"", " x", "a=b", "#x", "two\nlines", "bad\xff"}) {
    INFO(name);
    CHECK_THROWS_AS(keep_secret(name, "pw"), Error);
  }
  CHECK_THROWS_AS(keep_secret("x", ""), Error);
  CHECK_THROWS_AS(keep_secret("x", "two\nlines"), Error);
  CHECK(it.calls().empty());
}
