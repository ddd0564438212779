// One child that shares our memory until it execs: clone3(2), or clone(2) where the kernel or a seccomp filter lacks
// it.
//
// Thread: any, with all signals blocked. The calling thread, and only that one, is suspended until the child has
// called execve(2) or ended (CLONE_VFORK). Duty: `entry` runs in our memory: it must call async-signal-safe functions
// only, must not return, and must leave no trace but what it writes for the caller.
#pragma once

#include <sys/types.h>

#include <cstddef>

#include "fd.h"

namespace urocket {

// A stack for such a child, with a guard page below it. One per spawner thread: the caller sleeps while it is in use.
class CloneStack {
 public:
  CloneStack();
  CloneStack(const CloneStack&) = delete;
  CloneStack& operator=(const CloneStack&) = delete;
  ~CloneStack();

  bool ok() const { return base_ != nullptr; }
  char* base() const { return base_; }
  static constexpr size_t kSize = 64 * 1024;

 private:
  void* mapping_ = nullptr;
  char* base_ = nullptr;
};

struct CloneOptions {
  // Without it a plain fork: the child has a copy of our memory, and we go on before it has called exec.
  bool use_vfork = true;
  // The child shares our table of descriptors too, until it takes a part of it for itself: copying one with thousands
  // of entries, and closing them again, would cost more than all the rest. Only with vfork.
  bool share_files = false;
  bool use_clone3 = true;
  bool use_pidfd = true;
  // Directory of a cgroup to start in, or -1. Needs clone3 (Linux 5.7); see CLONE_INTO_CGROUP in clone(2).
  int cgroup = -1;
  // Where the kernel writes the child's number before the child runs, or null. Only clone3 does: clone(2)
  // has one place for this and the pidfd.
  pid_t* pid = nullptr;
};

struct CloneResult {
  pid_t pid = -1;
  Fd pidfd;
  int error = 0;  // errno when pid is -1
};

using CloneEntry = void (*)(void* argument);

// Whether a child really shares our memory while we wait for it. Emulators of other machines make a fork of it.
bool vfork_shares_memory();

// Whether clone3 is allowed and new enough for all that clone_vfork asks of it (Linux 5.7). Starts nothing.
bool clone3_is_usable();

// Whether clone(2), where it has to do instead, hands out a pidfd (Linux 5.2). Starts nothing.
bool clone_gives_pidfd();

CloneResult clone_vfork(const CloneStack& stack, const CloneOptions& options, CloneEntry entry, void* argument);

}  // namespace urocket
