// Everything here runs between clone and exec, in the memory of a multi-threaded parent: only system calls, made
// directly. The C library's wrappers are not safe enough. Its setuid(3) would signal every thread of the parent to
// follow; sanitizers intercept the others.
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

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

constexpr int kSignals = 64;
constexpr size_t kSigsetSize = 8;
constexpr rlim_t kSaneDescriptors = 1024;

[[noreturn]] UROCKET_UNINSTRUMENTED void fail(ChildPlan* plan, const char* step) {
  plan->failure = {step, errno};
  if (plan->report >= 0) ::syscall(SYS_write, plan->report, &plan->failure, sizeof plan->failure);
  for (;;) ::syscall(SYS_exit_group, 127);
}

// Ignored signals stay ignored across exec, and node ignores SIGPIPE: a child would see EPIPE where `yes | head` ends.
UROCKET_UNINSTRUMENTED void reset_signals() {
  KernelSigaction standard{};  // SIG_DFL
  for (int number = 1; number <= kSignals; number++) {
    if (number == SIGKILL || number == SIGSTOP) continue;
    ::syscall(SYS_rt_sigaction, number, &standard, nullptr, kSigsetSize);
  }
}

// Asks for SIGKILL when the spawner thread ends, which outlives all of its children unless our process is killed.
UROCKET_UNINSTRUMENTED void die_with_parent(ChildPlan* plan) {
  if (::syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) fail(plan, "prctl");
  // The parent may have died before the request: then nobody will ever send that signal.
  if (::syscall(SYS_getppid) != plan->parent) ::syscall(SYS_exit_group, 127);
}

UROCKET_UNINSTRUMENTED void write_file(ChildPlan* plan, const char* path, const char* text, const char* step) {
  size_t length = 0;
  while (text[length] != '\0') length++;
  long fd = ::syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
  if (fd < 0) fail(plan, step);
  if (::syscall(SYS_write, fd, text, length) < 0) fail(plan, step);
  ::syscall(SYS_close, fd);
}

UROCKET_UNINSTRUMENTED void apply_rlimits(ChildPlan* plan) {
  bool descriptors_given = false;
  if (plan->confinement != nullptr) {
    for (const Rlimit& limit : plan->confinement->rlimits) {
      rlimit value{limit.soft, limit.hard};
      if (::syscall(SYS_prlimit64, 0, limit.resource, &value, nullptr) != 0) fail(plan, "prlimit");
      if (limit.resource == RLIMIT_NOFILE) descriptors_given = true;
    }
  }
  if (descriptors_given) return;
  // Node raises its soft limit to the hard one; programs that use select(2) or close every possible descriptor suffer.
  rlimit files{};
  if (::syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, nullptr, &files) != 0) fail(plan, "prlimit");
  if (files.rlim_cur <= kSaneDescriptors) return;
  files.rlim_cur = kSaneDescriptors;
  if (::syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &files, nullptr) != 0) fail(plan, "prlimit");
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
  long directory = ::syscall(SYS_openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (directory < 0) fail(plan, "open /proc/self/fd");
  for (;;) {
    long size = ::syscall(SYS_getdents64, directory, buffer, sizeof buffer);
    if (size <= 0) break;
    for (long at = 0; at < size;) {
      auto* entry = reinterpret_cast<DirectoryEntry*>(buffer + at);
      at += entry->length;
      int fd = 0;
      const char* digit = entry->name;
      while (*digit >= '0' && *digit <= '9') fd = fd * 10 + (*digit++ - '0');
      if (*digit != '\0' || digit == entry->name || fd == directory || fd < first || fd > last) continue;
      ::syscall(SYS_close, fd);
    }
  }
  ::syscall(SYS_close, directory);
}

UROCKET_UNINSTRUMENTED void close_between(ChildPlan* plan, int first, int last) {
  if (first > last) return;
  if (plan->close_range && ::syscall(SYS_close_range, first, last, 0) == 0) return;
  close_listed(plan, first, last);
}

