// The door of the core: starts processes, ends them, and tells what became of them.
//
// Thread: one caller thread for everything here; events arrive through the sink's notify and are fetched with take.
// Duty: for every spawn exactly one kExit event follows, whatever happens; keep the sink alive until stop returned.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "../sys/subreaper.h"
#include "options.h"
#include "reactor.h"

namespace urocket {

class Supervisor {
 public:
  Supervisor(const SupervisorOptions& options, EventSink& sink);
  ~Supervisor();

  // Returns 0 or an errno; `step` names what failed.
  int start(const char** step);

  // Kills what still runs, reaps it and ends all threads. May be called twice.
  void stop();

  void spawn(SpawnSpec spec);
  // Ends the group: `signal` (0: the one of the spec), then SIGKILL after the grace of the spec.
  void kill(ProcessId id, int signal) { reactor_.command({Command::Kind::kKill, id, signal, false, {}}); }
  void command(Command command) { reactor_.command(std::move(command)); }

  std::vector<Event> take(size_t max_bytes, bool* more) { return reactor_.take(max_bytes, more); }
  std::vector<LiveProcess> list() { return reactor_.live().list(); }
  // The content of a file of /proc/PID of a running process; empty when it doesn't run.
  std::string read_proc(ProcessId id, const char* name);
  size_t orphans_reaped() const { return reactor_.orphans_reaped(); }

 private:
  const SupervisorOptions options_;
  Subreaper subreaper_;
  Reactor reactor_;
  bool stopped_ = false;
};

}  // namespace urocket
