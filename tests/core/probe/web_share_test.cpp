// SPDX-License-Identifier: MIT
// Time Machine bundles read from real web servers on loopback, and from servers that misbehave.
#include <unistd.h>

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/probe/share.h"
#include "tests/core/probe/local_server.h"
#include "tests/core/probe/time_machine_folder.h"
#include "tests/support/replay_server.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;
namespace fs = std::filesystem;

namespace {

const std::string planted = "planted-secret-5417";

void check_both_macs(const std::string& url, const Secrets& secrets = no_secrets, const std::string& account = {}) {
  for (const auto& [item, point] : {std::pair<std::string, std::string>{"FRONT DESK", "2026-11-24T08:00:00Z"}, {"M\xC3\xBCller & Co", "2026-11-03T08:00:00Z"}}) {
    auto probe = time_machine_probe(url, item);
    probe.account = account;
    if (!account.empty()) probe.secret_name = "nas";
    const auto seen = read(probe, secrets);
    INFO(url << " " << item << ": " << seen.detail);
    CHECK(seen.outcome == Outcome::read);
    CHECK(to_text(seen.last_point) == point);
  }
}

const std::string front = "/tm/Front%20Desk.sparsebundle/";
const CannedReply listing{200, R"([{"name":"Front Desk.sparsebundle","type":"directory","mtime":"Tue, 24 Nov 2026 04:05:06 GMT"}])", "application/json", {}};

/// A server whose index lists one Mac, with its history as given.
ReplayOptions index_with(const std::vector<CannedReply>& histories) {
  ReplayOptions options;
  options.canned["PROPFIND /tm/"] = {{405, "", "text/html", {}}};
  options.canned["GET /tm/"] = {listing};
  options.canned["GET " + front + history_name] = histories;
  return options;
}

CannedReply xml(const std::string& body) { return {200, body, "text/xml", {}}; }

}  // namespace

TEST_CASE("nginx serves the share as JSON, XML, HTML and WebDAV, and all tell the same") {
  if (!fs::exists("/usr/sbin/nginx")) { WARN("nginx is not installed: skipped"); return; }
  const auto share = share_of_two_macs();
  const auto home = fresh_folder();
  const auto port = free_port();
  const bool dav = fs::exists("/usr/lib/nginx/modules/ngx_http_dav_ext_module.so");
  const auto where = [&](const std::string& name, const std::string& how) { return "location /" + name + "/ { alias " + share + "/; " + how + " }\n"; };
  const auto config = in_folder(home, "nginx.conf",
                                (dav ? std::string("load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;\n") : std::string()) + (::geteuid() == 0 ? "user root;\n" : "") +
                                    "daemon off; worker_processes 1; pid " + home + "/pid; error_log " + home + "/error.log;\nevents {}\nhttp { access_log off; client_body_temp_path " +
                                    home + "/b; proxy_temp_path " + home + "/p; fastcgi_temp_path " + home + "/f; uwsgi_temp_path " + home + "/u; scgi_temp_path " + home +
                                    "/s;\nserver { listen 127.0.0.1:" + std::to_string(port) + ";\n" + where("json", "autoindex on; autoindex_format json;") +
                                    where("xml", "autoindex on; autoindex_format xml;") + where("html", "autoindex on;") +
                                    (dav ? where("dav", "dav_ext_methods PROPFIND OPTIONS;") : "") + "} }\n");
  const Server server("/usr/sbin/nginx", {"-p", home, "-c", config}, port);
  REQUIRE(server.ready());
  const auto base = "http://127.0.0.1:" + std::to_string(port);
  for (const char* way : {"/json/", "/xml", "/html/"}) check_both_macs(base + way);
  if (dav) check_both_macs(base + "/dav/");
  else WARN("nginx has no WebDAV module here: that part was skipped");
  CHECK(read(time_machine_probe(base + "/json/Front%20Desk.sparsebundle")).outcome == Outcome::read);
  CHECK(read(time_machine_probe(base + "/nowhere/", "Front Desk")).outcome == Outcome::unreadable);
  CHECK(read(time_machine_probe(base + "/nowhere/", "Front Desk")).history_count == -1);
  fs::remove_all(share + "/Front Desk.sparsebundle");  // from one that answers
  for (const char* way : {"/json/", "/xml/", "/html/", "/json/Front%20Desk.sparsebundle", "/dav/", "/dav/Front%20Desk.sparsebundle"}) {
    if (!dav && std::string(way).starts_with("/dav")) continue;
    const auto seen = read(time_machine_probe(base + way, "Front Desk"));
    INFO(way << ": " << seen.detail);
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK(seen.history_count == 0);
  }
  for (const auto& left : {"/M\xC3\xBCller & Co 0F1E2D3C-AA.sparsebundle", "/notes.txt"}) fs::remove_all(share + left);
  for (const char* way : {"/json/", "/xml/", "/html/", "/dav/"}) {
    if (!dav && std::string(way) == "/dav/") continue;
    const auto seen = read(time_machine_probe(base + way, "Front Desk"));
    INFO(way << ": " << seen.detail);
    CHECK(seen.history_count == 0);
  }
}

