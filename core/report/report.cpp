// SPDX-License-Identifier: MIT
#include "core/report/report.h"

#include <algorithm>
#include <filesystem>

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/report/outline.h"
#include "core/report/section.h"
#include "core/report/write_pdf.h"

namespace mainstay {
namespace {
std::string business_name(const Plan& plan) {
  const auto& name = plan.organisation().name;
  return trimmed(name).empty() || name == none_text ? tr("Your business") : std::string(trimmed(name));
}

std::string stamp_of(const ReportInput& in) {
  const auto& organisation = in.plan.organisation();
  Args args = {{"organisation", shortened(business_name(in.plan), 48)}, {"version", in.version}, {"code", short_code(in.content_hash)}, {"date", spoken(in.now.date())}};
  if (!organisation.next_review_on) return tr("{organisation} · version {version} · code {code} · printed {date} · no review date set", args);
  args.emplace_back("until", spoken(organisation.next_review_on));
  return tr("{organisation} · version {version} · code {code} · printed {date} · valid until {until}", args);
}

std::string slug(std::string_view text, std::size_t number) {
  std::string slug = "s" + std::to_string(number);
  for (const char c : lower_case(text))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) slug += c;
    else if (slug.back() != '-') slug += '-';
  while (slug.back() == '-') slug.pop_back();
  return slug.substr(0, 40);
}

std::string format_of(const std::string& path, std::string_view format) {
  auto wanted = lower_case(format);
  if (wanted.empty()) {
    const auto name = file_name(path);
    const auto dot = name.rfind('.');
    wanted = dot == std::string::npos ? "" : lower_case(name.substr(dot + 1));
    if (wanted == "htm") wanted = "html";
  }
  if (wanted != "pdf" && wanted != "html" && wanted != "csv")
    throw Error(ErrorCode::usage, wanted.empty() ? tr("The file's name does not say the format: end it in .pdf, .html or .csv, or name one of these formats.")
                                                 : tr("A report can be written as pdf, html or csv, not as “{format}”.", {{"format", wanted}}));
  return wanted;
}
}  // namespace

std::vector<ReportInfo> report_list() {
  std::vector<ReportInfo> list;
  for (const auto& outline : load_outlines()) list.push_back({outline.id, outline.title, outline.purpose, outline.has_period});
  return list;
}

ReportDocument build_report(const ReportInput& input, std::string_view id) {
  const auto outlines = load_outlines();
  const auto outline = std::find_if(outlines.begin(), outlines.end(), [&](const Outline& o) { return o.id == id; });
  if (outline == outlines.end()) {
    std::vector<std::string> ids;
    for (const auto& known : outlines) ids.push_back(known.id);
    throw Error(ErrorCode::usage, tr("There is no report “{id}”. There are: {ids}.", {{"id", id}, {"ids", join(ids, ", ")}}));
  }
  ReportDocument document;
  document.id = outline->id;
  document.title = outline->title;
  document.organisation = business_name(input.plan);
  document.stamp = stamp_of(input);
  document.footer = outline->footer;
  document.accent = outline->accent;
  document.max_pages = outline->max_pages;
  const RecordIndex records(input.plan);
  int number = 0;
  for (const auto& part : outline->sections) {
    Section section{input, input.plan, records, part, document.blocks, outline->max_pages > 0};
    if (part.new_page || part.fit) document.blocks.emplace_back(PageBreak{part.fit});
    if (!part.heading.empty()) {
      const bool counts = outline->numbered && part.id != "contents" && part.id != "cover";
      section.heading(1, counts ? tr("{number}  {heading}", {{"number", ++number}, {"heading", part.heading}}) : part.heading);
    }
    if (!part.intro.empty()) document.blocks.emplace_back(Paragraph{plain(part.intro), true});
    section_function(part.id)(section);
  }
  std::size_t headings = 0;
  for (auto& block : document.blocks)
    if (auto* heading = std::get_if<Heading>(&block); heading && heading->anchor.empty()) heading->anchor = slug(heading->text, ++headings);
  return document;
}

void export_report(const ReportInput& input, std::string_view id, const std::string& path, std::string_view format) {
  const auto wanted = format_of(path, format);
  auto document = build_report(input, id);
  std::string bytes;
  int pages = 0;
  if (wanted == "pdf") {
    const LaidOutReport laid(std::move(document));
    pages = laid.pages();
    bytes = laid.pdf(input.now);
  } else {
    bytes = wanted == "html" ? write_html(document) : write_csv(document);
  }
  write_file(path, bytes);
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return;  // a pipe or device gives nothing back
  const auto back = read_file(path);
  bool whole = back == bytes;
  if (whole && wanted == "pdf") whole = pdf_page_count(back) == pages;
  if (whole && wanted == "html") whole = back.ends_with("</html>\n");
  if (!whole) throw Error(ErrorCode::io, tr("{path} was written, but what can be read back from it is not the whole report. Check the disk and try again.", {{"path", path}}));
}

}  // namespace mainstay
