// SPDX-License-Identifier: MIT
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/check/check.h"
#include "core/model/period.h"
#include "core/report/block.h"

namespace mainstay {

/// Everything a report is made from.
struct ReportInput {
  const Plan& plan;
  const Graph& graph;
  const std::vector<Observation>& observations;
  const std::vector<Finding>& findings;
  Instant now;
  std::string content_hash;
  int version = 1;              ///< number of the revision that last changed content
  std::string plan_path;
  std::optional<Period> period = {};  ///< for reports about a time; else the month that `now` lies in
};

/// One report that can be made: its id, what it is called and what it is for.
struct ReportInfo {
  std::string id, title, purpose;
  bool has_period = false;      ///< it tells of a month or some days, and `ReportInput::period` chooses them
};
/// The reports that can be made, from `templates/reports`.
std::vector<ReportInfo> report_list();
/// Builds a report. Throws Error{usage} naming the reports there are.
ReportDocument build_report(const ReportInput& input, std::string_view id);

/// Writers. Every byte depends on the document alone. Throw Error{io}.
std::string write_pdf(const ReportDocument& document, Instant made_at);
std::string write_html(const ReportDocument& document);
std::string write_csv(const ReportDocument& document);   ///< its flat table alone, or else its tables and lists to tick off, one after another

/// Builds, writes to `path` in the format ("pdf", "html", "csv"; empty: by the name's ending), reads it back and checks that it
/// is whole. Throws Error{usage, io, refused}.
void export_report(const ReportInput& input, std::string_view id, const std::string& path, std::string_view format = {});

/// One page as premultiplied BGRA pixels for a preview, `scale` 1 = 72 dpi.
struct PageImage { int width = 0, height = 0; std::vector<unsigned char> pixels; };

/// A report on its pages: laid out once, and then counted, shown, printed and written.
class LaidOutReport {
 public:
  explicit LaidOutReport(ReportDocument document);
  LaidOutReport(LaidOutReport&&) noexcept;
  LaidOutReport& operator=(LaidOutReport&&) noexcept;
  ~LaidOutReport();
  const std::string& title() const;
  int pages() const;
  /// A page from 0. Throws Error{usage} where there is none of that number, Error{io} where it cannot be drawn.
  PageImage image(int page, double scale) const;
  /// The report as PDF. Throws Error{io}.
  std::string pdf(Instant made_at) const;

 private:
  struct Laid;
  std::unique_ptr<Laid> laid_;
};

}  // namespace mainstay
