// SPDX-License-Identifier: MIT
#include "core/probe/probe_qnap.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/xml.h"
#include "core/probe/json_reply.h"

namespace mainstay {
namespace {

/// An answer of the NAS, which is XML whatever happens. Throws Error with a sentence.
pugi::xml_document answer(const WebReply& reply, const std::string& host) {
  if (!reply.problem.empty()) cannot_read(reply.problem);
  const Args args{{"host", host}, {"status", reply.status}};
  if (reply.status == 401 || reply.status == 403) cannot_read(tr("“{host}” refuses the login: check the account and the secret of this probe.", args));
  if (reply.status != 200) cannot_read(tr("“{host}” answered with HTTP status {status}.", args));
  const auto text = trimmed(reply.body);
  if (text.empty()) cannot_read(tr("“{host}” answered with nothing: check that the address is that of the QNAP.", args));
  const auto start = lower_case(text.substr(0, 200));
  const bool page = start.find("<html") != std::string::npos || start.starts_with("<!doctype");
  if (!page && text.find("<QDocRoot") == std::string_view::npos) cannot_read(tr("“{host}” answered with something that is not what a QNAP says: check that the address is that of the QNAP.", args));
  if (page)
    cannot_read(tr("“{host}” answered with a web page instead of data: check that the address is that of the QNAP.", args));
  try {
    return parse_xml(reply.body, host);
  } catch (const Error&) {
    cannot_read(tr("The answer of “{host}” is cut short or damaged.", args));
  }
}

std::string value(const pugi::xml_node& node, const char* name) { return std::string(trimmed(node.child(name).text().get())); }

std::int64_t bytes(const std::string& text) {
  return text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos ? -1 : std::stoll(text);
}

/// A session with its key. The session ends by itself; QTS has no call in the documentation that ends it.
class Qts {
 public:
  Qts(const Probe& probe, ProbeContext& context) : context_(context), address_(service_address(probe)) {
    if (probe.account.empty()) cannot_read(tr("This probe has no account: enter a user of the QNAP that may see its state."));
    const auto secret = needed_secret(probe, context);
    const auto wrapped = base64(secret);
    context.fetch.hide(wrapped);
    WebRequest request;
    request.method = "POST";
    request.url = address_.base + "/cgi-bin/authLogin.cgi";
    request.headers = {"Content-Type: application/x-www-form-urlencoded"};
    request.body = form_of({{"user", probe.account}, {"pwd", wrapped}});
    request.carries_secret = true;
    auto sent = context.fetch.send(request);
    if (sent.status == 405 || sent.status == 501) {  // old firmware takes the login as a query alone
      request.method = "GET";
      request.url += "?" + std::exchange(request.body, {});
      request.headers.clear();
      sent = context.fetch.send(request);
    }
    const auto reply = answer(sent, host());
    const auto root = reply.child("QDocRoot");
    sid_ = value(root, "authSid");
    context.fetch.hide(sid_);
    const auto passed = value(root, "authPassed");
    const bool in = passed == "1" && !sid_.empty();
    if (in || passed == "0") context.fetch.note_login(in ? Fetch::Login::accepted : Fetch::Login::refused);
    if (in) return;
    if (passed != "0") cannot_read(tr("“{host}” does not say whether it accepts the login: check that the address is that of the QNAP.", {{"host", host()}}));
    cannot_read(tr("“{host}” refuses the account or its password, and locks out after several attempts.", {{"host", host()}}));
  }
  const std::string& host() const { return address_.host; }
  /// The answer; an empty document where this firmware does not know the question and that is `optional`.
  pugi::xml_document ask(const std::string& path_and_query, bool optional = false) {
    WebRequest request;
    request.url = address_.base + "/cgi-bin/" + path_and_query + "&sid=" + url_encoded(sid_);
    request.carries_secret = true;
    const auto sent = context_.fetch.send(request);
    if (optional && sent.answered() && sent.status == 404) return {};
    auto reply = answer(sent, host());
    if (value(reply.child("QDocRoot"), "authPassed") == "0") cannot_read(tr("“{host}” ended the session in the middle of the reading; try again.", {{"host", host()}}));
    return reply;
  }

