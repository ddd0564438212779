// What other threads hand to the reactor: processes to start, commands, and the request to stop.
//
// Thread: submit, command and request_stop from any; the rest is the reactor's. What comes wakes the reactor if it
// sleeps, once until it has taken everything.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "../sys/fd.h"
#include "process.h"

namespace urocket {

// What a caller may ask for a process by its id. Unknown ids are ignored: the process has ended meanwhile.
struct Command {
  enum class Kind : uint8_t {
    kKill,      // end it: `number` is the signal, 0 for its kill signal; SIGKILL follows after its grace
    kSignal,    // only send the signal `number` to the group
    kWrite,     // `bytes` to a streamed standard input
    kEndInput,  // and no more
    kConsumed,  // `number` bytes of streamed output were taken; `error` tells which
    kCloned,    // from the thread of a launch that is apart: there is a child that has called exec or ended, or none
    kExited,    // from a waiter thread: the process has ended
  };
  Kind kind;
  ProcessId id;
  int64_t number = 0;
  bool error = false;
  std::string bytes;
};

class Inbox {
 public:
  struct Contents {
    std::vector<std::unique_ptr<Process>> arrivals;  // each before the first command for it
    std::vector<Command> commands;
    bool stop = false;
  };

  // Returns 0 or an errno.
  int open();
  // Readable when there is something to take and the reactor was asleep.
  int descriptor() const { return wake_.get(); }

  void submit(std::unique_ptr<Process> process);
  void command(Command command);
  void request_stop();

  Contents take();
  // To be called before sleeping; false when there is something to take.
  bool may_sleep();

 private:
  void wake(std::unique_lock<std::mutex> lock);

  Fd wake_;
  std::mutex mutex_;
  Contents contents_;
  bool asleep_ = false;  // and not woken
  bool woken_ = false;   // the descriptor is readable
};

// An inbox that lasts as long as anybody has it: a waiter thread that was let go of outlives its reactor. A shared_ptr
// would ask for glibc 2.32 (sys/floor.h).
class SharedInbox {
 public:
  SharedInbox() : shared_(new Shared) {}
  SharedInbox(const SharedInbox& other) : shared_(other.shared_) { shared_->owners++; }
  SharedInbox& operator=(const SharedInbox&) = delete;
  ~SharedInbox() {
    if (--shared_->owners == 0) delete shared_;
  }

  Inbox* operator->() const { return &shared_->inbox; }

 private:
  struct Shared {
    Inbox inbox;
    std::atomic<int> owners = 1;
  };
  Shared* const shared_;
};

}  // namespace urocket
