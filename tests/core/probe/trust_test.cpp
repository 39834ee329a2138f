// SPDX-License-Identifier: MIT
// Whom Mainstay believes: certificates, pins and host keys, against real servers on loopback.
#include <unistd.h>

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/probe/fetch.h"
#include "core/probe/known_hosts.h"
#include "core/probe/shown_key.h"
#include "tests/core/probe/local_server.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;
namespace fs = std::filesystem;

namespace {

const std::string planted = "planted-secret-9921";
const Secrets nas_secret = [](const std::string&) { return std::optional<std::string>(planted); };

std::string nginx_config(const std::string& home, std::uint16_t port, const std::string& share) {
  return std::string(::geteuid() == 0 ? "user root;\n" : "") + "daemon off; master_process off; pid " + home + "/pid; error_log " + home + "/error.log;\nevents {}\nhttp { log_format full '$request $http_authorization';" +
         " access_log " + home + "/access.log full; client_body_temp_path " + home + "/b; proxy_temp_path " + home + "/p; fastcgi_temp_path " + home + "/f; uwsgi_temp_path " + home +
         "/u; scgi_temp_path " + home + "/s;\nserver { listen 127.0.0.1:" + std::to_string(port) + " ssl; ssl_certificate " + home + "/cert; ssl_certificate_key " + home +
         "/key; location / { root " + share + "; autoindex on; autoindex_format json; } } }\n";
}

Probe nas_probe(std::uint16_t port, const std::string& pin = {}) {
  auto probe = time_machine_probe("https://127.0.0.1:" + std::to_string(port) + "/", "Front Desk");
  probe.account = "harbour";
  probe.secret_name = "nas";
  probe.pin = pin;
  return probe;
}

}  // namespace

TEST_CASE("A NAS's own certificate is refused before anything is sent, and believed once its key is trusted, until the key changes") {
  if (!fs::exists("/usr/sbin/nginx") || !fs::exists("/usr/bin/openssl")) { WARN("nginx or openssl is not installed: skipped"); return; }
  const auto home = fresh_folder(), share = share_of_two_macs();
  REQUIRE(make_certificate(home, "diskstation.local"));
  const auto port = free_port();
  const auto config = in_folder(home, "nginx.conf", nginx_config(home, port, share));
  std::string pin;
  {
    const Server server("/usr/sbin/nginx", {"-p", home, "-c", config}, port);
    REQUIRE(server.ready());
    const auto stranger = read(nas_probe(port), nas_secret);
    INFO(stranger.detail);
    CHECK(stranger.outcome == Outcome::unreadable);
    CHECK(says(stranger, "vouched for by nobody"));
    CHECK(says(stranger, ":"));
    pin = pin_in(stranger.presented_pin);
    CHECK(pin.starts_with("sha256//"));
    const auto fingerprint = fingerprint_in(stranger.presented_pin);
    CHECK(fingerprint.size() == 95);
    CHECK(says(stranger, fingerprint));  // what is shown to compare is what the sentence says to compare
    CHECK(pin.find(';') == std::string::npos);
    CHECK(read_file(home + "/access.log").empty());  // no request, so no password

    const auto trusted = read(nas_probe(port, pin), nas_secret);
    INFO(trusted.detail);
    CHECK(trusted.outcome == Outcome::read);
    CHECK(trusted.presented_pin.empty());
    CHECK(trusted.took_ms >= 0);
    CHECK(trusted.reply.find("plist") != std::string::npos);
    CHECK(trusted.reply.find(planted) == std::string::npos);
  }
  fs::remove(home + "/access.log");
  REQUIRE(make_certificate(home, "diskstation.local"));
  const Server changed("/usr/sbin/nginx", {"-p", home, "-c", config}, port);
  REQUIRE(changed.ready());
  const auto seen = read(nas_probe(port, pin), nas_secret);
  INFO(seen.detail);
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK(says(seen, "does not have the key that is trusted"));
  CHECK(seen.presented_pin.starts_with("sha256//"));
  CHECK(seen.presented_pin != pin);
  CHECK(replaced_in(seen.presented_pin) == pin);  // both are there to be shown side by side
  CHECK(pin_in(seen.presented_pin).starts_with("sha256//"));
  CHECK(pin_in(seen.presented_pin) != pin);
  CHECK(fingerprint_in(seen.presented_pin).size() == 95);
  CHECK(read_file(home + "/access.log").empty());
  CHECK(read(nas_probe(port, "nonsense"), nas_secret).outcome == Outcome::unreadable);
}

