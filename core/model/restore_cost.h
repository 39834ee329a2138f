// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <vector>

namespace mainstay {

/// A file that came back: when the file system says it was begun and finished (nanoseconds since 1970; 0 = not known), and its size.
struct CameFile {
  std::int64_t born_ns = 0, written_ns = 0, bytes = 0;
};

/// What files cost while they were being written, in seconds; all 0 where that cannot be told.
struct RestoreCost {
  double flow_seconds = 0;               ///< from the first file to the last
  double per_file = 0, per_mb = 0;
  double error = 0;                      ///< half of the 95 % interval of the whole set's time, as a share of it
  explicit operator bool() const { return flow_seconds > 0; }
};

/// Tells the cost of a file from that of a megabyte by the times at which a restore wrote its files, for a whole set of so many files and MB.
///
/// The time from one file to the next, y, is taken as y = α + β·x for a file of x MB, with α, β >= 0: least squares over the sample (the linear regression
/// estimator of a total, W. G. Cochran, Sampling Techniques, 3rd ed. 1977, chapter 7). Where α would be negative it is 0 and β the ratio Σy/Σx (the ratio
/// estimator, chapter 6); where β would be, it is 0 and α the mean. The whole set then takes N·α + F·β. Its standard error is s·√(N²/n + (F − N·x̄)²/Sxx), the second
/// term only with both, times the finite population correction √(1 − n/N); s is that of the residuals. The error is Student's t at 97.5 % times that. To it comes what
/// the file times leave open: 2 s where they are whole seconds, 0.02 s otherwise, at one end of the flow.
/// Fewer than four files, or a flow shorter than a second, tell nothing. Times of birth are taken where they spread more widely than those of the last change: some
/// programs set all attributes at the end.
RestoreCost restore_cost(const std::vector<CameFile>& files, double full_files, double full_mb);

/// 97.5 % quantile of Student's t; for more than ten degrees of freedom 2.2 is on the safe side.
double student_t(std::size_t freedom);

}  // namespace mainstay
