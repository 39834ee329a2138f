// SPDX-License-Identifier: MIT
#pragma once
#include <memory>
#include <string>

#include "core/document.h"

class wxWindow;

namespace mainstay {

/// Who is at the keyboard and what time it is: the user's name (or `MAINSTAY_AUTHOR`) and the clock (or `MAINSTAY_AS_OF`).
DocumentContext document_context();
/// The first choice: make a plan, open one, look at an example, or act at once. `trouble` is said at the top.
void show_start(const std::string& trouble);
/// Opens the main window on a page of the plan, without one where the wizard was left halfway, else on Today; remembers the plan for the next start.
/// `import` names a file to be imported into it, "" none.
void show_plan(std::unique_ptr<Document> document, const std::string& page = {}, bool activate = false, bool remember = true, const std::string& import = {});
/// Asks for a plan file and opens it, or makes a new one; true where a window was opened.
bool open_with_dialog(wxWindow* parent, bool activate = false);
/// Opens a plan in a window of its own; says why where it cannot, and gives false.
bool open_plan(wxWindow* parent, const std::string& path, bool activate = false);
bool create_with_dialog(wxWindow* parent);

}  // namespace mainstay
