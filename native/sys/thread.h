// A thread with every signal blocked, joined by its destructor.
//
// Thread: created and destroyed by its owner. Duty: make `body` return before the destructor runs, or let go of it.
// Signals are blocked because a child cloned from such a thread starts with that mask (no handler of the host program
// can run between clone and exec, where the child still shares our memory), and because a write to a broken pipe then
// is EPIPE instead of SIGPIPE.
#pragma once

#include <pthread.h>

#include <functional>

namespace urocket {

class Thread {
 public:
  Thread() = default;
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;
  ~Thread() { join(); }

  // Starts `body`; returns 0 or the errno of pthread_create(3). `name` shows up in ps and top (15 bytes at most).
  int start(const char* name, std::function<void()> body);
  void join();
  // It goes on by itself, for as long as it takes, and what `body` holds goes with it.
  void let_go();

 private:
  static void* enter(void* body);

  pthread_t handle_{};
  bool running_ = false;
};

}  // namespace urocket
