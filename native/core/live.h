// The processes that run at this moment, for whoever wants to look at them.
//
// Thread: add and remove are the reactor's, the rest anyone's.
#pragma once

#include <sys/types.h>

#include <functional>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "spec.h"

namespace urocket {

// A process as others may see it while it runs.
struct LiveProcess {
  ProcessId id;
  pid_t pid;
  Nanos started_at;
};

class LiveTable {
 public:
  void add(const LiveProcess& process);
  // To be called before it is reaped: under the lock a number on the table is then still the process's own.
  void remove(ProcessId id);

  std::vector<LiveProcess> list();
  // Calls `look` with the pid of a running process, which stays unreaped meanwhile; false when it does not run.
  bool with_pid(ProcessId id, const std::function<void(pid_t)>& look);

 private:
  std::mutex mutex_;
  std::unordered_map<ProcessId, LiveProcess> processes_;
};

}  // namespace urocket
