// Everything here runs between clone and exec, in the memory of a multi-threaded parent that goes on meanwhile: only
// system calls, made directly (sys/system_call.h). The C library's wrappers are not safe enough. They note their errors
// in errno, which is the variable of the thread that cloned us; setuid(3) would signal every thread of the parent to
// follow; sanitizers intercept the others.
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>

#include "../sys/system_call.h"
#include "../sys/uninstrumented.h"

namespace urocket {
namespace {

// The kernel's own struct sigaction (its size is fixed; the C library's differs), with an empty mask.
struct KernelSigaction {
  void* handler;
  unsigned long flags;
  void* restorer;
  uint64_t mask;
};

constexpr size_t kSigsetSize = 8;
constexpr rlim_t kSaneDescriptors = 1024;

[[noreturn]] UROCKET_UNINSTRUMENTED void end() {
  for (;;) system_call(SYS_exit_group, 127);
}

// `result` is what a system call said: an errno, negative.
[[noreturn]] UROCKET_UNINSTRUMENTED void fail(ChildPlan* plan, const char* step, long result) {
  plan->failure = {step, static_cast<int>(-result)};
  if (plan->report >= 0) system_call(SYS_write, plan->report, &plan->failure, sizeof plan->failure);
  end();
}

UROCKET_UNINSTRUMENTED void check(ChildPlan* plan, const char* step, long result) {
  if (result < 0) fail(plan, step, result);
}

// Ignored signals stay ignored across exec, and node ignores SIGPIPE: a child would see EPIPE where `yes | head` ends.
UROCKET_UNINSTRUMENTED void reset_signals(uint64_t signals) {
  KernelSigaction standard{};  // SIG_DFL
  for (int number = 1; signals != 0; number++, signals >>= 1) {
    if ((signals & 1) != 0) system_call(SYS_rt_sigaction, number, &standard, nullptr, kSigsetSize);
  }
}

// Asks for SIGKILL when the reactor thread ends, which outlives all of its children unless our process is killed.
UROCKET_UNINSTRUMENTED void die_with_parent(ChildPlan* plan) {
  check(plan, "prctl", system_call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0));
  // The parent may have died before the request: then nobody will ever send that signal.
  if (system_call(SYS_getppid) != plan->parent) end();
}

UROCKET_UNINSTRUMENTED void write_file(ChildPlan* plan, const char* path, const char* text, const char* step) {
  size_t length = 0;
  while (text[length] != '\0') length++;
  long fd = system_call(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
  check(plan, step, fd);
  check(plan, step, system_call(SYS_write, fd, text, length));
  system_call(SYS_close, fd);
}

UROCKET_UNINSTRUMENTED void apply_rlimits(ChildPlan* plan) {
  bool descriptors_given = false;
  if (plan->confinement != nullptr) {
    for (const Rlimit& limit : plan->confinement->rlimits) {
      rlimit value{limit.soft, limit.hard};
      check(plan, "prlimit", system_call(SYS_prlimit64, 0, limit.resource, &value, nullptr));
      if (limit.resource == RLIMIT_NOFILE) descriptors_given = true;
    }
  }
  if (descriptors_given) return;
  // Node raises its soft limit to the hard one; programs that use select(2) or close every possible descriptor suffer.
  rlimit files{};
  check(plan, "prlimit", system_call(SYS_prlimit64, 0, RLIMIT_NOFILE, nullptr, &files));
  if (files.rlim_cur <= kSaneDescriptors) return;
  files.rlim_cur = kSaneDescriptors;
  check(plan, "prlimit", system_call(SYS_prlimit64, 0, RLIMIT_NOFILE, &files, nullptr));
}

struct DirectoryEntry {
  uint64_t inode;
  int64_t offset;
  uint16_t length;
  uint8_t type;
  char name[1];
};

// Without close_range(2): reads the list of open descriptors. Two passes would be needed if closing moved entries; it
// does not, /proc/self/fd is ordered by number.
UROCKET_UNINSTRUMENTED void close_listed(ChildPlan* plan, int first, int last) {
  alignas(8) char buffer[1024];
  long directory = system_call(SYS_openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  check(plan, "open /proc/self/fd", directory);
  for (;;) {
    long size = system_call(SYS_getdents64, directory, buffer, sizeof buffer);
    if (size <= 0) break;
    for (long at = 0; at < size;) {
      auto* entry = reinterpret_cast<DirectoryEntry*>(buffer + at);
      at += entry->length;
      int fd = 0;
      const char* digit = entry->name;
      while (*digit >= '0' && *digit <= '9') fd = fd * 10 + (*digit++ - '0');
      if (*digit != '\0' || digit == entry->name || fd == directory || fd < first || fd > last) continue;
      system_call(SYS_close, fd);
    }
  }
  system_call(SYS_close, directory);
}

UROCKET_UNINSTRUMENTED void close_between(ChildPlan* plan, int first, int last) {
  if (first > last) return;
  if (plan->close_range && system_call(SYS_close_range, first, last, 0) == 0) return;
  close_listed(plan, first, last);
}

// Puts every promised descriptor in its place and closes all others.
UROCKET_UNINSTRUMENTED void arrange_descriptors(ChildPlan* plan) {
  int highest = plan->moves[plan->move_count - 1].theirs;
  // First lift those that lie where another one belongs, so that no dup2 below destroys a source.
  for (size_t i = 0; i < plan->move_count; i++) {
    DescriptorMove& move = plan->moves[i];
    if (move.ours > highest) continue;
    long lifted = system_call(SYS_fcntl, move.ours, F_DUPFD_CLOEXEC, highest + 1);
    check(plan, "fcntl", lifted);
    move.ours = static_cast<int>(lifted);
  }
  if (plan->report >= 0 && plan->report <= highest) {
    long lifted = system_call(SYS_fcntl, plan->report, F_DUPFD_CLOEXEC, highest + 1);
    check(plan, "fcntl", lifted);
    plan->report = static_cast<int>(lifted);
  }
  int next = 0;
  for (size_t i = 0; i < plan->move_count; i++) {
    const DescriptorMove& move = plan->moves[i];
    // dup3 refuses equal numbers and they can't be equal here, so close-on-exec is always cleared.
    check(plan, "dup3", system_call(SYS_dup3, move.ours, move.theirs, 0));
    close_between(plan, next, move.theirs - 1);
    next = move.theirs + 1;
  }
  if (plan->report >= 0) {
    close_between(plan, next, plan->report - 1);
    next = plan->report + 1;
  }
  close_between(plan, next, ~0U >> 1);
}

// Until now the child used our own table of descriptors; from here on it has one of its own with the few that it needs
// (CLOSE_RANGE_UNSHARE, see close_range(2)).
UROCKET_UNINSTRUMENTED void take_descriptors(ChildPlan* plan) {
  if (plan->last_needed < 0) return;
  if (system_call(SYS_close_range, plan->last_needed + 1, ~0U, CLOSE_RANGE_UNSHARE) == 0) return;
  // A sandbox may know the call without this flag.
  check(plan, "unshare", system_call(SYS_unshare, CLONE_FILES));
}

UROCKET_UNINSTRUMENTED void change_identity(ChildPlan* plan, const Confinement& confinement) {
  if (confinement.groups) {
    check(plan, "setgroups", system_call(SYS_setgroups, confinement.groups->size(), confinement.groups->data()));
  }
  if (confinement.gid) {
    gid_t gid = *confinement.gid;
    check(plan, "setresgid", system_call(SYS_setresgid, gid, gid, gid));
  }
  if (confinement.uid) {
    uid_t uid = *confinement.uid;
    check(plan, "setresuid", system_call(SYS_setresuid, uid, uid, uid));
  }
}

UROCKET_UNINSTRUMENTED void confine(ChildPlan* plan, const Confinement& confinement) {
  if (confinement.umask) system_call(SYS_umask, *confinement.umask);
  if (confinement.nice) check(plan, "setpriority", system_call(SYS_setpriority, PRIO_PROCESS, 0, *confinement.nice));
  if (plan->oom_score_adj != nullptr)
    write_file(plan, "/proc/self/oom_score_adj", plan->oom_score_adj, "oom_score_adj");
}

UROCKET_UNINSTRUMENTED void note_time(ChildPlan* plan) {
  timespec time{};
  system_call(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
  plan->executed_at = time.tv_sec * kSecond + time.tv_nsec;
}

// Whether execve said something of this place in the PATH only: it is not there, may not be entered, has too long a
// name, or lies on a file system that is gone.
UROCKET_UNINSTRUMENTED bool passes_on(long error) {
  return error == ENOENT || error == ENOTDIR || error == EACCES || error == ENAMETOOLONG || error == ESTALE ||
         error == ENODEV || error == ETIMEDOUT;
}

[[noreturn]] UROCKET_UNINSTRUMENTED void execute(ChildPlan* plan) {
  // As execvp(3): a candidate that exists but may not be run is only reported when no other can be run either. What is
  // wrong with the only one is reported as it is.
  bool only_one = plan->candidates[1] == nullptr;
  long worst = -ENOENT;
  for (const char* const* path = plan->candidates; *path != nullptr; path++) {
    long result = system_call(SYS_execve, *path, plan->argv, plan->envp);
    if (!passes_on(-result)) fail(plan, "execve", result);
    bool tells_more = worst == -ENOENT && result != -ENOTDIR;
    if (result == -EACCES || only_one || tells_more) worst = result;
  }
  fail(plan, "execve", worst);
}

}  // namespace

UROCKET_UNINSTRUMENTED void child_main(void* raw) {
  auto* plan = static_cast<ChildPlan*>(raw);
  if (plan->new_session) {
    check(plan, "setsid", system_call(SYS_setsid));
  } else {
    check(plan, "setpgid", system_call(SYS_setpgid, 0, 0));
  }
  take_descriptors(plan);
  reset_signals(plan->reset_signals);
  if (plan->cgroup_procs >= 0) check(plan, "cgroup.procs", system_call(SYS_write, plan->cgroup_procs, "0", 1));
  if (plan->confinement != nullptr) confine(plan, *plan->confinement);
  arrange_descriptors(plan);
  apply_rlimits(plan);
  if (plan->confinement != nullptr) change_identity(plan, *plan->confinement);
  // After the change of identity, which clears the request; see PR_SET_PDEATHSIG(2const).
  die_with_parent(plan);
  if (plan->confinement != nullptr && plan->confinement->no_new_privs)
    check(plan, "no_new_privs", system_call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  // A program has no business with capabilities that we were given to start it as somebody else. Kernels before 4.3
  // have no ambient ones, so that an error means nothing.
  system_call(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  if (plan->cwd != nullptr) check(plan, "chdir", system_call(SYS_chdir, plan->cwd));
  uint64_t none = 0;
  system_call(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, kSigsetSize);
  note_time(plan);
  execute(plan);
}

}  // namespace urocket