TEST_CASE("A handle that believed one key for one probe does not believe it for the next") {
  if (!fs::exists("/usr/sbin/nginx") || !fs::exists("/usr/bin/openssl")) { WARN("nginx or openssl is not installed: skipped"); return; }
  const auto home = fresh_folder();
  REQUIRE(make_certificate(home));
  const auto port = free_port();
  const Server server("/usr/sbin/nginx", {"-p", home, "-c", in_folder(home, "nginx.conf", nginx_config(home, port, share_of_two_macs()))}, port);
  REQUIRE(server.ready());
  Fetch fetch;
  WebRequest request;
  request.url = "https://127.0.0.1:" + std::to_string(port) + "/";
  fetch.begin(std::chrono::seconds(10), {});
  CHECK_FALSE(fetch.send(request).answered());
  const auto pin = fetch.presented_pin();
  for (int i = 0; i < 2; ++i) {
    fetch.begin(std::chrono::seconds(10), {});
    fetch.trust(pin);
    CHECK(fetch.send(request).answered());
    fetch.begin(std::chrono::seconds(10), {});
    CHECK_FALSE(fetch.send(request).answered());
    fetch.begin(std::chrono::seconds(10), {});
    fetch.trust("sha256//" + std::string(43, 'A') + "=");
    CHECK_FALSE(fetch.send(request).answered());
  }
}

TEST_CASE("A key that was shown is kept with its fingerprint, and with the one before where it is another") {
  CHECK(replaced_in(shown_key("SHA256:new", "")).empty());
  CHECK(fingerprint_in(shown_key("SHA256:new", "")) == "SHA256:new");
  const auto changed = shown_key("SHA256:new", "", "SHA256:old;SHA256:older");
  CHECK(pin_in(changed) == "SHA256:new");
  CHECK(fingerprint_in(changed) == "SHA256:new");
  CHECK(replaced_in(changed) == "SHA256:old;SHA256:older");
  CHECK(replaced_in(shown_key("sha256//a", "AA:BB")).empty());
  CHECK(shown_key("", "AA:BB", "sha256//b").empty());
}

TEST_CASE("known_hosts is read as ssh reads it: names, ports, wildcards, hashes, revocations") {
  const std::string kind = "ssh-ed25519", key = std::string("\0\0\0\x0b", 4) + kind + std::string("\0\0\0\x03" "abc", 7), other = std::string("\0\0\0\x0b", 4) + kind + std::string("\0\0\0\x03" "xyz", 7);
  const std::string line_key = "AAAAC3NzaC1lZDI1NTE5AAAAA2FiYw==";
  const auto line = [&](const std::string& names) { return names + " ssh-ed25519 " + line_key + " comment\n"; };
  CHECK(look_up_host(line("nas.local"), "NAS.local", "22", key) == KnownHost::known);
  CHECK(look_up_host(line("other,nas.local"), "nas.local", "22", key) == KnownHost::known);
  CHECK(look_up_host(line("nas.local"), "nas.local", "2222", key) == KnownHost::unknown);
  CHECK(look_up_host(line("[nas.local]:2222"), "nas.local", "2222", key) == KnownHost::known);
  CHECK(look_up_host(line("*.local"), "nas.local", "22", key) == KnownHost::known);
  CHECK(look_up_host(line("*.local,!nas.local"), "nas.local", "22", key) == KnownHost::unknown);
  CHECK(look_up_host(line("nas.local"), "nas.local", "22", other) == KnownHost::changed);
  CHECK(look_up_host(line("nas.local") + "@revoked * ssh-ed25519 " + line_key + "\n", "nas.local", "22", key) == KnownHost::revoked);
  CHECK(look_up_host("nas.local ssh-rsa AAAAB3NzaC1yc2E=\n", "nas.local", "22", key) == KnownHost::unknown);  // another kind of key says nothing against this one
  CHECK(look_up_host("@cert-authority * ssh-ed25519 " + line_key + "\n", "nas.local", "22", key) == KnownHost::unknown);
  CHECK(look_up_host("|1|AAAA\n|\n\n# x\nnas.local\nnas.local ssh-ed25519\nnas.local ssh-ed25519 %%%\n", "nas.local", "22", key) == KnownHost::changed);
  CHECK(look_up_host("", "nas.local", "22", std::string()) == KnownHost::unknown);
  if (!fs::exists("/usr/bin/ssh-keygen")) return;
  const auto home = fresh_folder();
  put(home + "/hosts", line("[nas.local]:2222"));
  REQUIRE(run_tool("/usr/bin/ssh-keygen", {"-H", "-f", home + "/hosts"}) == 0);
  const auto hashed = read_file(home + "/hosts");
  CHECK(hashed.find("nas.local") == std::string::npos);
  CHECK(look_up_host(hashed, "nas.local", "2222", key) == KnownHost::known);
  CHECK(look_up_host(hashed, "nas.local", "22", key) == KnownHost::unknown);
}
