// What a running process costs in our own memory, beyond captured output: `footprint FIXTURE [PROCESSES]`. The heap is
// counted exactly, so this runs without sanitizers, whose allocators are others.
#include <malloc.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

#include "leftovers.h"
#include "session.h"
#include "surroundings.h"

namespace urocket::test {
namespace {

constexpr size_t kPromised = 4096;
constexpr rlim_t kDescriptorsEach = 3;  // two pipes and a pidfd

size_t heap() {
  struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

size_t resident_kib() { return std::stoul(field(read_file("/proc/self/status"), "VmRSS")); }

// With an environment and an input as requests have them: they must not be kept beyond the start.
SpawnSpec sleeper() {
  SpawnSpec spec = fixture({"wait"});
  spec.env += "PAYLOAD=" + std::string(4096, 'x') + '\0';
  spec.input.kind = InputSpec::Kind::kBytes;
  spec.input.bytes.assign(4096, 'x');
  return spec;
}

int run(size_t processes) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  rlimit enough{std::min<rlim_t>(files.rlim_max, processes * kDescriptorsEach + 100), files.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &enough);
  if (enough.rlim_cur < processes * kDescriptorsEach + 100) {
    std::printf("skipped: %zu processes need more descriptors than the hard limit allows\n", processes);
    return 0;
  }
  features() = probe_features();
  Session session;
  // A few at a time: a long line of processes that wait for their start is another matter.
  auto start = [&session](size_t count) {
    for (size_t i = 1; i <= count; i++) {
      ProcessId id = session.spawn(sleeper());
      if (i % 10 == 0) session.wait_until("it to run", [&] { return session.story(id).started_pid > 0; });
    }
    session.round_trip();
  };
  // The first ones pay for what is made once, and for tables that have room for more.
  start(10);
  size_t heap_before = heap();
  size_t resident_before = resident_kib();
  start(processes);
  size_t each = (heap() - heap_before) / processes;
  size_t resident = (resident_kib() - resident_before) * 1024 / processes;
  session.stop();
  std::printf("%zu bytes of heap, %zu resident, for each of %zu processes\n", each, resident, processes);
  return each <= kPromised ? 0 : 1;
}

}  // namespace
}  // namespace urocket::test

int main(int count, char** words) {
  using namespace urocket::test;
  if (count < 2) {
    std::fprintf(stderr, "usage: footprint FIXTURE [PROCESSES]\n");
    return 2;
  }
  fixture_path() = words[1];
  start_from_here();
  Before before;
  int failed = run(count > 2 ? std::strtoul(words[2], nullptr, 10) : 1000);
  std::string left = what_is_left(before);
  if (!left.empty()) std::printf("FAILED: %s\n", left.c_str());
  return left.empty() ? failed : 1;
}