TEST_CASE("Apache's WebDAV with a password tells the same, and the password is in no sentence") {
  const std::string modules = "/usr/lib/apache2/modules/";
  if (!fs::exists("/usr/sbin/apache2") || !fs::exists(modules + "mod_dav_fs.so")) { WARN("Apache with WebDAV is not installed: skipped"); return; }
  const auto share = share_of_two_macs();
  const auto home = fresh_folder();
  fs::permissions(home, fs::perms(0755));
  const auto port = free_port();
  const auto users = in_folder(home, "users", "harbour:{SHA}wAnatZ9ucX+KwvhU11ds7hb8wK0=\n");
  std::string config;
  for (const char* name : {"mpm_event", "authz_core", "authz_user", "authn_core", "authn_file", "auth_basic", "alias", "dav", "dav_fs"})
    if (fs::exists(modules + "mod_" + name + ".so")) config += std::string("LoadModule ") + name + "_module " + modules + "mod_" + name + ".so\n";
  config += "ServerName 127.0.0.1\nListen 127.0.0.1:" + std::to_string(port) + "\nPidFile " + home + "/pid\nErrorLog " + home + "/error.log\nDefaultRuntimeDir " + home + "\n" +
            (::geteuid() == 0 ? "User www-data\nGroup www-data\n" : "") + "DavLockDB " + home + "/lock\nAlias /tm " + share + "\n<Directory " + share +
            ">\nDav On\nAuthType Basic\nAuthName nas\nAuthUserFile " + users + "\nRequire valid-user\n</Directory>\n";
  const Server server("/usr/sbin/apache2", {"-D", "FOREGROUND", "-d", home, "-f", in_folder(home, "apache.conf", config)}, port);
  REQUIRE(server.ready());
  const auto base = "http://127.0.0.1:" + std::to_string(port) + "/tm";
  const auto secrets = [](const std::string&) { return std::optional<std::string>(planted); };
  check_both_macs(base, secrets, "harbour");  // also follows Apache's redirect to the slash form
  auto wrong = time_machine_probe(base, "Front Desk");
  wrong.account = "somebody";
  wrong.secret_name = "nas";
  const auto refused = read(wrong, secrets);
  CHECK(refused.outcome == Outcome::unreadable);
  CHECK(says(refused, "user and password"));
  CHECK_FALSE(says(refused, planted));
}

TEST_CASE("The lists that real servers gave are understood") {
  for (const char* name : {"webdav_propfind_apache.xml", "webdav_propfind_rclone.xml", "nginx_autoindex.json"}) {
    const auto path = shared_data(std::string("backup/") + name);
    if (path.empty()) { WARN(name << " is not here: skipped"); continue; }
    const auto bytes = read_file(path);
    const auto entries = std::string(name).ends_with(".json") ? parse_index_page(bytes) : parse_multistatus(bytes, "/tm/").entries;
    INFO(name);
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].name == "MacBook Pro.sparsebundle");
    CHECK(entries[0].folder);
    CHECK(to_text(entries[0].modified) == "2024-02-03T04:05:06Z");
    CHECK(entries[1].name == "\xC3\x9Cn\xC3\xAF" "code & <x>.backupbundle");
  }
}

