// The few steps between clone and exec.
//
// Thread: runs in the cloned child, on a stack of its own but in our memory, and we go on meanwhile. Duty of the
// caller: everything a step needs is in the plan before the clone, and stays there until the child has called exec or
// ended; then `failure` says which step failed, if one did.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <cstddef>

#include "spec.h"

namespace urocket {

struct DescriptorMove {
  int ours;
  int theirs;
};

// What the child says of a step that failed. `step` is one of our constants: the address is good on both sides.
struct ChildFailure {
  const char* step = nullptr;
  int error = 0;
};

struct ChildPlan {
  const char* const* candidates = nullptr;  // paths to try in order, null at the end
  char* const* argv = nullptr;
  char* const* envp = nullptr;
  const char* cwd = nullptr;
  DescriptorMove* moves = nullptr;  // sorted by `theirs`; 0, 1 and 2 are always among them
  size_t move_count = 0;
  const Confinement* confinement = nullptr;
  const char* oom_score_adj = nullptr;  // digits
  int cgroup_procs = -1;                // to be joined by writing, where clone could not start in it
  pid_t parent = 0;
  uint64_t reset_signals = 0;  // those that get their default disposition, SIGHUP (1) the lowest bit
  bool new_session = true;
  bool close_range = true;

  // The last descriptor of ours that the child needs, where it shares our table: it takes those up to this one. Else
  // -1.
  int last_needed = -1;

  // Where the child has a copy of our memory: the writing end of a pipe, closed by exec, for its failure. Else -1.
  int report = -1;

  // Written by the child: when it called exec, on the monotonic clock, and why it failed.
  Nanos executed_at = 0;
  ChildFailure failure;
};

// Becomes the program of the plan, or ends with 127 after noting why it could not. Never returns.
[[noreturn]] void child_main(void* plan);

}  // namespace urocket
