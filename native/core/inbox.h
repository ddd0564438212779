// What other threads hand to the reactor: started processes, commands, and the request to stop.
//
// Thread: expect, adopt, command and request_stop from any; the rest is the reactor's. Filling an empty inbox wakes the
// reactor, and only that: a flood costs one system call per turn.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
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
    kExited,    // from a waiter thread, where there are no pidfds
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
    std::vector<std::unique_ptr<Process>> arrivals;
    std::vector<Command> commands;
    bool stop = false;
  };

  // Returns 0 or an errno.
  int open();
  // Readable when there is something to take.
  int descriptor() const { return wake_.get(); }

  // A process is about to be handed to the spawners: commands for it are kept until it arrives.
  void expect(ProcessId id);
  void adopt(std::unique_ptr<Process> process);
  void command(Command command);
  void request_stop();

  Contents take();
  // Whether processes are on their way. While there are some the reactor looks after them from time to time; it asks
  // before it sleeps, and the first one that is expected after a no wakes it.
  bool expecting();
  // The commands that were kept for a process that has arrived, which is no longer expected.
  std::vector<Command> arrived(ProcessId id);
  // Keeps a command for a process that is still expected.
  void keep(Command command);

 private:
  void fill(std::unique_lock<std::mutex> lock);
  void wake();

  Fd wake_;
  std::mutex mutex_;
  Contents contents_;
  std::unordered_map<ProcessId, std::vector<Command>> expected_;
  bool filled_ = false;
  bool asleep_ = false;  // the reactor was told that nothing is expected
};

}  // namespace urocket
