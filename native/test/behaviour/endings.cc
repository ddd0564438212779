// How processes end, and what their records say of it.
#include <signal.h>
#include <sys/wait.h>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

std::unique_ptr<Confinement> no_core_file() {
  auto confinement = std::make_unique<Confinement>();
  confinement->rlimits.push_back({RLIMIT_CORE, 0, 0});
  return confinement;
}

// Signals that do not end a process that has no handler for them; those that stop it only do so where a terminal's
// session could continue it, which is not the case in a session of its own. SIGSTOP is another story (killing.cc).
bool is_harmless(int number) {
  for (int harmless : {SIGCHLD, SIGCONT, SIGURG, SIGWINCH, SIGTSTP, SIGTTIN, SIGTTOU}) {
    if (number == harmless) return true;
  }
  return false;
}

CASE("every exit code arrives as it is") {
  Session session;
  std::vector<ProcessId> ids;
  for (int code = 0; code < 256; code++) ids.push_back(session.spawn(fixture({"exit", std::to_string(code)})));
  for (int code = 0; code < 256; code++) {
    const ExitRecord& record = session.wait_exit(ids[static_cast<size_t>(code)]);
    CHECK(record.ending == Ending::kExit);
    CHECK(WIFEXITED(record.status));
    CHECK_EQUAL(WEXITSTATUS(record.status), code);
  }
}

CASE("every signal that ends a process is told by its number") {
  Session session;
  std::map<int, ProcessId> ids;
  std::vector<int> numbers{SIGRTMIN, SIGRTMIN + 1, 50, SIGRTMAX};
  for (int number = 1; number <= 31; number++) numbers.push_back(number);
  for (int number : numbers) {
    if (number == SIGSTOP) continue;
    SpawnSpec spec = fixture({"raise", std::to_string(number)});
    spec.confinement = no_core_file();
    ids[number] = session.spawn(std::move(spec));
  }
  for (auto [number, id] : ids) {
    const ExitRecord& record = session.wait_exit(id);
    if (is_harmless(number)) {
      CHECK(record.ending == Ending::kExit);
      CHECK_EQUAL(record.status, 0);
      continue;
    }
    CHECK(record.ending == Ending::kSignal);
    CHECK(WIFSIGNALED(record.status));
    CHECK_EQUAL(WTERMSIG(record.status), number);
    CHECK(!WCOREDUMP(record.status));
  }
}

CASE("a record tells the times of its process in order") {
  Session session;
  Nanos before = now();
  Nanos wall_before = wall_clock();
  const ExitRecord& record = session.run(program({"/bin/true"}));
  CHECK(record.pid > 0);
  CHECK(before <= record.queued_at);
  CHECK(record.queued_at <= record.started_at);
  CHECK(record.started_at <= record.executed_at);
  CHECK(record.executed_at <= record.ended_at);
  CHECK(record.ended_at <= now());
  CHECK(wall_before <= record.wall_start);
  CHECK(record.wall_start <= wall_clock());
}

CASE("a record tells the resource usage of its process") {
  Session session;
  const ExitRecord& record = session.run(fixture({"burn", "0.05"}));
  Nanos used = (record.usage.ru_utime.tv_sec + record.usage.ru_stime.tv_sec) * kSecond +
               (record.usage.ru_utime.tv_usec + record.usage.ru_stime.tv_usec) * 1000;
  CHECK(used >= 49 * kMillisecond);
  CHECK(used < 10 * kSecond);
  CHECK(record.usage.ru_maxrss > 0);
  CHECK(record.maxrss_floor > 0);
  CHECK(record.usage.ru_minflt > 0);
}

CASE("a start is announced with its pid, if that was asked for") {
  Session session;
  ProcessId announced = session.spawn(program({"/bin/true"}));
  SpawnSpec spec = program({"/bin/true"});
  spec.announce = false;
  ProcessId silent = session.spawn(std::move(spec));
  CHECK_EQUAL(session.wait_exit(announced).pid, session.story(announced).started_pid);
  CHECK(session.story(announced).kinds.front() == Event::Kind::kStarted);
  session.wait_exit(silent);
  CHECK_EQUAL(session.story(silent).count(Event::Kind::kStarted), 0);
}

CASE("an ending that nobody could wait for is told as lost") {
  Session session;
  // The kernel reaps children of a program that ignores SIGCHLD by itself.
  struct Ignored {
    sighandler_t before = ::signal(SIGCHLD, SIG_IGN);
    ~Ignored() { ::signal(SIGCHLD, before); }
  } ignored;
  const ExitRecord& record = session.run(program({"/bin/true"}));
  CHECK(record.ending == Ending::kLost);
  CHECK_EQUAL(std::string(record.step), "wait4");
  CHECK_EQUAL(record.error, ECHILD);
}

CASE("running processes are listed and can be looked at") {
  Session session;
  ProcessId id = session.spawn(fixture({"wait"}));
  session.wait_until("the process in the list", [&] { return session.supervisor().list().size() == 1; });
  LiveProcess live = session.supervisor().list().front();
  CHECK_EQUAL(live.id, id);
  CHECK_EQUAL(field(session.supervisor().read_proc(id, "status"), "Pid"), std::to_string(live.pid));
  CHECK_EQUAL(session.supervisor().read_proc(id + 1, "status"), "");
  session.supervisor().kill(id, SIGKILL);
  CHECK_EQUAL(session.wait_exit(id).pid, live.pid);
  CHECK(session.supervisor().list().empty());
  CHECK_EQUAL(session.supervisor().read_proc(id, "status"), "");
}

}  // namespace
}  // namespace urocket::test