// Puts every promised descriptor in its place and closes all others.
UROCKET_UNINSTRUMENTED void arrange_descriptors(ChildPlan* plan) {
  int highest = plan->moves[plan->move_count - 1].theirs;
  // First lift those that lie where another one belongs, so that no dup2 below destroys a source.
  for (size_t i = 0; i < plan->move_count; i++) {
    DescriptorMove& move = plan->moves[i];
    if (move.ours > highest) continue;
    long lifted = ::syscall(SYS_fcntl, move.ours, F_DUPFD_CLOEXEC, highest + 1);
    if (lifted < 0) fail(plan, "fcntl");
    move.ours = static_cast<int>(lifted);
  }
  if (plan->report >= 0 && plan->report <= highest) {
    long lifted = ::syscall(SYS_fcntl, plan->report, F_DUPFD_CLOEXEC, highest + 1);
    if (lifted < 0) fail(plan, "fcntl");
    plan->report = static_cast<int>(lifted);
  }
  int next = 0;
  for (size_t i = 0; i < plan->move_count; i++) {
    const DescriptorMove& move = plan->moves[i];
    // dup3 refuses equal numbers and they can't be equal here, so close-on-exec is always cleared.
    if (::syscall(SYS_dup3, move.ours, move.theirs, 0) < 0) fail(plan, "dup3");
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
  if (::syscall(SYS_close_range, plan->last_needed + 1, ~0U, CLOSE_RANGE_UNSHARE) == 0) return;
  // A sandbox may know the call without this flag.
  if (::syscall(SYS_unshare, CLONE_FILES) != 0) fail(plan, "unshare");
}

UROCKET_UNINSTRUMENTED void change_identity(ChildPlan* plan, const Confinement& confinement) {
  if (confinement.groups) {
    if (::syscall(SYS_setgroups, confinement.groups->size(), confinement.groups->data()) != 0) fail(plan, "setgroups");
  }
  if (confinement.gid) {
    gid_t gid = *confinement.gid;
    if (::syscall(SYS_setresgid, gid, gid, gid) != 0) fail(plan, "setresgid");
  }
  if (confinement.uid) {
    uid_t uid = *confinement.uid;
    if (::syscall(SYS_setresuid, uid, uid, uid) != 0) fail(plan, "setresuid");
  }
}

UROCKET_UNINSTRUMENTED void confine(ChildPlan* plan, const Confinement& confinement) {
  if (confinement.umask) ::syscall(SYS_umask, *confinement.umask);
  if (confinement.nice && ::syscall(SYS_setpriority, PRIO_PROCESS, 0, *confinement.nice) != 0)
    fail(plan, "setpriority");
  if (plan->oom_score_adj != nullptr)
    write_file(plan, "/proc/self/oom_score_adj", plan->oom_score_adj, "oom_score_adj");
}

// Whether execve said something of this place in the PATH only: it is not there, may not be entered, has too long a
// name, or lies on a file system that is gone.
UROCKET_UNINSTRUMENTED bool passes_on(int error) {
  return error == ENOENT || error == ENOTDIR || error == EACCES || error == ENAMETOOLONG || error == ESTALE ||
         error == ENODEV || error == ETIMEDOUT;
}

[[noreturn]] UROCKET_UNINSTRUMENTED void execute(ChildPlan* plan) {
  // As execvp(3): a candidate that exists but may not be run is only reported when no other can be run either. What is
  // wrong with the only one is reported as it is.
  bool only_one = plan->candidates[1] == nullptr;
  int error = ENOENT;
  for (const char* const* path = plan->candidates; *path != nullptr; path++) {
    ::syscall(SYS_execve, *path, plan->argv, plan->envp);
    if (!passes_on(errno)) fail(plan, "execve");
    bool tells_more = error == ENOENT && errno != ENOTDIR;
    if (errno == EACCES || only_one || tells_more) error = errno;
  }
  errno = error;
  fail(plan, "execve");
}

}  // namespace

UROCKET_UNINSTRUMENTED void child_main(void* raw) {
  auto* plan = static_cast<ChildPlan*>(raw);
  __atomic_store_n(plan->pid, static_cast<pid_t>(::syscall(SYS_getpid)), __ATOMIC_RELAXED);
  if (plan->new_session) {
    if (::syscall(SYS_setsid) < 0) fail(plan, "setsid");
  } else if (::syscall(SYS_setpgid, 0, 0) != 0) {
    fail(plan, "setpgid");
  }
  take_descriptors(plan);
  reset_signals();
  if (plan->cgroup_procs >= 0 && ::syscall(SYS_write, plan->cgroup_procs, "0", 1) != 1) fail(plan, "cgroup.procs");
  if (plan->confinement != nullptr) confine(plan, *plan->confinement);
  arrange_descriptors(plan);
  apply_rlimits(plan);
  if (plan->confinement != nullptr) change_identity(plan, *plan->confinement);
  // After the change of identity, which clears the request; see PR_SET_PDEATHSIG(2const).
  die_with_parent(plan);
  if (plan->confinement != nullptr && plan->confinement->no_new_privs &&
      ::syscall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    fail(plan, "no_new_privs");
  }
  // A program has no business with capabilities that we were given to start it as somebody else. Kernels before 4.3
  // have no ambient ones, so that an error means nothing.
  ::syscall(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  if (plan->cwd != nullptr && ::syscall(SYS_chdir, plan->cwd) != 0) fail(plan, "chdir");
  uint64_t none = 0;
  ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, kSigsetSize);
  execute(plan);
}

}  // namespace urocket
