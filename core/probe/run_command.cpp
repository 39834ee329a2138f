// SPDX-License-Identifier: MIT
#include "core/probe/run_command.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/text.h"

extern char** environ;

namespace mainstay {
namespace {

using Time = std::chrono::steady_clock;
constexpr std::size_t largest_errors = 64 << 10;
constexpr rlim_t most_descriptors = 1024;  // some programs close every one that they might have
constexpr int poll_ms = 50;
constexpr int blocks_at_once = 32;  // so that a program that never ceases to print is still looked after
constexpr std::chrono::milliseconds grace{300};  // between asking a program to end and ending it
constexpr int first_free_descriptor = 3, secret_descriptor = 3, file_descriptor = 4;  // secret_path and file_path
constexpr int lowest_of_ours = 10;  // above those that the program is given, so that none overwrites another
constexpr std::size_t largest_taken_file = std::size_t(8) << 20;

/// A descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  bool open() const { return number_ >= 0; }
  void reset(int number = -1) {
    if (number_ >= 0) ::close(number_);
    number_ = number;
  }

 private:
  int number_ = -1;
};

[[noreturn]] void no_means() { throw Error(ErrorCode::io, tr("This computer gave no means to start another program: {reason}.", {{"reason", std::strerror(errno)}})); }

/// Gives a descriptor a second number, above those that programs are given.
void take(Descriptor& to, const Descriptor& low) {
  to.reset(low.open() ? ::fcntl(low.get(), F_DUPFD_CLOEXEC, lowest_of_ours) : -1);
  if (!to.open()) no_means();
}

void make_pipe(Descriptor& read_end, Descriptor& write_end) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) no_means();
  const Descriptor low_read(ends[0]), low_write(ends[1]);
  take(read_end, low_read);
  take(write_end, low_write);
}

/// A file without a name that holds these bytes, read from its start: in memory, so that nothing of it stays whatever ends this process.
void open_nameless(Descriptor& file, std::string_view bytes) {
#ifdef MFD_CLOEXEC
  take(file, Descriptor(::memfd_create("mainstay", MFD_CLOEXEC)));
#else
  std::string name = std::filesystem::temp_directory_path().string() + "/mainstay-XXXXXX";
  take(file, Descriptor(::mkostemp(name.data(), O_CLOEXEC)));
  ::unlink(name.c_str());
#endif
  if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) || ::lseek(file.get(), 0, SEEK_SET) != 0) no_means();
}

/// What the program wrote into a nameless file; nothing where it is larger than `limit`.
std::string bytes_of(const Descriptor& file, std::size_t limit) {
  struct stat status {};
  if (!file.open() || ::fstat(file.get(), &status) != 0 || static_cast<std::size_t>(status.st_size) > limit) return {};
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  const auto got = ::pread(file.get(), bytes.data(), bytes.size(), 0);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

/// What the program reads: the input, or nothing.
void open_input(Descriptor& in, const std::string& bytes) {
  if (bytes.empty()) take(in, Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)));
  else open_nameless(in, bytes);
}

/// `name=value` lines: this process's own without Mainstay's secrets, then the additions.
std::vector<std::string> environment_of(const CommandRequest& request) {
  std::vector<std::string> lines;
  const auto is_set_anew = [&](std::string_view line) {
    return std::any_of(request.environment.begin(), request.environment.end(), [&](const auto& added) { return line.starts_with(added.first + "="); });
  };
  for (char** line = environ; *line; ++line)
    if (!std::string_view(*line).starts_with("MAINSTAY_SECRET") && !is_set_anew(*line)) lines.emplace_back(*line);
  for (const auto& [name, value] : request.environment) lines.push_back(name + "=" + value);
  return lines;
}

std::vector<char*> pointers(std::vector<std::string>& lines) {
  std::vector<char*> result;
  for (auto& line : lines) result.push_back(line.data());
  result.push_back(nullptr);
  return result;
}

struct ChildPlan {
  const char* program;
  char** arguments;
  char** environment;
  const char* folder;
  int in, out, err, report, secret, file;  ///< the last two -1 where there is none
  pid_t parent;
  rlim_t largest_file;
};

