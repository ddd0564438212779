// The signals that our program ignores. A child inherits that across exec (signal(7)), so those are set back to their
// default in it; setting back all of them would take 62 system calls for each start, and finding out takes as many.
//
// Thread: reactor.
#pragma once

#include <cstdint>

#include "../sys/clock.h"

namespace urocket {

class IgnoredSignals {
 public:
  // A bit for each signal, SIGHUP (1) the lowest. What code of our program begins to ignore is noticed within 10 ms.
  uint64_t look(Nanos at);

 private:
  uint64_t ignored_ = 0;
  Nanos fresh_until_ = 0;
};

}  // namespace urocket
