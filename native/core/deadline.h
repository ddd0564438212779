// The processes that have a time set, the earliest first: a binary heap in which every process knows its place, so that
// a deadline that is no longer needed is taken out at once instead of waiting its time.
//
// Thread: reactor.
#pragma once

#include <vector>

#include "process.h"

namespace urocket {

class DeadlineHeap {
 public:
  // Sets or changes the time at which `process` is due; 0 takes it out.
  void set(Process* process, Nanos due);

  // The earliest process if it is due at `at`, taken out; null when none is.
  Process* pop(Nanos at);

  static constexpr Nanos kNever = INT64_MAX;
  // When the earliest one is due; kNever when there is none.
  Nanos next() const { return heap_.empty() ? kNever : heap_.front()->due; }

 private:
  void place(size_t index, Process* process);
  void sift_up(size_t index);
  void sift_down(size_t index);

  std::vector<Process*> heap_;
};

}  // namespace urocket
