// SPDX-License-Identifier: MIT
#include "core/probe/run_command.h"

#include <fcntl.h>
#include <poll.h>
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
constexpr int first_free_descriptor = 3;

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

void make_pipe(Descriptor& read_end, Descriptor& write_end) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) no_means();
  read_end.reset(ends[0]);
  write_end.reset(ends[1]);
}

/// What the program reads: a nameless file that holds the input, or nothing.
void open_input(Descriptor& in, const std::string& bytes) {
  if (bytes.empty()) {
    in.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  } else {
    std::string name = std::filesystem::temp_directory_path().string() + "/mainstay-XXXXXX";
    in.reset(::mkostemp(name.data(), O_CLOEXEC));
    if (in.open()) ::unlink(name.c_str());
    if (in.open() && (::write(in.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) || ::lseek(in.get(), 0, SEEK_SET) != 0)) in.reset();
  }
  if (!in.open()) no_means();
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
  int in, out, err, report;
  rlim_t largest_file;
};

/// The new process, up to the program's own first step. Only calls that are safe after a fork of a process with threads.
[[noreturn]] void become(const ChildPlan& plan) {
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  ::signal(SIGXFSZ, SIG_DFL);
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGTERM, SIG_DFL);
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
  ::setrlimit(RLIMIT_NOFILE, &descriptors);
  if (*plan.folder) ready = ready && ::chdir(plan.folder) == 0;
  if (ready) ::execve(plan.program, plan.arguments, plan.environment);
  const int why = errno;
  [[maybe_unused]] const auto told = ::write(plan.report, &why, sizeof why);
  ::_exit(127);
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
  pid_t pid = -1;
  Descriptor out, err;
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
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    done = true;
  }
  ~Child() {
    if (pid > 0) end();
  }
};

/// Starts the program; returns why it could not, or 0.
int start(Child& child, const CommandRequest& request, const std::string& path) {
  Descriptor in, out, err, report_read, report_write;
  open_input(in, request.input);
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
                       report_write.get(), static_cast<rlim_t>(request.largest_file)};
  child.pid = ::fork();
  if (child.pid < 0) no_means();
  if (child.pid == 0) become(plan);
  ::setpgid(child.pid, child.pid);
  report_write.reset();
  int why = 0;
  while (::read(report_read.get(), &why, sizeof why) < 0 && errno == EINTR) {}
  return why;
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
    const Args args{{"program", name}, {"count", static_cast<long long>(std::chrono::duration_cast<std::chrono::seconds>(request.timeout).count())}};
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

SecretFile::SecretFile(std::string_view bytes) {
  folder_ = std::filesystem::temp_directory_path().string() + "/mainstay-XXXXXX";
  if (!::mkdtemp(folder_.data())) throw Error(ErrorCode::io, tr("No place for a temporary file: {reason}.", {{"reason", std::strerror(errno)}}));
  path_ = folder_ + "/secret";
  const Descriptor file(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.open() && ::write(file.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())) return;
  const Error problem(ErrorCode::io, tr("A temporary file could not be written: {reason}.", {{"reason", std::strerror(errno)}}));
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  throw problem;
}

SecretFile::~SecretFile() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace mainstay
