// The duty of a subreaper: whoever our children leave behind is reaped, but never a child of the host itself.
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

SpawnSpec orphan(const Tether& tether, const Gate& gate) {
  SpawnSpec spec = fixture({"orphan", "gated"});
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.descriptors = {{tether.theirs(), 3}, {gate.theirs(), 4}};
  return spec;
}

CASE("an orphan that a double fork left is reaped by the supervisor") {
  Session session({.features = {}, .subreaper = true});
  Tether tether;
  Gate gate;
  ProcessId id = session.spawn(orphan(tether, gate));
  session.wait_output(id, "\n");
  tether.hand_over();
  auto pid = static_cast<pid_t>(std::stol(session.story(id).output));
  session.wait_until("the orphan to be ours", [&] {
    return field(read_file("/proc/" + std::to_string(pid) + "/status"), "PPid") == std::to_string(::getpid());
  });
  CHECK_EQUAL(session.supervisor().orphans_reaped(), 0U);
  gate.open();
  session.wait_until("the orphan to be reaped", [&] { return session.supervisor().orphans_reaped() == 1; });
  CHECK_EQUAL(state_of(pid), '\0');
  session.supervisor().kill(id, 0);
  session.wait_exit(id);
}

CASE("a supervisor becomes a subreaper only when asked to") {
  ::prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
  int without = -1;
  int with = -1;
  {
    Session session;
    ::prctl(PR_GET_CHILD_SUBREAPER, &without, 0, 0, 0);
  }
  {
    Session session({.features = {}, .subreaper = true});
    ::prctl(PR_GET_CHILD_SUBREAPER, &with, 0, 0, 0);
  }
  ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  CHECK_EQUAL(without, 0);
  CHECK_EQUAL(with, 1);
}

CASE("a program is a subreaper as long as any of its supervisors asks for it, and then what it was before") {
  int before = 0;
  ::prctl(PR_GET_CHILD_SUBREAPER, &before, 0, 0, 0);
  ::prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
  auto is_subreaper = [] {
    int flag = 0;
    ::prctl(PR_GET_CHILD_SUBREAPER, &flag, 0, 0, 0);
    return flag == 1;
  };
  {
    Session one({.features = {}, .subreaper = true});
    Session other({.features = {}, .subreaper = true});
    one.stop();
    CHECK(is_subreaper());
  }
  CHECK(!is_subreaper());
  ::prctl(PR_SET_CHILD_SUBREAPER, before, 0, 0, 0);
}

CASE("a child of the host's own is left to the host, which may be slow to wait for it") {
  Session session({.features = {}, .subreaper = true});
  char name[] = "true";
  char* words[] = {name, nullptr};
  pid_t pid = 0;
  CHECK_EQUAL(::posix_spawn(&pid, "/bin/true", nullptr, nullptr, words, nullptr), 0);
  // The loop of the host does not turn, but the supervisor looks for orphans again and again.
  session.freeze_turns(true);
  uint64_t looks = session.looks();
  session.wait_until("it to be looked at", [&] { return session.looks() >= looks + 4; });
  CHECK_EQUAL(state_of(pid), 'Z');
  CHECK_EQUAL(::waitpid(pid, nullptr, 0), pid);
}

CASE("a leader that holds the number of its group is no orphan") {
  Session session({.features = {}, .subreaper = true});
  Tether tether;
  SpawnSpec spec = fixture({"leave", "stubborn"});
  // The thread that starts it and waits for it leaves it to our first one.
  set_apart(spec);
  spec.descriptors = {{tether.theirs(), 3}};
  spec.linger = 3600 * kSecond;
  spec.drain = 0;
  ProcessId id = session.spawn(std::move(spec));
  pid_t pid = session.wait_exit(id).pid;
  tether.hand_over();
  char kept = state_of(pid);
  uint64_t looks = session.looks();
  if (kept == 'Z') session.wait_until("it to be looked at", [&] { return session.looks() >= looks + 4; });
  CHECK_EQUAL(state_of(pid), kept);
  CHECK_EQUAL(session.supervisor().orphans_reaped(), 0U);
  session.stop();
  session.wait_until("the group to end", [&] { return tether.gone(); });
}

}  // namespace
}  // namespace urocket::test
