// The numbers that cross the boundary, by name and in order. Both lists are exported, and lib/process/native.ts refuses
// an addon whose lists are not its own.
#pragma once

#include <cstddef>

namespace urocket {

// clang-format off

// What `spawn` takes in its Float64Array. Times in milliseconds.
#define UROCKET_SPAWN_FIELDS(X)                                            \
  X(inputKind) X(inputDescriptor)                                          \
  X(outputKind) X(outputNumber) X(errorKind) X(errorNumber)                \
  X(timeout) X(grace) X(linger) X(drain)                                   \
  X(killSignal) X(newSession) X(announce)

// One event of a batch; fields that an event has no use for are 0. Times in milliseconds, rusage as getrusage(2) has it.
#define UROCKET_EVENT_FIELDS(X)                                            \
  X(kind) X(id) X(number)                                                  \
  X(outputOffset) X(outputLength) X(outputBytes) X(errorLength) X(errorBytes) \
  X(ending) X(status) X(errno_) X(step)                                    \
  X(utime) X(stime) X(maxrss) X(maxrssFloor) X(minflt) X(majflt)           \
  X(inblock) X(oublock) X(nvcsw) X(nivcsw)                                 \
  X(wallStart) X(queuedAt) X(startedAt) X(executedAt) X(endedAt)

// clang-format on

#define UROCKET_ENUMERATE(name) name,
namespace spawn_field {
enum : size_t { UROCKET_SPAWN_FIELDS(UROCKET_ENUMERATE) kCount };
}
namespace event_field {
enum : size_t { UROCKET_EVENT_FIELDS(UROCKET_ENUMERATE) kCount };
}
#undef UROCKET_ENUMERATE

}  // namespace urocket
