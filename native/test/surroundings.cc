#include "surroundings.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "check.h"

namespace urocket::test {
namespace {

std::atomic<bool> epoll_is_full = false;

bool is_pipe(int fd) {
  struct stat info{};
  return ::fstat(fd, &info) == 0 && S_ISFIFO(info.st_mode);
}

int remove_entry(const char* path, const struct stat*, int, FTW*) { return ::remove(path); }

}  // namespace

Tether::Tether() { CHECK_EQUAL(make_pipe(&pipe_, true), 0); }

bool Tether::gone() const {
  pollfd look{pipe_.read.get(), POLLIN, 0};
  return ::poll(&look, 1, 0) == 1 && (look.revents & POLLHUP) != 0;
}

Gate::Gate() { CHECK_EQUAL(make_pipe(&pipe_, false), 0); }

TemporaryDirectory::TemporaryDirectory() {
  char name[] = "/tmp/urocket-test-XXXXXX";
  CHECK(::mkdtemp(name) != nullptr);
  path_ = name;
  CHECK_EQUAL(::chmod(name, 0755), 0);
}

TemporaryDirectory::~TemporaryDirectory() { ::nftw(path_.c_str(), remove_entry, 16, FTW_DEPTH | FTW_PHYS); }

std::string TemporaryDirectory::file(const std::string& name, const std::string& content, mode_t mode) const {
  std::string path = path_ + '/' + name;
  Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  CHECK(file);
  CHECK_EQUAL(::write(file.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
  CHECK_EQUAL(::fchmod(file.get(), mode), 0);
  return path;
}

FullEpoll::FullEpoll() { epoll_is_full = true; }

FullEpoll::~FullEpoll() { epoll_is_full = false; }

std::string read_file(const std::string& path) {
  Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string content;
  char buffer[4096];
  for (;;) {
    ssize_t size = file ? ::read(file.get(), buffer, sizeof buffer) : 0;
    if (size <= 0) return content;
    content.append(buffer, static_cast<size_t>(size));
  }
}

std::string read_link(const std::string& path) {
  char target[4096];
  ssize_t size = ::readlink(path.c_str(), target, sizeof target);
  return size < 0 ? std::string() : std::string(target, static_cast<size_t>(size));
}

std::string field(const std::string& text, const std::string& name) {
  size_t at = ("\n" + text).find("\n" + name + ":");
  if (at == std::string::npos) return {};
  at += name.size() + 1;
  size_t end = text.find('\n', at);
  at = text.find_first_not_of(" \t", at);
  if (at >= end) return {};
  std::string value = text.substr(at, end - at);
  return value.substr(0, value.find_last_not_of(" \t") + 1);
}

char state_of(pid_t pid) {
  std::string stat = read_file("/proc/" + std::to_string(pid) + "/stat");
  size_t name_end = stat.rfind(')');
  return name_end == std::string::npos ? '\0' : stat[name_end + 2];
}

std::vector<pid_t> children() {
  std::vector<pid_t> all;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::istringstream words(read_file(task.path().string() + "/children"));
    for (pid_t pid; words >> pid;) all.push_back(pid);
  }
  return all;
}

}  // namespace urocket::test

// In the place of the C library's, for FullEpoll.
extern "C" int epoll_ctl(int epoll, int operation, int fd, epoll_event* event) noexcept {
  using namespace urocket::test;
  if (operation == EPOLL_CTL_ADD && epoll_is_full && is_pipe(fd)) {
    errno = ENOSPC;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_epoll_ctl, epoll, operation, fd, event));
}
