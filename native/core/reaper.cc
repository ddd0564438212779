#include "reaper.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <unordered_set>

#include "../sys/pidfd.h"
#include "../sys/small_file.h"

namespace urocket {
namespace {

// The process group of a process, from /proc/PID/stat (proc_pid_stat(5)); the name in parentheses may hold anything. 0
// for a zombie: there is nothing left of it to wait for or to signal.
pid_t group_of(const char* pid) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
  std::string stat = read_small_file(path);
  size_t name_end = stat.rfind(')');
  char state = 0;
  int parent = 0;
  int group = 0;
  if (name_end == std::string::npos) return 0;
  if (std::sscanf(stat.c_str() + name_end + 1, " %c %d %d", &state, &parent, &group) != 3) return 0;
  return state == 'Z' || state == 'X' ? 0 : group;
}

// Whether anybody but its zombie leader is in the group. Slow: only for kernels that can't ask by pidfd.
bool group_has_others(pid_t leader) {
  DIR* proc = ::opendir("/proc");
  if (proc == nullptr) return true;
  bool found = false;
  while (const dirent* entry = ::readdir(proc)) {
    if (entry->d_name[0] < '0' || entry->d_name[0] > '9') continue;
    if (std::atoi(entry->d_name) == leader) continue;
    if (group_of(entry->d_name) == leader) {
      found = true;
      break;
    }
  }
  ::closedir(proc);
  return found;
}

// The zombies among our leaders, under all supervisors. One that a thread of its own has started and waited for is
// given to our first thread when that ends, as orphans are.
std::mutex zombies_mutex;
std::unordered_set<pid_t> zombies;

void note_zombie(pid_t pid) {
  std::lock_guard lock(zombies_mutex);
  zombies.insert(pid);
}

bool is_zombie_of_ours(pid_t pid) {
  std::lock_guard lock(zombies_mutex);
  return zombies.contains(pid);
}

void note_ending(Process& process, int status) {
  ExitRecord& record = *process.record;
  record.status = status;
  if (record.step != nullptr) {
    record.ending = Ending::kSpawnError;
  } else if (process.why_signalled != Ending::kExit) {
    record.ending = process.why_signalled;
  } else {
    record.ending = WIFSIGNALED(status) ? Ending::kSignal : Ending::kExit;
  }
}

}  // namespace

bool signal_group(const Process& process, int signal) {
  // While the leader is not reaped its number can't be used again, so a signal to it never hits a stranger.
  if (!process.reaped) {
    // A leader may have joined another group of its session; it is meant all the same.
    bool left = ::getpgid(process.pid) != process.pid && ::kill(process.pid, signal) == 0;
    return ::kill(-process.pid, signal) == 0 || left;
  }
  return process.pidfd && pidfd_signal_group(process.pidfd.get(), signal) == 0;
}

bool group_alive(const Process& process) {
  return process.reaped ? signal_group(process, 0) : group_has_others(process.pid);
}

bool has_ended(const Process& process) {
  int status = 0;
  rusage usage{};
  return peek_exit(process.pid, &status, &usage);
}

bool bury_leader(Process& process, const Features& features) {
  ExitRecord& record = *process.record;
  int status = 0;
  bool lingers = process.spec.linger > 0;
  // Without clone3 a child that a thread of its own starts has none (sys/clone.cc).
  bool reachable_by_pidfd = features.group_signal && process.pidfd;
  // The sweep comes first: the moment the leader is reaped, its number is free, and a signal to the group could hit a
  // group that somebody founded with it in between.
  if (!lingers) ::kill(-process.pid, SIGKILL);
  if (lingers && !reachable_by_pidfd && peek_exit(process.pid, &status, &record.usage) &&
      group_has_others(process.pid)) {
    note_ending(process, status);
    note_zombie(process.pid);
    return true;
  }
  pid_t pid = ::wait4(process.pid, &status, WNOHANG, &record.usage);
  if (pid == 0) return false;
  process.reaped = true;
  if (pid == process.pid || record.step != nullptr) {
    note_ending(process, status);
  } else {
    // Somebody else in this program waited for it, or SIGCHLD is ignored: how it ended is not known.
    record.ending = Ending::kLost;
    record.step = "wait4";
    record.error = errno;
  }
  return true;
}

void release_zombie(Process& process) {
  if (process.reaped || process.pid == 0) return;
  process.reaped = true;
  std::lock_guard lock(zombies_mutex);
  zombies.erase(process.pid);
  ::waitpid(process.pid, nullptr, 0);
}

size_t OrphanReaper::collect() {
  // Orphans are given to the first living thread of the subreaper, its main thread; our own leaders are listed under
  // the reactor or the thread that waits for them, and show up here only as zombies that hold the numbers of groups.
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/task/%d/children", ::getpid());
  std::string children = read_small_file(path);
  std::unordered_map<pid_t, uint64_t> still;
  size_t reaped = 0;
  uint64_t turns = sink_.turns();
  for (const char* at = children.c_str(); *at != '\0';) {
    char* end = nullptr;
    auto pid = static_cast<pid_t>(std::strtol(at, &end, 10));
    if (end == at) break;
    at = end;
    while (*at == ' ') at++;
    int status = 0;
    rusage usage{};
    if (!peek_exit(pid, &status, &usage) || is_zombie_of_ours(pid)) continue;
    auto known = seen_.find(pid);
    uint64_t since = known == seen_.end() ? turns : known->second;
    if (turns - since >= 2) {
      if (::waitpid(pid, nullptr, WNOHANG) == pid) reaped++;
    } else {
      still.emplace(pid, since);
    }
  }
  seen_.swap(still);
  return reaped;
}

}  // namespace urocket
