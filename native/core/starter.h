// From a specification to a running child: its descriptors, its cgroup, the clone, and what is noted of it.
//
// Thread: one per spawner thread, used again for each process.
#pragma once

#include <vector>

#include "../sys/clone.h"
#include "features.h"
#include "low_slots.h"
#include "plan.h"
#include "process.h"
#include "start.h"

namespace urocket {

class Starter {
 public:
  // `null_fd`: /dev/null, open. `under_way` has begun when start is called.
  Starter(const Features& features, int null_fd, Start& under_way)
      : features_(features), null_(null_fd), under_way_(under_way), slots_(null_fd) {}

  // Returns when the child runs its program, or notes in the record why it can't.
  void start(Process& process);

 private:
  // What failed, in words of the manual's second section.
  struct Failure {
    const char* step = nullptr;
    int error = 0;
    explicit operator bool() const { return error != 0; }
  };

  Failure attempt(Process& process);
  Failure clone(Process& process, const CloneOptions& options, ChildPlan* child);
  Failure open_input(Process& process, Fd* child_end);
  Failure open_output(const OutputSpec& output, int number, OutputPipe* ours, Fd* child_end);
  Failure open_files(const SpawnSpec& spec, std::vector<Fd>* child_ends);

  const Features& features_;
  const int null_;
  Start& under_way_;
  CloneStack stack_;
  LowSlots slots_;
  Plan plan_;
};

}  // namespace urocket
