// A start under way, as others may see it and end it. A child between clone and exec runs no foreign code but may hang:
// stopped by somebody's SIGSTOP, in a frozen cgroup, or in a chdir or execve on a file system that does not answer. Its
// spawner thread sleeps meanwhile.
//
// Thread: begin and end are the spawner's, `pid` is the child's and the kernel's; the rest anyone's. Under the lock a
// child that has begun and not ended is not reaped, so its number is its own.
#pragma once

#include <sys/types.h>

#include <mutex>

#include "record.h"

namespace urocket {

class Start {
 public:
  // The child is killed unless it runs when its grace after `deadline` is over; 0: none. A grace is for programs to
  // clean up, of which there is none yet: a second is enough.
  void begin(ProcessId id, Nanos deadline, Nanos grace);
  // For a child that has a copy of our memory and could not write its number itself.
  void begun(pid_t pid);
  // kTimeout or kKilled when the child was killed meanwhile, else kExit.
  Ending end();

  // Where the kernel or the child writes the child's number before it does anything else.
  pid_t* pid() { return &pid_; }

  // The process is to end: it is killed unless it runs when its grace is over, with SIGKILL at the next look. Nothing
  // happens if this is not its start.
  void end_soon(ProcessId id, int signal);
  // Kills the child if it is due; returns when it will be, 0 for never.
  Nanos patrol(Nanos at);
  // Kills whatever is being started.
  void kill();

 private:
  void strike(Ending why);

  std::mutex mutex_;
  ProcessId id_ = 0;
  bool under_way_ = false;
  Nanos due_ = 0;
  Nanos grace_ = 0;
  Ending at_due_ = Ending::kTimeout;  // why it is killed then
  Ending why_ = Ending::kExit;
  pid_t pid_ = 0;
};

}  // namespace urocket