/// The new process, up to the program's own first step. Only calls that are safe after a fork of a process with threads.
[[noreturn]] void become(const ChildPlan& plan) {
  ::setsid();  // a group of its own as well, and no terminal
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != plan.parent) ::_exit(127);  // it went before that took hold
#endif
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  ::signal(SIGXFSZ, SIG_DFL);
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGTERM, SIG_DFL);
  ::signal(SIGHUP, SIG_DFL);
  const rlimit descriptors{most_descriptors, most_descriptors}, no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  if (plan.largest_file) {
    const rlimit file{plan.largest_file, plan.largest_file};
    ::setrlimit(RLIMIT_FSIZE, &file);
  }
  bool ready = ::dup2(plan.in, 0) >= 0 && ::dup2(plan.out, 1) >= 0 && ::dup2(plan.err, 2) >= 0;
  // The report may lie above the new limit: it is only written to, which needs no new number.
#ifdef CLOSE_RANGE_CLOEXEC
  ::close_range(first_free_descriptor, ~0U, CLOSE_RANGE_CLOEXEC);
#endif
  if (plan.secret >= 0) ready = ready && ::dup2(plan.secret, secret_descriptor) >= 0;
  if (plan.file >= 0) ready = ready && ::dup2(plan.file, file_descriptor) >= 0;
  ::setrlimit(RLIMIT_NOFILE, &descriptors);
  if (*plan.folder) ready = ready && ::chdir(plan.folder) == 0;
  if (ready) ::execve(plan.program, plan.arguments, plan.environment);
  const int why = errno;
  [[maybe_unused]] const auto told = ::write(plan.report, &why, sizeof why);
  ::_exit(127);
}

/// A second process that waits for this one to end, however it ends, and then ends the program's whole group: the program itself is ended by the kernel, what it
/// started is not. `alive` closes when this process is gone. Only calls that are safe after a fork of a process with threads.
[[noreturn]] void mind(int alive, pid_t group) {
  ::setsid();  // what ends our group, or comes from our terminal, does not end it
  ::dup2(alive, 0);
#ifdef CLOSE_RANGE_CLOEXEC
  ::close_range(1, ~0U, 0);  // nobody may wait for it to let go of a pipe, and it may hold no other one's `alive`
#else
  for (int number = 1; number < static_cast<int>(most_descriptors); ++number) ::close(number);
#endif
  char nothing;
  while (::read(0, &nothing, 1) < 0 && errno == EINTR) {}
  ::kill(-group, SIGKILL);
  ::_exit(0);
}

/// Takes what is there to read; false at the end.
bool drain(int from, std::string& to, std::size_t limit, bool& too_much) {
  char block[65536];
  for (int i = 0; i < blocks_at_once; ++i) {
    const auto got = ::read(from, block, sizeof block);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) return false;
    const auto room = limit - to.size();
    if (static_cast<std::size_t>(got) > room) too_much = true;
    to.append(block, std::min(room, static_cast<std::size_t>(got)));
  }
  return true;
}

/// A running child and the ends of its pipes.
struct Child {
  pid_t pid = -1, minder = -1;
  Descriptor out, err, file, alive;  ///< `alive` is held by this process alone, and never written to
  bool done = false;
  int status = 0;

  /// Notes whether it has ended, without letting go of its number yet: the group keeps it from being given to another.
  bool has_ended() {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
  }
  void end() {
    if (done) return;
    if (!has_ended()) {
      ::kill(-pid, SIGTERM);
      for (const auto until = Time::now() + grace; Time::now() < until && !has_ended();) ::poll(nullptr, 0, 10);
    }
    ::kill(-pid, SIGKILL);
    if (minder > 0) {  // before the number of the group is free for others
      ::kill(minder, SIGKILL);
      while (::waitpid(minder, nullptr, 0) < 0 && errno == EINTR) {}
    }
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    done = true;
  }
  ~Child() {
    if (pid > 0) end();
  }
};

