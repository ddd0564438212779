// Cgroups of a process's own, in a directory of the real hierarchy where one is writable.
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

// The mount point of cgroup v2, from /proc/self/mountinfo (proc_pid_mountinfo(5)).
std::string mount_point() {
  std::ifstream lines("/proc/self/mountinfo");
  for (std::string line; std::getline(lines, line);) {
    if (line.find(" - cgroup2 ") == std::string::npos) continue;
    std::istringstream words(line);
    std::string word;
    for (int i = 0; i < 5; i++) words >> word;
    return word;
  }
  throw Skipped("needs a mounted cgroup v2");
}

class CgroupRoot {
 public:
  CgroupRoot() : path_(mount_point() + "/urocket-test-" + std::to_string(::getpid())) {
    if (::mkdir(path_.c_str(), 0755) != 0) throw Skipped("needs a writable cgroup v2");
  }
  ~CgroupRoot() { ::rmdir(path_.c_str()); }
  std::string of(const char* name) const { return path_ + '/' + name; }

 private:
  std::string path_;
};

// The limit of memory of the cgroups below a directory: its path and file name.
std::pair<std::string, const char*> memory_limit() {
  std::ifstream lines("/proc/self/mountinfo");
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string path;
    for (int i = 0; i < 5; i++) words >> path;
    bool second = line.find(" - cgroup2 ") != std::string::npos;
    // A child is only placed there by the kernel itself where it is version 2.
    bool first = !features().clone3 && line.find(" - cgroup ") != std::string::npos && line.ends_with("memory");
    if (first && ::access(path.c_str(), W_OK) == 0) return {path, "memory.limit_in_bytes"};
    if (second && read_file(path + "/cgroup.subtree_control").find("memory") != std::string::npos &&
        ::access(path.c_str(), W_OK) == 0) {
      return {path, "memory.max"};
    }
  }
  throw Skipped("needs a writable cgroup hierarchy that limits memory");
}

SpawnSpec in_cgroup(SpawnSpec spec, const std::string& path) {
  spec.confinement = std::make_unique<Confinement>();
  spec.confinement->cgroup = path;
  return spec;
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

CASE("a process starts in its cgroup with its settings, and the cgroup goes with it") {
  CgroupRoot root;
  Session session;
  SpawnSpec spec = in_cgroup(
      program({"/bin/sh", "-c", "cat /proc/self/cgroup; cat \"$1\"", "sh", root.of("one/cgroup.max.descendants")}),
      root.of("one"));
  spec.confinement->cgroup_settings = {{"cgroup.max.descendants", "5"}, {"cgroup.max.depth", "3"}};
  const ExitRecord& record = session.run(std::move(spec));
  CHECK(text(record.output.data).find("/one\n") != std::string::npos);
  CHECK(text(record.output.data).ends_with("\n5\n"));
  session.wait_until("the cgroup to be removed", [&] { return !exists(root.of("one")); });
}

CASE("whoever escapes into a session of its own ends with the cgroup") {
  CgroupRoot root;
  Session session;
  Tether tether;
  SpawnSpec spec = in_cgroup(fixture({"leave", "stubborn", "escaped"}), root.of("two"));
  spec.descriptors = {{tether.theirs(), 3}};
  CHECK(session.run(std::move(spec)).ending == Ending::kExit);
  tether.hand_over();
  session.wait_until("the grandchild to end", [&] { return tether.gone(); });
  session.wait_until("the cgroup to be removed", [&] { return !exists(root.of("two")); });
}

CASE("whoever escaped from a group that might have lingered ends with the cgroup, too") {
  CgroupRoot root;
  Session session;
  Tether tether;
  SpawnSpec spec = in_cgroup(fixture({"leave", "stubborn", "escaped"}), root.of("escaped"));
  spec.descriptors = {{tether.theirs(), 3}};
  spec.linger = 3600 * kSecond;
  spec.drain = 0;
  CHECK(session.run(std::move(spec)).ending == Ending::kExit);
  tether.hand_over();
  session.wait_until("the grandchild to end", [&] { return tether.gone(); });
  session.wait_until("the cgroup to be removed", [&] { return !exists(root.of("escaped")); });
}

CASE("a cgroup lasts as long as the group may linger") {
  CgroupRoot root;
  Session session;
  Tether tether;
  SpawnSpec spec = in_cgroup(fixture({"leave", "stubborn"}), root.of("three"));
  spec.descriptors = {{tether.theirs(), 3}};
  spec.linger = kSecond;
  spec.grace = 20 * kMillisecond;
  spec.drain = 0;
  session.run(std::move(spec));
  tether.hand_over();
  CHECK(!tether.gone());
  CHECK(exists(root.of("three")));
  session.wait_until("the cgroup to be removed", [&] { return tether.gone() && !exists(root.of("three")); });
}

CASE("a cgroup is removed with its supervisor, also when its last member is slow to go") {
  CgroupRoot root;
  {
    Session session;
    ProcessId last = 0;
    for (int i = 0; i < 20; i++) {
      SpawnSpec spec = in_cgroup(fixture({"leave", "stubborn", "escaped"}), root.of(std::to_string(i).c_str()));
      spec.output.kind = OutputSpec::Kind::kNull;
      last = session.spawn(std::move(spec));
    }
    session.wait_until("one to run", [&] { return session.story(last - 19).started_pid > 0; });
  }
  for (int i = 0; i < 20; i++) CHECK(!exists(root.of(std::to_string(i).c_str())));
}

CASE("a cgroup whose memory does not even suffice for the start costs nobody else his life") {
  auto [parent, limit] = memory_limit();
  Session session;
  std::string path = parent + "/urocket-test-" + std::to_string(::getpid());
  std::string argument(100'000, 'x');
  SpawnSpec spec = in_cgroup(program({"/bin/true", argument, argument, argument}), path);
  spec.confinement->cgroup_settings = {{limit, "65536"}};
  // That we are still here to see it is what counts.
  const ExitRecord& record = session.run(std::move(spec));
  CHECK(record.ending == Ending::kSpawnError || record.ending == Ending::kSignal);
  session.wait_until("the cgroup to be removed", [&] { return !exists(path); });
}

CASE("a cgroup of a process that could not start is removed") {
  CgroupRoot root;
  Session session;
  SpawnSpec spec = in_cgroup(program({"/nowhere/program"}), root.of("four"));
  CHECK_EQUAL(std::string(session.run(std::move(spec)).step), "execve");
  session.wait_until("the cgroup to be removed", [&] { return !exists(root.of("four")); });
  spec = in_cgroup(program({"/bin/true"}), root.of("five"));
  spec.confinement->cgroup_settings = {{"no.such.file", "1"}};
  CHECK_EQUAL(std::string(session.run(std::move(spec)).step), "cgroup setting");
  CHECK(!exists(root.of("five")));
}

}  // namespace
}  // namespace urocket::test
