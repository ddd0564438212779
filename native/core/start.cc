#include "start.h"

#include <signal.h>

#include <algorithm>

namespace urocket {
namespace {

// How long until the next try where the child's number is not known yet.
constexpr Nanos kAgain = 10 * kMillisecond;
constexpr Nanos kLongestGrace = kSecond;

}  // namespace

void Start::begin(ProcessId id, Nanos deadline, Nanos grace) {
  std::lock_guard lock(mutex_);
  id_ = id;
  under_way_ = true;
  grace_ = std::min(grace, kLongestGrace);
  due_ = deadline == 0 ? 0 : deadline + grace_;
  at_due_ = Ending::kTimeout;
  why_ = Ending::kExit;
  __atomic_store_n(&pid_, 0, __ATOMIC_RELAXED);
}

void Start::begun(pid_t pid) {
  std::lock_guard lock(mutex_);
  pid_ = pid;
}

Ending Start::end() {
  std::lock_guard lock(mutex_);
  under_way_ = false;
  return why_;
}

void Start::end_soon(ProcessId id, int signal) {
  std::lock_guard lock(mutex_);
  if (!under_way_ || id_ != id) return;
  Nanos due = signal == SIGKILL ? now() : now() + grace_;
  if (due_ != 0 && due_ <= due) return;
  due_ = due;
  at_due_ = Ending::kKilled;
}

Nanos Start::patrol(Nanos at) {
  std::lock_guard lock(mutex_);
  if (!under_way_ || due_ == 0) return 0;
  if (at >= due_) {
    strike(at_due_);
    due_ = why_ == Ending::kExit ? at + kAgain : 0;
  }
  return due_;
}

void Start::kill() {
  std::lock_guard lock(mutex_);
  if (under_way_) strike(Ending::kKilled);
}

// SIGKILL alone: whatever else came now would only wait until the program runs.
void Start::strike(Ending why) {
  pid_t pid = __atomic_load_n(&pid_, __ATOMIC_RELAXED);
  if (pid == 0 || why_ != Ending::kExit) return;
  ::kill(pid, SIGKILL);
  why_ = why;
}

}  // namespace urocket
