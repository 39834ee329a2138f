// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

/// Gives the secret kept under a name, or nothing. Secrets are never written to plans, logs, reports or error texts.
/// Called from probe workers, so it must be safe to call from several threads at once.
using Secrets = std::function<std::optional<std::string>(const std::string& name)>;

/// Looks in the environment variable `MAINSTAY_SECRET_<NAME>` (upper case, other characters as `_`), then in the file
/// `mainstay/secrets` of the user's settings (or `MAINSTAY_SECRETS_FILE`), lines of `name=value`, then in the desktop's keyring, which is asked at most every half minute for the same
/// name, however many probes want it. The look-up throws
/// Error{refused} when others can read the file; probes turn that into an unreadable observation with the same sentence.
Secrets system_secrets();
/// The name of the environment variable that may hold a secret: `MAINSTAY_SECRET_` and the name in upper case.
std::string secret_variable(const std::string& name);
/// The path of the file that may hold secrets.
std::string secrets_file();
/// Keeps a secret for later: in the keyring where it takes it, else in the file, for this user alone. Returns a sentence on where. Throws Error{bad_value} for a name or secret that no line can hold,
/// Error{refused, io}.
std::string keep_secret(const std::string& name, const std::string& secret);
/// Takes a secret out of keyring and file; true where one was there. One in the environment stays.
bool forget_secret(const std::string& name);
/// Where the secret of that name is found, in a sentence that does not show it; empty where nowhere.
std::string where_secret_is(const std::string& name);
/// The text with each secret in it replaced by `•••`. For what others wrote.
std::string without_secret(std::string text, const std::string& secret);
/// The same for a sentence of ours, in which what others wrote stands in “…”: a secret of a few letters, which our own words may
/// hold as well, is masked only there; one of one or two letters only where it stands alone.
std::string sentence_without_secret(std::string sentence, const std::string& secret);
/// The text with the values of what looks like a session key, token or password masked, in JSON, XML, forms and headers.
std::string without_tokens(std::string_view text);

}  // namespace mainstay