 private:
  ProbeContext& context_;
  ServiceAddress address_;
  std::string sid_;
};

pugi::xml_node list_in(const pugi::xml_document& reply, std::string_view name) {
  return reply.child("QDocRoot").find_node([&](const pugi::xml_node& n) { return n.name() == name; });
}

void read_health(Qts& nas, Observation& seen, std::vector<std::string>& notes) {
  const auto health = nas.ask("management/manaRequest.cgi?subfunc=sysinfo&sysHealth=1");
  const auto state = value(health.child("QDocRoot").child("func").child("ownContent").child("sysHealth"), "status");
  seen.warned = seen.warned || !is_state_word(state);
  if (!is_state_word(state)) notes.push_back(tr("“{host}” does not say how its health is.", {{"host", nas.host()}}));
  else if (state == "good") notes.push_back(tr("“{host}” reports good health.", {{"host", nas.host()}}));
  else {
    seen.alarm = true;
    notes.push_back(tr("“{host}” reports its health as “{state}”: look at its storage manager.", {{"host", nas.host()}, {"state", state}}));
  }
}

bool is_fine(const std::string& state) {
  constexpr std::string_view fine[] = {"ok", "good", "normal", "ready"};
  return std::find(std::begin(fine), std::end(fine), lower_case(state)) != std::end(fine);
}

void read_disks(Qts& nas, Observation& seen, std::vector<std::string>& notes) {
  const auto disks = nas.ask("disk/qsmart.cgi?func=all_hd_data", true);
  const auto list = list_in(disks, "Disk_Info");
  if (!list.child("entry")) notes.push_back(tr("“{host}” does not say how its disks are.", {{"host", nas.host()}}));
  for (const auto& disk : list.children("entry")) {
    const auto health = value(disk, "Health");
    if (health.empty() || health == "--" || is_fine(health)) continue;
    seen.warned = true;
    seen.alarm = seen.alarm || is_state_word(health);  // what is no word was not understood, and is told all the same
    notes.push_back(tr("Disk {name} is reported as “{status}”.", {{"name", shown(value(disk, "HDNo"))}, {"status", shown(health)}}));
  }
}

void read_volumes(Qts& nas, Observation& seen, std::vector<std::string>& notes) {
  const auto usage = nas.ask("management/chartReq.cgi?chart_func=disk_usage&disk_select=all&include=all");
  std::map<std::string, std::string> labels;
  for (const auto& volume : list_in(usage, "volumeList").children("volume")) {
    labels[value(volume, "volumeValue")] = value(volume, "volumeLabel");
    const auto status = value(volume, "volumeStatus");
    if (!status.empty() && status != "0" && !is_fine(status)) {
      notes.push_back(tr("Volume “{name}” is reported as “{status}”.", {{"name", shown(value(volume, "volumeLabel"))}, {"status", shown(status)}}));
      seen.alarm = seen.alarm || is_state_word(status);
      seen.warned = true;
    }
  }
  std::int64_t total = 0, free = 0;
  for (const auto& use : list_in(usage, "volumeUseList").children("volumeUse")) {
    if (!labels.contains(value(use, "volumeValue"))) continue;  // the system's own
    const auto whole = bytes(value(use, "total_size")), left = bytes(value(use, "free_size"));
    if (whole <= 0 || left < 0 || left > whole || whole > INT64_MAX / 2 - total) continue;
    total += whole;
    free += left;
  }
  if (total > 0) {
    seen.bytes_total = total;
    seen.bytes_free = free;
    seen.bytes_used = total - free;
  }
}

}  // namespace

Observation probe_qnap(const Probe& probe, ProbeContext& context) {
  Qts nas(probe, context);
  Observation seen;
  seen.item = nas.host();
  std::vector<std::string> notes;
  for (const auto read : {read_health, read_volumes, read_disks}) {
    read(nas, seen, notes);
    seen.detail = join(notes, " ");
    context.so_far = seen;
  }
  seen.outcome = seen.alarm ? Observation::Outcome::failed : Observation::Outcome::read;
  notes.push_back(tr("When a backup job on it last ran cannot be read: QNAP documents no way to ask. Measure the job’s target, or let it ping a check."));
  seen.detail = join(notes, " ");
  return seen;
}

}  // namespace mainstay
