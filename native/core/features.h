// Which of the kernel's newer abilities are in force. Found once by probe(); each can be turned off to run its
// fallback.
#pragma once

namespace urocket {

struct Features {
  bool shared_memory = true;  // a child shares our memory until it execs; emulators make it a fork
  bool clone3 = true;         // of Linux 5.7 or later, else clone(2)
  bool pidfd = true;          // else a thread waits for each process
  bool group_signal = true;   // a pidfd can signal its group; else the leader stays a zombie while its group lingers
  bool close_range = true;    // else /proc/self/fd is read
};

// What this kernel offers. Thread: any.
const Features& probe_features();

}  // namespace urocket
