// Deadlines and kills: the first signal, the last one, whom they reach, and what the record says of it.
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

SpawnSpec streamed(std::initializer_list<std::string> words) {
  SpawnSpec spec = fixture(words);
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.grace = 60 * kSecond;
  return spec;
}

// A deadline may strike before a slow machine has got the child ready, and SIGKILL before it has handled its signal.
// Such a run proves nothing and is done again with more time.
const ExitRecord& run_until_said(const std::string& said, Session& session,
                                 const std::function<SpawnSpec(Nanos grace)>& make, ProcessId* id) {
  for (Nanos patience = 30 * kMillisecond;; patience *= 2) {
    SpawnSpec spec = make(patience);
    spec.timeout = patience;
    *id = session.spawn(std::move(spec));
    const ExitRecord& record = session.wait_exit(*id);
    if (text(record.output.data) == said || patience > 20 * kSecond) return record;
  }
}

CASE("at its deadline a process gets its signal and may end as it likes") {
  Session session;
  ProcessId id = 0;
  const ExitRecord& record = run_until_said(
      "ready\nterm\n", session,
      [](Nanos) {
        SpawnSpec spec = fixture({"wait", "3"});
        spec.grace = 60 * kSecond;
        return spec;
      },
      &id);
  CHECK(record.ending == Ending::kTimeout);
  CHECK(WIFEXITED(record.status));
  CHECK_EQUAL(WEXITSTATUS(record.status), 3);
  CHECK_EQUAL(text(record.output.data), "ready\nterm\n");
  CHECK(session.story(id).kinds == (std::vector{Event::Kind::kStarted, Event::Kind::kDeadline, Event::Kind::kExit}));
}

CASE("a process that outlives the signal of its deadline is killed after the grace") {
  Session session;
  ProcessId id = 0;
  const ExitRecord& record = run_until_said(
      "ready\nterm\n", session,
      [](Nanos grace) {
        SpawnSpec spec = fixture({"wait", "-1"});
        spec.grace = grace;
        return spec;
      },
      &id);
  CHECK(record.ending == Ending::kTimeout);
  CHECK_EQUAL(WTERMSIG(record.status), SIGKILL);
  CHECK_EQUAL(text(record.output.data), "ready\nterm\n");
  CHECK(session.story(id).kinds == (std::vector{Event::Kind::kStarted, Event::Kind::kDeadline, Event::Kind::kExit}));
  CHECK(record.ended_at - record.started_at >= 60 * kMillisecond);
}

CASE("a leader that joined another group is ended as well") {
  Session session;
  SpawnSpec spec = fixture({"join-parents-group"});
  spec.new_session = false;
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "ready\n");
  session.supervisor().kill(id, SIGKILL);
  CHECK_EQUAL(WTERMSIG(session.wait_exit(id).status), SIGKILL);
}

CASE("a process that ends in time hears nothing of its deadline") {
  Session session;
  SpawnSpec spec = program({"/bin/true"});
  spec.timeout = 60 * kSecond;
  ProcessId id = session.spawn(std::move(spec));
  CHECK(session.wait_exit(id).ending == Ending::kExit);
  CHECK(session.story(id).kinds == std::vector{Event::Kind::kStarted, Event::Kind::kExit});
}

CASE("a kill sends the signal of the spec, or another one if it is given") {
  Session session;
  for (auto [own, given, expected] : {std::tuple{SIGTERM, 0, SIGTERM}, std::tuple{SIGINT, 0, SIGINT},
                                      std::tuple{SIGTERM, SIGUSR1, SIGUSR1}, std::tuple{SIGTERM, SIGKILL, SIGKILL}}) {
    SpawnSpec spec = streamed({"wait"});
    spec.kill_signal = own;
    ProcessId id = session.spawn(std::move(spec));
    session.wait_output(id, "ready\n");
    session.supervisor().kill(id, given);
    const ExitRecord& record = session.wait_exit(id);
    CHECK(record.ending == Ending::kKilled);
    CHECK_EQUAL(WTERMSIG(record.status), expected);
  }
}

CASE("a second kill may be harder and need not wait for the grace") {
  Session session;
  ProcessId id = session.spawn(streamed({"wait", "-1"}));
  session.wait_output(id, "ready\n");
  session.supervisor().kill(id, 0);
  session.wait_output(id, "term\n");
  session.supervisor().kill(id, 0);
  session.round_trip();
  CHECK_EQUAL(session.story(id).output, "ready\nterm\n");
  session.supervisor().kill(id, SIGKILL);
  CHECK(session.wait_exit(id).ending == Ending::kKilled);
}

CASE("a stopped process is continued so that it can answer the signal") {
  Session session;
  ProcessId id = session.spawn(streamed({"stop", "7"}));
  session.wait_until("the process to stop",
                     [&] { return field(session.supervisor().read_proc(id, "status"), "State") == "T (stopped)"; });
  session.supervisor().kill(id, 0);
  const ExitRecord& record = session.wait_exit(id);
  CHECK_EQUAL(WEXITSTATUS(record.status), 7);
  CHECK_EQUAL(session.story(id).output, "ready\nterm\n");
}

CASE("a signal is only passed on and does not count as a kill") {
  Session session;
  ProcessId id = session.spawn(streamed({"wait", "5"}));
  session.wait_output(id, "ready\n");
  session.signal(id, SIGTERM);
  const ExitRecord& record = session.wait_exit(id);
  CHECK(record.ending == Ending::kExit);
  CHECK_EQUAL(WEXITSTATUS(record.status), 5);
}

