// One child that shares our memory until it execs: clone3(2), or clone(2) where the kernel or a seccomp filter lacks
// it. Unlike vfork(2) the calling thread goes on at once; the kernel clears a word of ours when the child has called
// execve(2) or ended.
//
// Thread: any, with all signals blocked. Duty: `entry` runs in our memory beside us: it must make system calls directly
// (system_call.h), must not return, and must leave no trace but what it writes for the caller. The stack, and whatever
// `entry` reads, stay as they are until the word is 0.
#pragma once

#include <sys/types.h>

#include <cstddef>

#include "fd.h"

namespace urocket {

// A stack for such a child, with a guard page below it.
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
  // Where the kernel writes 0 once the child no longer uses our memory (CLONE_CHILD_CLEARTID, also at exec); not 0
  // before that. Without it a plain fork: the child has a copy of our memory.
  pid_t* under_way = nullptr;
  // With shared memory: where the kernel writes the child's number before the child runs. The calling thread sleeps
  // until the child has called exec or ended (CLONE_VFORK), and only that thread.
  pid_t* sleep_pid = nullptr;
  // The child shares our table of descriptors too, until it takes a part of it for itself: copying one with thousands
  // of entries, and closing them again, would cost more than all the rest. Only with shared memory.
  bool share_files = false;
  bool use_clone3 = true;
  bool use_pidfd = true;
  // Directory of a cgroup to start in, or -1. Needs clone3 (Linux 5.7); see CLONE_INTO_CGROUP in clone(2).
  int cgroup = -1;
};

struct CloneResult {
  pid_t pid = -1;
  Fd pidfd;
  int error = 0;  // errno when pid is -1
};

using CloneEntry = void (*)(void* argument);

// Whether a child can share our memory, and the kernel tells when it no longer does. Emulators of other machines can't.
bool child_shares_memory();

// Whether clone3 is allowed and new enough for all that clone_child asks of it (Linux 5.7). Starts nothing.
bool clone3_is_usable();

// Whether clone(2), where it has to do instead, hands out a pidfd (Linux 5.2). Starts nothing.
bool clone_gives_pidfd();

CloneResult clone_child(const CloneStack& stack, const CloneOptions& options, CloneEntry entry, void* argument);

}  // namespace urocket
