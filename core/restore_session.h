// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/model/restore_estimate.h"
#include "core/probe/restore_compare.h"

namespace mainstay {

/// A restore test whose clock is running. It lives in a manifest file, so that it outlasts the program: a restore may take hours.
struct RestoreSession {
  std::string plan;            ///< UUID of the plan's first revision: the same in every copy of it
  Id backup_id;
  std::string backup_name;
  std::string folder;          ///< where the sample was taken, absolute
  FileIdentity identity;       ///< of that folder
  std::uint64_t seed = 0;
  Instant newest_point;        ///< of the backup when the sample was chosen; unset = not known
  Instant started;
  std::int64_t set_files = 0, set_bytes = 0;  ///< the whole folder
  std::vector<SampledFile> files;
  std::int64_t sample_bytes() const;
};

/// What says which plan it is, through renames and copies.
std::string plan_identity(const Document& document);
/// Where the manifest of a backup's test is kept when nobody says otherwise: in the user's own data folder.
std::string usual_manifest(const Document& document, const Id& backup);
/// The backups of which a test was begun and not ended, by the manifests in the usual place; those whose manifest is damaged are among them.
std::vector<Id> begun_restores(const Document& document);
/// The tests of this plan whose clock is running, from the usual place, with the manifests' paths; what is no manifest is passed over.
std::vector<std::pair<std::string, RestoreSession>> running_restores(const Document& document);

/// The manifest as text, and back. Reading trusts nothing: bounded, paths plain and relative. Throws Error{missing_file, bad_value} naming the file.
std::string manifest_text(const RestoreSession& session);
RestoreSession read_manifest(const std::string& path);
/// Writes the manifest and, beside it, the sample's paths one a line (`…-files.txt`, for restore programs that take a list). Makes the folder, for this user alone.
void write_manifest(const std::string& path, const RestoreSession& session);
/// The name of that list; files whose names hold a line break are left out of it.
std::string list_beside(const std::string& manifest);
/// Ends a test without a result: manifest and list are gone.
void remove_manifest(const std::string& path);

/// What to choose from a folder for a backup of this plan. Where neither a number of files nor of bytes is given, as much as likely tells the time of everything, or as
/// an earlier test that was too small asked for.
SampleLimits limits_for(const Document& document, const Id& backup, std::optional<std::size_t> files, std::optional<std::int64_t> bytes, std::optional<std::uint64_t> seed);
/// A sentence where the sample is likely too small to tell how long everything takes, with how much to restore; else empty.
std::string sample_advice(const RestoreSession& session);
/// A test that starts now, of what was chosen.
RestoreSession started_restore(const Document& document, const Id& backup, const std::string& folder, const SampleLimits& limits, const FileSample& sample);
/// A short time in seconds, a longer one as spoken_minutes.
std::string spoken_seconds(std::int64_t seconds);
/// A file's name on one line, for people.
std::string shown_path(const std::string& path);
/// What to restore, in a sentence.
std::string restore_instruction(const RestoreSession& session);
/// What is to be compared.
RestoreClaim claim_of(const RestoreSession& session, const std::string& at);

/// What the person says at the end.
struct RestoreEnding {
  Instant stopped;                          ///< when the clock was stopped
  std::optional<std::int64_t> took_minutes; ///< where the clock is not to be believed
  bool until_last_file = false;             ///< count to the last file that was written, not to the end of the clock
  std::optional<std::int64_t> full_mb;      ///< the whole set, where it is not the folder
  Id person_id;
  bool record_times = true;                 ///< write the time into the data that only this backup protects
};

/// A restore test with its result, as a change to look at.
struct RestoreOutcome {
  Change change;
  Id test_id;
  RestoreTest::Result result = RestoreTest::Result::unknown;
  std::int64_t took_seconds = 0, took_minutes = 0, sample_mb = 0, full_mb = 0, full_files = 0;
  std::int64_t idle_minutes = 0;   ///< between the last file written and the end of the clock
  RestoreVerdict verdict;          ///< with this test in the plan; untested where this one did not pass
  std::vector<std::string> sentences;  ///< the result first, then what is remarkable about it
  std::vector<Id> timed;           ///< data whose recovery time the change sets
};
/// Judges what came back. Passed: at least one file came back the same, none different or missing. Throws Error{refused} where the clock ran backwards.
RestoreOutcome finished_restore(const Document& document, const RestoreSession& session, const RestoreComparison& comparison, const RestoreEnding& ending);

}  // namespace mainstay
