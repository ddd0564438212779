// From a specification to a child on its way to exec: its descriptors, its cgroup, the clone, and what is noted of it.
//
// Thread: reactor.
#pragma once

#include "../sys/clone.h"
#include "features.h"
#include "ignored_signals.h"
#include "launch.h"
#include "low_slots.h"
#include "process.h"

namespace urocket {

class Starter {
 public:
  // `null_fd`: /dev/null, open.
  Starter(const Features& features, int null_fd) : features_(features), null_(null_fd), slots_(null_fd) {}

  // Returns when there is a child, which goes on by itself, or notes in the record why there is none. Where the launch
  // is `apart` it is made ready only: clone_apart does the rest on a thread of its own, and take_apart notes it.
  void start(Process& process, Launch& launch);
  static void clone_apart(Launch& launch);
  void take_apart(Process& process, Launch& launch);
  // The child has called exec or ended, or there is none: notes what the launch knows of it, and lets go of all that
  // was only for it.
  void finish(Process& process, Launch& launch);

 private:
  // What failed, in words of the manual's second section.
  struct Failure {
    const char* step = nullptr;
    int error = 0;
    explicit operator bool() const { return error != 0; }
  };

  Failure attempt(Process& process, Launch& launch);
  Failure clone(Process& process, Launch& launch, CloneOptions options, ChildPlan* child);
  Failure take(Process& process, CloneResult clone);
  static void note(Process& process, Failure failure);
  Failure open_input(Process& process, Launch& launch);
  Failure open_output(const OutputSpec& output, int number, OutputPipe* ours, Launch& launch);
  void hand_over(Fd end, int number, Launch& launch);

  const Features& features_;
  const int null_;
  LowSlots slots_;
  IgnoredSignals ignored_;
};

}  // namespace urocket