/// Starts the program; returns why it could not, or 0.
int start(Child& child, const CommandRequest& request, const std::string& path) {
  Descriptor in, out, err, report_read, report_write, secret;
  open_input(in, request.input);
  if (!request.secret.empty()) open_nameless(secret, request.secret);
  if (request.takes_file) open_nameless(child.file, {});
  make_pipe(child.out, out);
  make_pipe(child.err, err);
  make_pipe(report_read, report_write);
  ::fcntl(child.out.get(), F_SETFL, O_NONBLOCK);
  ::fcntl(child.err.get(), F_SETFL, O_NONBLOCK);
  std::vector<std::string> words{request.program};
  words.insert(words.end(), request.arguments.begin(), request.arguments.end());
  auto lines = environment_of(request);
  const auto arguments = pointers(words), environment = pointers(lines);
  const ChildPlan plan{path.c_str(), const_cast<char**>(arguments.data()), const_cast<char**>(environment.data()), request.folder.c_str(), in.get(), out.get(), err.get(),
                       report_write.get(), secret.get(), child.file.get(), ::getpid(), static_cast<rlim_t>(request.largest_file ? request.largest_file : request.takes_file ? largest_taken_file : 0)};
  child.pid = ::fork();
  if (child.pid < 0) no_means();
  if (child.pid == 0) become(plan);
  report_write.reset();
  int why = 0;  // once this is read the program has begun, in its own session
  while (::read(report_read.get(), &why, sizeof why) < 0 && errno == EINTR) {}
  if (why) return why;
  Descriptor ends;
  make_pipe(ends, child.alive);
  child.minder = ::fork();
  if (child.minder == 0) mind(ends.get(), child.pid);
  return 0;  // where there is no minder the program runs all the same
}

/// Reads until the program ends, or something ends it.
void watch(Child& child, const CommandRequest& request, CommandResult& result) {
  const auto deadline = Time::now() + request.timeout;
  bool too_much = false, ignored = false, out_open = true, err_open = true;
  for (;;) {
    pollfd ends[] = {{out_open ? child.out.get() : -1, POLLIN, 0}, {err_open ? child.err.get() : -1, POLLIN, 0}};
    ::poll(ends, 2, poll_ms);
    const bool ended = child.has_ended();
    if (out_open) out_open = drain(child.out.get(), result.out, request.largest_output, too_much);
    if (err_open) err_open = drain(child.err.get(), result.err, largest_errors, ignored);
    if (ended) return;  // what it left running may hold the pipes for ever
    const auto name = std::filesystem::path(request.program).filename().string();
    const Args args{{"program", name}, {"count", static_cast<long long>((request.allowed.count() ? request.allowed : std::chrono::ceil<std::chrono::seconds>(request.timeout)).count())}};
    if (request.stop.stop_requested()) {
      result.stopped = true;
      result.problem = tr("Stopped before “{program}” was done.", args);
    } else if (Time::now() >= deadline) {
      result.timed_out = true;
      result.problem = tr("“{program}” was not done in the time allowed ({count} s) and was ended.", args);
    } else if (too_much) {
      result.problem = tr("“{program}” printed more than it has any reason to and was ended.", args);
    }
    if (!result.problem.empty()) return;
  }
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) {
  const auto runs = [](const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
  };
  if (name.empty() || name.find('\0') != std::string::npos) return {};
  if (name.find('/') != std::string::npos) return runs(name) ? std::optional(name) : std::nullopt;
  const char* set = std::getenv("PATH");
  auto folders = split(set ? set : "", ':');
  for (const char* usual : {"/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/bin"}) folders.push_back(usual);
  for (const auto& folder : folders)
    if (folder.starts_with('/') && runs(folder + "/" + name)) return folder + "/" + name;
  return {};
}

CommandResult run_command(const CommandRequest& request) {
  CommandResult result;
  const auto path = find_program(request.program);
  if (!path) {
    result.missing = true;
    result.problem = tr("The program “{program}” is not on this computer, or may not be run.", {{"program", shortened(clean_utf8(request.program), 200)}});
    return result;
  }
  Child child;
  if (const int why = start(child, request, *path)) {
    result.problem = tr("The program “{program}” could not be started: {reason}.", {{"program", *path}, {"reason", std::strerror(why)}});
    return result;
  }
  watch(child, request, result);
  child.end();
  result.file = bytes_of(child.file, request.largest_file ? request.largest_file : largest_taken_file);
  if (!result.problem.empty()) return result;
  if (WIFEXITED(child.status)) result.exit_code = WEXITSTATUS(child.status);
  else result.problem = tr("The program “{program}” crashed (signal {signal}).", {{"program", *path}, {"signal", WTERMSIG(child.status)}});
  return result;
}

std::vector<std::string> command_words(std::string_view line) {
  std::vector<std::string> words;
  bool inside = false;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!quote && blank) {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    if (quote ? c == quote : c == '"' || c == '\'') quote = quote ? '\0' : c;
    else if (c == '\\' && quote != '\'' && i + 1 < line.size()) words.back() += line[++i];
    else words.back() += c;
  }
  if (quote) throw Error(ErrorCode::bad_value, tr("A quotation mark in the command is opened and never closed."));
  return words;
}

}  // namespace mainstay
