// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>

namespace mainstay {

/// True where the desktop's keyring can be asked: libsecret's own program `secret-tool` is installed. Nothing is loaded and no start is slower for it.
bool has_keyring();
/// The secret kept under that name in the user's keyring; nothing where there is none, no keyring, or it stays locked. The desktop may ask the user to unlock it. Throws Error{io} where it
/// does not answer within seconds, and at once for a while after that.
std::optional<std::string> keyring_secret(const std::string& name);
/// Keeps a secret; it goes to the program's input, never into its arguments. Throws Error{refused} where there is no keyring, Error{io} where it takes nothing within
/// seconds.
void keep_in_keyring(const std::string& name, const std::string& secret);
/// Takes it out; true where one was there. Throws Error{io} where it does not answer.
bool forget_in_keyring(const std::string& name);

}  // namespace mainstay
