// What other threads hand to the reactor: started processes, commands, and the request to stop.
//
// Thread: expect, adopt, command and request_stop from any; the rest is the reactor's. What comes wakes the reactor,
// once until it has taken everything; a process that can wait does not even that where the reactor wakes soon by
// itself.
#pragma once

#include <functional>
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

  // A process is about to be handed to the spawners: commands for it are kept until it arrives. The first one that is
  // expected after none was wakes the reactor, which looks after starts under way from time to time.
  void expect(ProcessId id);
  // `watch` is called where the reactor need not be woken, and has to see to it that the end of the process wakes it.
  using Watch = std::function<bool(Process& process)>;
  void adopt(std::unique_ptr<Process> process, const Watch& watch);
  void command(Command command);
  void request_stop();

  Contents take();
  // Whether processes are on their way.
  bool expecting();
  // To be called before sleeping: until when at the latest, and whether expecting() was true. False when there is
  // something to take.
  bool may_sleep(Nanos until, bool expecting);
  // The commands that were kept for a process that has arrived, which is no longer expected.
  std::vector<Command> arrived(ProcessId id);
  // Keeps a command for a process that is still expected.
  void keep(Command command);

 private:
  void wake(std::unique_lock<std::mutex> lock);

  Fd wake_;
  std::mutex mutex_;
  Contents contents_;
  std::unordered_map<ProcessId, std::vector<Command>> expected_;
  bool woken_ = false;         // the reactor has been woken and has not taken anything yet
  bool expects_none_ = false;  // the reactor sleeps in the belief that nothing is expected
  Nanos asleep_until_ = 0;
};

}  // namespace urocket
