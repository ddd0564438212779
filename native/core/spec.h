// What is to be started, and what there is to tell of it afterwards: plain data.
//
// Thread: built by the caller of Supervisor::spawn, then owned by the process (see process.h).
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../sys/clock.h"
#include "../sys/fd.h"

namespace urocket {

using ProcessId = uint64_t;

// Where the child's standard input comes from.
struct InputSpec {
  enum class Kind : uint8_t { kNull, kBytes, kStream, kDescriptor };
  Kind kind = Kind::kNull;
  int descriptor = -1;  // kDescriptor: one of ours, left open
  std::string bytes;    // kBytes
};

// Where the child's standard output or error goes.
struct OutputSpec {
  enum class Kind : uint8_t { kNull, kCapture, kStream, kDescriptor, kMerge };
  Kind kind = Kind::kNull;
  int descriptor = -1;  // kDescriptor: one of ours, left open
  uint64_t cap = 0;     // kCapture: bytes kept; kStream: bytes on their way to the reader before reading pauses
};

struct Rlimit {
  int resource;
  rlim_t soft;
  rlim_t hard;
};

// Identity and limits: absent from most specs, so they stand apart.
struct Confinement {
  std::optional<uid_t> uid;
  std::optional<gid_t> gid;
  std::optional<std::vector<gid_t>> groups;
  std::optional<mode_t> umask;
  std::optional<int> nice;
  std::optional<int> oom_score_adj;
  std::vector<Rlimit> rlimits;
  bool no_new_privs = false;
  // A cgroup v2 directory to create, start in, and end with the process; empty for none.
  std::string cgroup;
  // File name and content to write there first ("memory.max", "67108864").
  std::vector<std::pair<std::string, std::string>> cgroup_settings;
};

struct SpawnSpec {
  ProcessId id = 0;
  // Strings one after the other, each ended by NUL. argv[0] is what is executed unless `file` is given.
  std::string argv;
  std::string env;
  std::string file;
  std::string cwd;
  InputSpec input;
  OutputSpec output;
  OutputSpec error;
  // (ours, theirs): our descriptor appears as theirs. Ours stay open.
  std::vector<std::pair<int, int>> descriptors;
  // Descriptors that are named above and only for the child: closed once it has its own.
  std::vector<Fd> held;
  // Why one of them could not be made, which the start then fails with: the call and its errno, 0 if none failed.
  const char* fault_step = nullptr;
  int fault = 0;
  Nanos timeout = 0;  // from the start; 0: none
  Nanos grace = 500 * kMillisecond;
  Nanos linger = 0;                  // how long the rest of the group may outlive the leader
  Nanos drain = 100 * kMillisecond;  // how long output held open by others may delay the exit record
  int kill_signal = 15;
  bool new_session = true;
  bool announce = false;  // emit kStarted
  std::unique_ptr<Confinement> confinement;
};

}  // namespace urocket
