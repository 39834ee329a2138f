// SPDX-License-Identifier: MIT
#pragma once
#include <stdexcept>
#include <string>

namespace mainstay {

/// What sort of thing went wrong; front ends map it to an exit code or a dialog.
enum class ErrorCode {
  usage,         ///< the words of a command are off
  ambiguous,     ///< a name or prefix fits several records; the sentence lists them
  not_found,     ///< no such record, file or template
  bad_value,     ///< a value cannot be read as its field's type
  conflict,      ///< somebody else changed the same field in the meantime
  missing_file,  ///< the plan file does not exist or is a directory
  not_a_plan,    ///< empty or foreign file
  newer_plan,    ///< written by a newer Mainstay
  damaged,       ///< truncated or altered file
  locked,        ///< another program holds the file
  read_only,     ///< the file or its folder cannot be written
  io,            ///< any other trouble with disk, network or process
  refused,       ///< understood, and not done for a stated reason
};

/// An operation that could not be done: a code and a sentence fit for a dialog. The only type thrown.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}
  ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace mainstay
