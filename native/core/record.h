// What happened to a process: the exit record and the other events that go back to the caller. Plain data.
#pragma once

#include <sys/resource.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "spec.h"

namespace urocket {

// How a process ended. The binding exports these names in this order.
enum class Ending : uint8_t { kExit, kSignal, kTimeout, kKilled, kSpawnError, kLost };

struct CapturedOutput {
  std::vector<char> data;
  uint64_t bytes = 0;  // written by the process in all
};

struct ExitRecord {
  pid_t pid = 0;
  Ending ending = Ending::kLost;
  int status = 0;              // as wait4(2) tells it; meaningless for kSpawnError and kLost
  int error = 0;               // errno of kSpawnError and kLost
  const char* step = nullptr;  // the call that failed; static storage
  rusage usage{};
  // Our own peak of resident memory just after the exec, in KiB. Between clone and exec the child shares our memory,
  // and the kernel counts that into its ru_maxrss: a figure not above this one says only that the child needed no more.
  long maxrss_floor = 0;
  Nanos wall_start = 0;
  Nanos queued_at = 0;
  Nanos started_at = 0;
  Nanos executed_at = 0;
  Nanos ended_at = 0;
  CapturedOutput output;
  CapturedOutput error_output;
};

struct Event {
  enum class Kind : uint8_t {
    kExit,      // `record`; the last event of a process whose group does not linger
    kDeadline,  // the deadline passed and the first signal was sent
    kStarted,   // it runs: `number` is the pid
    kOutput,    // `bytes` from standard output
    kError,     // `bytes` from standard error
    kDrained,   // a streamed standard input took all that was written; `number` is 1 when it is closed for good
  };
  Kind kind;
  ProcessId id;
  int64_t number = 0;
  std::vector<char> bytes;
  std::unique_ptr<ExitRecord> record;
};

// The caller's side. Both are called on the reactor thread and must not block.
class EventSink {
 public:
  virtual ~EventSink() = default;

  // There is something to take after there was nothing.
  virtual void notify() = 0;

  // A number that has grown by two once the caller's event loop has turned fully since it was first read: by then that
  // loop has looked after children of its own. It need not grow unless it is read and notify is called. Hosts that have
  // no loop may count the calls.
  virtual uint64_t turns() = 0;
};

}  // namespace urocket
