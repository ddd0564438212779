// Clocks in nanoseconds. Thread: any.
#pragma once

#include <time.h>

#include <cstdint>

namespace urocket {

using Nanos = int64_t;

constexpr Nanos kMillisecond = 1'000'000;
constexpr Nanos kSecond = 1'000'000'000;

inline Nanos read_clock(clockid_t clock) {
  timespec at{};
  ::clock_gettime(clock, &at);
  return static_cast<Nanos>(at.tv_sec) * kSecond + at.tv_nsec;
}

// The clock of deadlines and durations: it never jumps.
inline Nanos now() { return read_clock(CLOCK_MONOTONIC); }

// Nanoseconds since the epoch, for people.
inline Nanos wall_clock() { return read_clock(CLOCK_REALTIME); }

}  // namespace urocket
