// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <optional>
#include <string>

namespace mainstay {

/// Gives the secret kept under a name, or nothing. Secrets are never written to plans, logs, reports or error texts.
using Secrets = std::function<std::optional<std::string>(const std::string& name)>;

/// Looks in the environment variable `MAINSTAY_SECRET_<NAME>` (upper case, other characters as `_`), then in the file
/// `mainstay/secrets` of the user's settings (or `MAINSTAY_SECRETS_FILE`), lines of `name=value`. Throws Error{refused} when others can read the file.
Secrets system_secrets();
/// The text with each secret in it replaced by `•••`.
std::string without_secret(std::string text, const std::string& secret);

}  // namespace mainstay
