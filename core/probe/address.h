// SPDX-License-Identifier: MIT
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace mainstay {

/// The parts of an address that decide where a request goes.
struct WebAddress {
  std::string scheme, host, port;
  std::string path;     ///< as written, begins with `/`
  std::string problem;  ///< a sentence where the address cannot be used; then the rest is empty
  std::string origin() const { return scheme + "://" + host + ":" + port; }
};
/// Reads a http or https address; refuses other schemes and addresses with a password inside.
WebAddress parse_address(const std::string& text);
/// The same for an address of one of these schemes; `problem` names what is wrong with it.
WebAddress parse_address(const std::string& text, std::initializer_list<std::string_view> schemes);
/// The scheme in lower case, `sftp` of `SFTP://…`; empty where the text has none.
std::string scheme_of(std::string_view address);
/// True for this computer and the local network: names without a dot, `.local` and the like, private and loopback numbers.
bool is_local_host(std::string_view host);
/// `host:port` of an address with a computer in it, the unit that a limit per host counts; empty for a folder or a command.
std::string host_key(const std::string& address);

/// An address without the user and password that may stand in it.
std::string without_login(const std::string& address);

}  // namespace mainstay
