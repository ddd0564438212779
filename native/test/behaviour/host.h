// A gateway in small that a case can kill: this program, started by itself.
#pragma once

namespace urocket::test {

constexpr const char* kHostMode = "--host";

// Starts a child that holds descriptor 3, says "ready" on standard output, and runs until it is killed.
int be_a_host();

}  // namespace urocket::test
