// The end of a supervisor: whatever its processes are doing, each gets its one exit record and none lives on.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

SpawnSpec streamed(std::initializer_list<std::string> words) {
  SpawnSpec spec = fixture(words);
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  return spec;
}

CASE("a running process is killed by the end of its supervisor, and its record says so") {
  Session session;
  ProcessId id = session.spawn(streamed({"wait", "-1"}));
  session.wait_output(id, "ready\n");
  session.stop();
  CHECK_EQUAL(session.story(id).exits, 1);
  CHECK(session.story(id).record->ending == Ending::kKilled);
  CHECK_EQUAL(WTERMSIG(session.story(id).record->status), SIGKILL);
}

CASE("a supervisor may be stopped twice and before anything ran") {
  Session session;
  session.stop();
  session.stop();
}

CASE("processes in line, being started and running all get their record when the supervisor ends") {
  Session session;
  std::vector<ProcessId> ids;
  for (int i = 0; i < 60; i++) ids.push_back(session.spawn(fixture({"wait", "-1"})));
  session.wait_until("one to run", [&] { return !session.supervisor().list().empty(); });
  session.stop();
  for (ProcessId id : ids) {
    CHECK_EQUAL(session.story(id).exits, 1);
    CHECK(session.story(id).record->ending == Ending::kKilled);
  }
}

CASE("a process that got its first signal gets its last one when the supervisor ends") {
  Session session;
  SpawnSpec spec = streamed({"wait", "-1"});
  spec.grace = 3600 * kSecond;
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "ready\n");
  session.supervisor().kill(id, 0);
  session.wait_output(id, "term\n");
  session.stop();
  CHECK(session.story(id).record->ending == Ending::kKilled);
}

CASE("neither held nor unread output keeps a record from coming when the supervisor ends") {
  Tether tether;
  Session session;
  SpawnSpec held = fixture({"leave", "stubborn", "escaped"});
  held.descriptors = {{tether.theirs(), 3}};
  held.drain = 3600 * kSecond;
  ProcessId draining = session.spawn(std::move(held));
  session.wait_leader_gone(draining);
  ProcessId paused = session.spawn(streamed({"flood", "100000"}));
  session.wait_until("the window to fill", [&] { return session.story(paused).output.size() >= 65536; });
  ProcessId running = session.spawn(streamed({"flood", "10000000"}));
  session.wait_until("the window to fill", [&] { return session.story(running).output.size() >= 65536; });
  tether.hand_over();
  session.stop();
  CHECK_EQUAL(session.story(draining).exits, 1);
  CHECK(session.story(draining).record->ending == Ending::kExit);
  CHECK_EQUAL(session.story(paused).exits, 1);
  CHECK_EQUAL(session.story(running).exits, 1);
  ::kill(static_cast<pid_t>(std::stol(text(session.story(draining).record->output.data))), SIGKILL);
}

CASE("a group whose leader is gone while its output drains ends with the supervisor") {
  Tether tether;
  Session session;
  SpawnSpec spec = fixture({"leave", "stubborn"});
  spec.descriptors = {{tether.theirs(), 3}};
  spec.linger = spec.drain = 3600 * kSecond;
  ProcessId id = session.spawn(std::move(spec));
  session.wait_leader_gone(id);
  tether.hand_over();
  session.stop();
  CHECK_EQUAL(session.story(id).exits, 1);
  session.wait_until("the group to end", [&] { return tether.gone(); });
}

CASE("a process that can't be waited for is left behind in the end, but its record is not") {
  // It takes the supervisor all its patience.
  if (!first_that_waits_so()) return;
  Session others;
  auto stopped = std::make_unique<Session>();
  Session& session = *stopped;
  Gate gate;
  ProcessId id = session.spawn(streamed({"wait"}));
  session.wait_output(id, "ready\n");
  auto pid = static_cast<pid_t>(session.story(id).started_pid);
  SpawnSpec spec = streamed({"trace", std::to_string(pid)});
  spec.descriptors = {{gate.theirs(), 4}};
  ProcessId tracer = others.spawn(std::move(spec));
  others.wait_until("the tracer",
                    [&] { return others.story(tracer).exits > 0 || !others.story(tracer).output.empty(); });
  if (others.story(tracer).output.empty()) throw Skipped("needs permission to trace");
  session.stop();
  CHECK_EQUAL(session.story(id).exits, 1);
  const ExitRecord& record = *session.story(id).record;
  CHECK(record.ending == Ending::kLost);
  CHECK_EQUAL(std::string(record.step), "wait4");
  CHECK_EQUAL(record.error, ETIMEDOUT);
  CHECK_EQUAL(record.pid, pid);
  // Nobody waits for it any more, neither here nor on a thread.
  stopped.reset();
  gate.open();
  others.wait_exit(tracer);
  CHECK_EQUAL(::waitpid(pid, nullptr, 0), pid);
}

}  // namespace
}  // namespace urocket::test
