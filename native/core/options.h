// What a supervisor is asked for. Thread: any.
#pragma once

#include <cstddef>

#include "features.h"

namespace urocket {

struct SupervisorOptions {
  Features features;
  // Become the parent of our children's orphans (PR_SET_CHILD_SUBREAPER) and reap them.
  bool subreaper = false;
  // How many children may be on their way to their programs at once, and with those that hang there, say because a file
  // system does not answer.
  size_t concurrent_starts = 16;
  size_t launches = 256;
};

}  // namespace urocket