TEST_CASE("Only properties that the server vouches for count, and no name leads out of the folder") {
  const auto entries = parse_multistatus(
      "<a:multistatus xmlns:a='DAV:'><a:response><a:href>http://nas/tm/</a:href></a:response>"
      "<a:response><a:href>/tm/A%2Fb.sparsebundle/</a:href></a:response><a:response><a:href>/tm/%2e%2e</a:href></a:response>"
      "<a:response><a:href>/tm/Mac.sparsebundle</a:href><a:propstat><a:prop><a:getlastmodified>Sat, 03 Feb 2024 04:05:06 GMT</a:getlastmodified></a:prop>"
      "<a:status>HTTP/1.1 404 Not Found</a:status></a:propstat></a:response></a:multistatus>", "/tm/").entries;
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].name == "Mac.sparsebundle");
  CHECK_FALSE(entries[0].modified);
  CHECK_THROWS_AS(parse_multistatus("<html/>", "/"), Error);
  CHECK_THROWS_AS(parse_index_page("{\"error\":1}"), Error);
  CHECK_THROWS_AS(parse_index_page("[{\"name\":"), Error);
}

TEST_CASE("A file that is gone for a moment on a web share is read at the second look") {
  const ReplayServer server(index_with({{404, "", "text/html", {}}, xml(history({"2026-11-24T08:00:00Z"}))}));
  CHECK(read(time_machine_probe(server.url() + "/tm/")).outcome == Outcome::read);
  const ReplayServer cut(index_with({xml("<?xml version=\"1.0\"?><plist><dict>"), xml(history({"2026-11-24T08:00:00Z"}))}));
  CHECK(read(time_machine_probe(cut.url() + "/tm")).outcome == Outcome::read);
  const ReplayServer gone(index_with({{404, "", "text/html", {}}}));
  CHECK(read(time_machine_probe(gone.url() + "/tm")).outcome == Outcome::unreadable);
}

TEST_CASE("A sign-in page in place of the folder or of the history is not read as anything") {
  const CannedReply page{200, "<html><body><a href=\"/login\">Sign in</a></body></html>", "text/html", {}};
  const ReplayServer history_page(index_with({page}));
  CHECK(read(time_machine_probe(history_page.url() + "/tm")).outcome == Outcome::unreadable);
  ReplayOptions options;
  options.canned["PROPFIND /tm/"] = options.canned["GET /tm/"] = {page};
  const ReplayServer folder_page(std::move(options));
  CHECK(read(time_machine_probe(folder_page.url() + "/tm")).outcome == Outcome::unreadable);
}

TEST_CASE("No redirect leads to another host, another port or a file, and no password travels there") {
  const ReplayServer other({});
  const auto secrets = [](const std::string&) { return std::optional<std::string>(planted); };
  const std::vector<std::string> targets = {other.url() + "/tm/", "http://localhost:1/tm/", "file:///etc/passwd", "ftp://127.0.0.1/x", "https://127.0.0.1/" + planted};
  ReplayOptions options;
  std::vector<std::string> paths;
  for (const auto& target : targets)
    for (const int status : {301, 302, 303, 307, 308}) {
      paths.push_back("/" + std::to_string(paths.size()) + "/");
      options.canned["PROPFIND " + paths.back()] = options.canned["GET " + paths.back()] = {{status, "", "text/html", {{"Location", target}}}};
    }
  const ReplayServer sends_on(std::move(options));
  for (const auto& path : paths) {
    auto probe = time_machine_probe(sends_on.url() + path, "Front Desk");
    probe.account = "harbour";
    probe.secret_name = "nas";
    const auto seen = read(probe, secrets);
    INFO(path << ": " << seen.detail);
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK(says(seen, "does not follow"));
    CHECK_FALSE(says(seen, planted));
  }
  CHECK(other.seen().empty());
  ReplayOptions circle;
  circle.canned["PROPFIND /tm/"] = {{302, "", "text/html", {{"Location", "/tm/"}}}};
  const ReplayServer server(std::move(circle));
  CHECK(says(read(time_machine_probe(server.url() + "/tm/")), "without an end"));
  auto signed_in = time_machine_probe(server.url() + "/tm/");
  signed_in.account = "harbour";
  signed_in.secret_name = "nas";
  CHECK(says(read(signed_in, secrets), "without an end"));  // curl puts the account into the address that it is sent on to
}

