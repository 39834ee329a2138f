// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// A file of `db/` or `templates/` carried inside the program.
struct EmbeddedFile {
  std::string_view path;  ///< relative to the project's root, e.g. "templates/plans/shop.xml"
  std::string_view bytes;
};

/// Every embedded file, ordered by path; generated at build time.
std::span<const EmbeddedFile> embedded_files();

/// A template by its path below `templates/`. The folder `MAINSTAY_TEMPLATES`, or `mainstay/templates` in the user's data
/// directory, overrides or adds. Nothing where there is none.
std::optional<std::string> template_text(std::string_view path);
/// Reads every .xml template directly in a folder: `read(bytes, source, name)`. A file of the user's own that `read` refuses (Error) is passed over, the carried one of the
/// same name is read instead, and its sentence comes back: one bad file stops nothing else.
std::vector<std::string> read_templates(std::string_view folder, const std::function<void(std::string_view bytes, const std::string& source, const std::string& name)>& read);
/// Whether the user's folder for templates exists.
bool has_own_templates();
/// Paths (below `templates/`) of the templates in a folder such as "plans", user's and embedded, ordered, each once.
std::vector<std::string> template_paths(std::string_view folder);

}  // namespace mainstay
