#include "leftovers.h"

#include <dirent.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>
#include <sstream>

#include "../sys/clock.h"
#include "../sys/thread.h"
#include "check.h"
#include "surroundings.h"

namespace urocket::test {
namespace {

constexpr Nanos kPatience = 10 * kSecond;

std::set<int> numbers_in(const char* path) {
  std::set<int> numbers;
  DIR* directory = ::opendir(path);
  CHECK(directory != nullptr);
  while (const dirent* entry = ::readdir(directory)) {
    int number = std::atoi(entry->d_name);
    if (entry->d_name[0] != '.' && number != ::dirfd(directory)) numbers.insert(number);
  }
  ::closedir(directory);
  return numbers;
}

std::string children_left() {
  std::string left;
  Nanos limit = now() + kPatience;
  for (;;) {
    pid_t pid = ::waitpid(-1, nullptr, WNOHANG);
    if (pid < 0 && errno == ECHILD) return left;
    if (pid > 0 && leaders().contains(pid)) left += " unreaped leader " + std::to_string(pid);
    if (pid > 0) continue;
    if (now() > limit) {
      std::istringstream children(read_file("/proc/self/task/" + std::to_string(::getpid()) + "/children"));
      for (pid_t child = 0; children >> child;) {
        left += " child " + std::to_string(child);
        ::kill(child, SIGKILL);
      }
      limit = now() + kPatience;
    }
    ::poll(nullptr, 0, 2);
  }
}

}  // namespace

void start_from_here() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  // ThreadSanitizer has a thread of its own once there was another one.
  Thread first;
  CHECK_EQUAL(first.start("first", [] {}), 0);
  first.join();
}

Before::Before() : descriptors(numbers_in("/proc/self/fd")), threads(numbers_in("/proc/self/task").size()) {}

std::string what_is_left(const Before& before) {
  std::string left = children_left();
  // A thread that was joined may be listed for a moment longer.
  Nanos limit = now() + kPatience;
  while (numbers_in("/proc/self/task").size() > before.threads && now() < limit) ::sched_yield();
  if (numbers_in("/proc/self/task").size() > before.threads) left += " thread";
  for (int fd : numbers_in("/proc/self/fd")) {
    if (!before.descriptors.contains(fd)) left += " descriptor " + std::to_string(fd);
  }
  return left.empty() ? left : "expected nothing to be left, got" + left;
}

std::set<pid_t>& leaders() {
  static std::set<pid_t> all;
  return all;
}

}  // namespace urocket::test
