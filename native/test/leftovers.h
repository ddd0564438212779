// Nothing may be left after a test: no child, no descriptor, no thread.
//
// Thread: the one that runs the cases.
#pragma once

#include <sys/types.h>

#include <set>
#include <string>

namespace urocket::test {

// Once, at the start of a program: makes us the parent of whoever escapes from a supervisor, so that it can be seen to
// end, and brings about what a sanitizer adds by itself.
void start_from_here();

// What there is before a case.
struct Before {
  Before();
  std::set<int> descriptors;
  size_t threads;
};

// Waits for what needs a moment to go, reaps the orphans that came to us, and tells what else is there that was not
// there before; empty if nothing. Children that are left are killed.
std::string what_is_left(const Before& before);

// Process ids of the leaders whose end was told: the supervisor must have reaped them.
std::set<pid_t>& leaders();

}  // namespace urocket::test
