// Groups that may outlive their leader for a while.
#include <signal.h>
#include <sys/wait.h>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

// The member's pid, told as the first line of the output of its leader.
pid_t member_of(const ExitRecord& record) { return static_cast<pid_t>(std::stol(text(record.output.data))); }

SpawnSpec leaving(const char* what, const Tether& tether, Nanos linger) {
  SpawnSpec spec = fixture({"leave", what});
  spec.descriptors = {{tether.theirs(), 3}};
  spec.linger = linger;
  spec.drain = 0;
  return spec;
}

// Without group signals by pidfd, or a pidfd, the leader is kept as a zombie, to hold the number of its group.
bool keeps_zombie() { return !features().group_signal || (apart() && !features().clone3); }

CASE("the rest of a group lives on when it may, and ends by the signal when its time is over") {
  Session session;
  TemporaryDirectory directory;
  Tether tether;
  Gate forever;
  SpawnSpec spec = leaving("polite", tether, 300 * kMillisecond);
  spec.grace = 60 * kSecond;
  const ExitRecord& record = session.run(std::move(spec));
  tether.hand_over();
  CHECK(record.ending == Ending::kExit);
  CHECK_EQUAL(record.status, 0);
  CHECK(!tether.gone());
  CHECK_EQUAL(state_of(record.pid), keeps_zombie() ? 'Z' : '\0');
  session.wait_until("the group to end", [&] { return tether.gone(); });
  CHECK(now() >= record.ended_at + 300 * kMillisecond);
}

CASE("a group that outlives the signal at the end of its time is killed") {
  Session session;
  Tether tether;
  SpawnSpec spec = leaving("stubborn", tether, 50 * kMillisecond);
  spec.grace = 50 * kMillisecond;
  session.run(std::move(spec));
  tether.hand_over();
  session.wait_until("the group to end", [&] { return tether.gone(); });
}

CASE("a group that ends before its time is over is forgotten at once") {
  Session session;
  Tether tether;
  Gate gate;
  SpawnSpec spec = leaving("gated", tether, 3600 * kSecond);
  spec.descriptors.emplace_back(gate.theirs(), 4);
  const ExitRecord& record = session.run(std::move(spec));
  tether.hand_over();
  CHECK_EQUAL(state_of(record.pid), keeps_zombie() ? 'Z' : '\0');
  gate.open();
  session.wait_until("the group to end", [&] { return tether.gone(); });
  // The member comes to us as an orphan and would otherwise be in its group as long as it is a zombie.
  CHECK_EQUAL(::waitpid(member_of(record), nullptr, 0), member_of(record));
  session.wait_until("the leader to be reaped", [&] { return state_of(record.pid) == '\0'; });
}

CASE("a leader without company is reaped at once, though its group might have lingered") {
  Session session;
  SpawnSpec spec = program({"/bin/true"});
  spec.linger = 3600 * kSecond;
  const ExitRecord& record = session.run(std::move(spec));
  CHECK_EQUAL(state_of(record.pid), '\0');
}

CASE("what a lingering group writes is read, so that it never blocks") {
  Session session;
  Tether tether;
  Gate gate;
  SpawnSpec spec = leaving("late-flood", tether, 3600 * kSecond);
  spec.descriptors.emplace_back(gate.theirs(), 4);
  session.run(std::move(spec));
  tether.hand_over();
  gate.open();
  session.wait_until("the member to end", [&] { return tether.gone(); });
}

CASE("what a lingering group writes is read, also to a stream that was full when its leader ended") {
  Session session;
  Tether tether;
  SpawnSpec spec = program({"/bin/sh", "-c", "head -c 2000000 /dev/zero & read go; exit 0"});
  spec.input.kind = InputSpec::Kind::kStream;
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.descriptors = {{tether.theirs(), 3}};
  spec.linger = 3600 * kSecond;
  // Long enough for the window to fill again once the leader has ended.
  spec.drain = 100 * kMillisecond;
  ProcessId id = session.spawn(std::move(spec));
  session.wait_until("the window to fill", [&] { return session.story(id).output.size() >= 65536; });
  session.supervisor().command({Command::Kind::kEndInput, id, 0, false, {}});
  session.wait_exit(id);
  tether.hand_over();
  session.wait_until("the member to end", [&] { return tether.gone(); });
}

CASE("no part of a group lingers after a kill") {
  Session session;
  for (int signal : {SIGTERM, SIGKILL}) {
    Tether tether;
    SpawnSpec spec = fixture({"family", "stubborn", "0"});
    spec.output = {OutputSpec::Kind::kStream, -1, 65536};
    spec.descriptors = {{tether.theirs(), 3}};
    spec.linger = 3600 * kSecond;
    spec.grace = 50 * kMillisecond;
    spec.drain = 0;
    ProcessId id = session.spawn(std::move(spec));
    session.wait_output(id, "ready\n");
    tether.hand_over();
    session.supervisor().kill(id, signal);
    CHECK(session.wait_exit(id).ending == Ending::kKilled);
    session.wait_until("the group to end", [&] { return tether.gone(); });
  }
}

CASE("a lingering group ends with its supervisor") {
  Tether tether;
  Session session;
  session.run(leaving("stubborn", tether, 3600 * kSecond));
  tether.hand_over();
  CHECK(!tether.gone());
  session.stop();
  session.wait_until("the group to end", [&] { return tether.gone(); });
}

}  // namespace
}  // namespace urocket::test