CASE("the whole group gets the signal") {
  Session session;
  Tether tether;
  SpawnSpec spec = streamed({"family", "polite", "-1"});
  spec.descriptors = {{tether.theirs(), 3}};
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "ready\n");
  tether.hand_over();
  session.signal(id, SIGTERM);
  session.wait_output(id, "ready\nterm\nterm\n");
  session.supervisor().kill(id, SIGKILL);
  session.wait_exit(id);
  session.wait_until("the group to end", [&] { return tether.gone(); });
}

CASE("what is left of the group is swept when its leader ends") {
  Session session;
  for (bool new_session : {true, false}) {
    Tether tether;
    SpawnSpec spec = fixture({"leave", "stubborn"});
    spec.descriptors = {{tether.theirs(), 3}};
    spec.new_session = new_session;
    const ExitRecord& record = session.run(std::move(spec));
    tether.hand_over();
    CHECK(record.ending == Ending::kExit);
    CHECK_EQUAL(record.status, 0);
    session.wait_until("the group to end", [&] { return tether.gone(); });
  }
}

CASE("a kill of a process that is not known does nothing") {
  Session session;
  ProcessId id = session.spawn(program({"/bin/true"}));
  session.wait_exit(id);
  session.supervisor().kill(id, 0);
  session.supervisor().kill(12345, SIGKILL);
  session.signal(id, SIGKILL);
  session.round_trip();
  CHECK_EQUAL(session.story(id).exits, 1);
  CHECK_EQUAL(session.story(12345).exits, 0);
}

CASE("a process that is killed in line never starts") {
  Session session;
  session.hold_reactor(true);
  // Once this event is there the reactor does nothing more: it waits in its notification.
  ProcessId first = session.spawn(program({"/bin/true"}));
  session.wait_until("the first to start", [&] { return session.story(first).started_pid > 0; });
  ProcessId second = session.spawn(program({"/bin/true"}));
  ProcessId third = session.spawn(program({"/bin/true"}));
  session.supervisor().kill(second, 0);
  session.hold_reactor(false);
  const ExitRecord& record = session.wait_exit(second);
  CHECK(record.ending == Ending::kKilled);
  CHECK_EQUAL(record.pid, 0);
  CHECK(record.queued_at > 0 && record.ended_at >= record.queued_at);
  CHECK(session.wait_exit(first).ending == Ending::kExit);
  CHECK(session.wait_exit(third).ending == Ending::kExit);
}

CASE("a kill at any moment of the start ends the process as killed") {
  Session session;
  std::vector<ProcessId> ids;
  for (int i = 0; i < 100; i++) {
    ids.push_back(session.spawn(fixture({"wait"})));
    session.supervisor().kill(ids[static_cast<size_t>(i % 7 == 0 ? i / 2 : i)], 0);
  }
  for (ProcessId id : ids) session.supervisor().kill(id, 0);
  for (ProcessId id : ids) CHECK(session.wait_exit(id).ending == Ending::kKilled);
}

CASE("no signal makes a child dump our memory before it has one of its own") {
  rlimit before{};
  ::getrlimit(RLIMIT_CORE, &before);
  rlimit most{before.rlim_max, before.rlim_max};
  ::setrlimit(RLIMIT_CORE, &most);
  TemporaryDirectory directory;
  std::vector<int> early;
  {
    Session session;
    for (int i = 0; early.size() < 20 && i < 1000; i++) {
      SpawnSpec spec = fixture({"wait"});
      spec.cwd = directory.path();  // where a dump would be
      spec.kill_signal = SIGQUIT;
      spec.timeout = 1;
      spec.grace = 0;  // no waiting until it runs
      ProcessId id = session.spawn(std::move(spec));
      int status = session.wait_exit(id).status;
      if (session.story(id).started_pid == 0) early.push_back(status);
    }
  }
  ::setrlimit(RLIMIT_CORE, &before);
  CHECK(!early.empty());
  for (int status : early) CHECK_EQUAL(status, SIGKILL);
}

CASE("processes that ended by themselves before a late supervisor looked are neither timed out nor killed") {
  if (!first_that_waits_so()) return;
  Session session;
  constexpr int kMany = 300;  // more than the reactor looks at in one turn
  for (Nanos timeout = kSecond;; timeout *= 2) {
    Gate gate;
    std::vector<ProcessId> ids;
    Nanos first_start = now();
    for (int i = 0; i < kMany; i++) {
      SpawnSpec spec = fixture({"gate", ""});
      spec.descriptors = {{gate.theirs(), 4}};
      spec.timeout = timeout;
      ids.push_back(session.spawn(std::move(spec)));
    }
    for (ProcessId id : ids) {
      // Where starts are slow, some are ended at their deadline before they run.
      session.wait_until("all to start or to end",
                         [&] { return session.story(id).started_pid > 0 || session.story(id).exits > 0; });
    }
    session.hold_reactor(true);
    gate.open();
    Nanos last_deadline = now() + timeout;
    for (ProcessId id : ids) {
      auto pid = static_cast<pid_t>(session.story(id).started_pid);
      while (state_of(pid) != 'Z' && state_of(pid) != '\0' && now() < last_deadline) ::sched_yield();
    }
    bool in_time = now() < first_start + timeout;
    while (now() < last_deadline) ::usleep(1000);
    session.supervisor().kill(ids.back(), 0);
    session.hold_reactor(false);
    for (ProcessId id : ids) session.wait_exit(id);
    // A machine that is slower than this timeout has proved nothing; it gets a longer one.
    if (!in_time && timeout < 8 * kSecond) continue;
    if (!in_time) throw Skipped("this machine is too busy to end so many in time");
    for (ProcessId id : ids) CHECK(session.story(id).record->ending == Ending::kExit);
    return;
  }
}

}  // namespace
}  // namespace urocket::test
