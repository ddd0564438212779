// One process from the request to start it until nothing of it is left.
//
// Thread: first the caller's, then the reactor's for the rest of its life; a lock stands between (inbox.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "../sys/fd.h"
#include "../sys/thread.h"
#include "launch.h"
#include "record.h"
#include "spec.h"

namespace urocket {

// The reading end of one of the child's output pipes.
struct OutputPipe {
  Fd pipe;
  bool keep = false;     // captured: up to `cap` bytes are kept
  bool stream = false;   // handed on in chunks
  bool paced = false;    // only as fast as they are consumed
  bool discard = false;  // nobody wants it any more; read so that the writer never blocks
  bool watched = false;  // epoll reports it
  uint64_t cap = 0;
  uint64_t in_flight = 0;  // streamed bytes not yet consumed
  CapturedOutput captured;
};

// Empties a string and gives its room back, which an assignment would keep.
inline void release(std::string& text) { std::string().swap(text); }

// The writing end of a streamed standard input.
struct InputPipe {
  Fd pipe;
  std::string pending;
  size_t written = 0;    // bytes of `pending` that the pipe has taken
  bool ending = false;   // close when `pending` is out
  bool watched = false;  // epoll reports it
};

struct Process {
  enum class Phase : uint8_t {
    kQueued,       // in line
    kStarting,     // between clone and exec
    kRunning,      // the leader runs
    kTerminating,  // it got its first signal, SIGKILL follows
    kKilled,       // it got SIGKILL
    kHeld,         // it is dead, but a tracer has not let go of it
    kDraining,     // the leader was reaped, output is still open
    kLingering,    // the exit record is out, the group may go on for a while
    kLingerTerm,   // what lingers got its first signal
    kEnded,        // nothing is left to do
  };

  SpawnSpec spec;
  Phase phase = Phase::kQueued;
  pid_t pid = 0;
  Fd pidfd;
  Fd cgroup;                       // directory
  std::unique_ptr<Launch> launch;  // while it is starting
  std::vector<int> signals;        // asked for before it ran
  int early_signal = 0;            // what is to end it as soon as it runs, 0 for nothing
  Ending early_why = Ending::kExit;
  OutputPipe output;
  OutputPipe error;
  InputPipe input;
  std::unique_ptr<ExitRecord> record = std::make_unique<ExitRecord>();
  Ending why_signalled = Ending::kExit;  // kTimeout or kKilled once we sent a signal
  bool reaped = false;                   // false while lingering: the zombie holds the number of its group

  // When the reactor has to look at it next, and its place in the heap (deadline.h).
  Nanos due = 0;
  Nanos linger_until = 0;  // then what lingers gets its first signal; once it has it, SIGKILL
  Nanos linger_check = 0;  // how long until the next look at it
  size_t heap_index = SIZE_MAX;

  // Without pidfds, and where a launch is apart: waits for the end and tells the reactor.
  std::unique_ptr<Thread> waiter;

  bool leader_alive() const { return phase != Phase::kQueued && phase <= Phase::kKilled; }
};

}  // namespace urocket
