// The threads that start processes: all that blocks between a spec and a running child.
//
// A clone with CLONE_VFORK suspends its thread until the child has called exec, and only that thread: so there are a
// few of them, and neither JavaScript nor the reactor ever waits for one. They must live as long as the children they
// started, for the parent-death signal follows the thread.
//
// Thread: submit, withdraw, close and stop from the caller's.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "../sys/thread.h"
#include "features.h"
#include "process.h"
#include "start.h"

namespace urocket {

class SpawnerPool {
 public:
  // Takes over a started (or failed) process, on a spawner thread.
  using Adopt = std::function<void(std::unique_ptr<Process>)>;

  SpawnerPool(const Features& features, Adopt adopt);
  ~SpawnerPool();

  // Starts `count` threads; returns 0 or an errno.
  int start(unsigned count);

  void submit(std::unique_ptr<Process> process);

  // Takes a process that no thread has begun to start out of the line; null when it is past that.
  std::unique_ptr<Process> withdraw(ProcessId id);

  // A process past that is to end: killed if it still does not run when its grace is over, or at once by SIGKILL.
  void kill(ProcessId id, int signal);

  // Kills the children whose deadline came before they ran; returns when the next one will be due, 0 for never. The
  // reactor's to call, from the start of the threads to their end.
  Nanos patrol(Nanos at);

  // No more starts: hands over what was still in line, not started, as killed, and waits for the starts under way.
  // Those that hang are killed.
  void close();

  // Closes, and ends the threads; call when their children are gone.
  void stop();

 private:
  struct SpawnerThread {
    Start start;
    Thread thread;  // ends before its start
  };

  void run(Start& under_way);

  const Features features_;
  const Adopt adopt_;
  Fd null_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Process>> line_;
  std::condition_variable idle_;
  size_t starting_ = 0;  // processes that a thread is busy with
  bool closed_ = false;
  bool ending_ = false;
  std::vector<std::unique_ptr<SpawnerThread>> threads_;
};

}  // namespace urocket
