// How processes are ended and buried: signals to groups, the sweep, wait4, and the orphans that come to a subreaper.
//
// Thread: reactor.
#pragma once

#include <unordered_map>

#include "features.h"
#include "process.h"

namespace urocket {

// Signals the whole group of `process`; false when nobody is left in it.
bool signal_group(const Process& process, int signal);

// Whether anybody is left in the group of a process whose leader has ended.
bool group_alive(const Process& process);

// Whether the leader has ended, though that may not have been noticed yet.
bool has_ended(const Process& process);

// Ends what is left of the group and, unless the leader must stay a zombie to hold the group's number, reaps it and
// notes how it ended. False when it has not ended after all.
bool bury_leader(Process& process, const Features& features);

// Reaps a leader that was kept as a zombie. Nothing happens when it was reaped already.
void release_zombie(Process& process);

// Orphans of our children become children of ours when we are their subreaper (or PID 1): they are reaped here.
//
// They can't be told from children that the host program forked itself and waits for. So one is only reaped when it has
// stayed a zombie while the host's event loop turned: had it been the host's own, it would be gone by then.
class OrphanReaper {
 public:
  explicit OrphanReaper(EventSink& sink) : sink_(sink) {}

  // Looks once; returns how many were reaped. `waiting` tells whether to look again soon.
  size_t collect();
  bool waiting() const { return !seen_.empty(); }

 private:
  EventSink& sink_;
  std::unordered_map<pid_t, uint64_t> seen_;  // zombie → turns of the host's loop when it was first seen
};

}  // namespace urocket
