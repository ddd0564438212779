// Starts that hang or wait in line, and what hangs as a zombie in a tracer's hands.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

// A cgroup that takes nobody in: its cgroup.procs is a FIFO that is full, and a child's write to it waits for ever.
class FullCgroup {
 public:
  FullCgroup() {
    std::string procs = directory_.path() + "/cgroup.procs";
    CHECK_EQUAL(::mkfifo(procs.c_str(), 0600), 0);
    fifo_ = Fd(::open(procs.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
    char zeros[4096] = {};
    while (::write(fifo_.get(), zeros, sizeof zeros) > 0) {
    }
    CHECK_EQUAL(errno, EAGAIN);
  }

  SpawnSpec hanging() const {
    SpawnSpec spec = program({"/bin/true"});
    spec.confinement = std::make_unique<Confinement>();
    spec.confinement->cgroup = directory_.path();
    return spec;
  }

 private:
  TemporaryDirectory directory_;
  Fd fifo_;
};

void wait_start(Session& session) {
  session.wait_until("a child between clone and exec", [] { return !children().empty(); });
}

// One that is long on its way to exec: it is looked for in many places.
SpawnSpec slow(SpawnSpec spec, const std::string& file, const std::string& directory) {
  std::string path = "PATH=";
  while (path.size() < 120'000) path += "/x:";
  spec.env = strings({path + directory});
  spec.file = file;
  return spec;
}

SpawnSpec slow_true() { return slow(program({"true"}), "true", "/usr/bin:/bin"); }

// Whether a child is still what we are, before it has called exec.
bool is_ours(pid_t pid) { return read_link("/proc/" + std::to_string(pid) + "/exe") == read_link("/proc/self/exe"); }

// Starts that a stranger has stopped between clone and exec.
class Stopped {
 public:
  Stopped(Session& session, size_t count, const std::function<SpawnSpec()>& make = slow_true) {
    for (size_t i = 0; i < count; i++) {
      ids.push_back(session.spawn(make()));
      int& exits = session.story(ids.back()).exits;
      session.wait_until("its child or its end", [&] { return children().size() == i + 1 || exits > 0; });
      if (exits > 0) throw Skipped("this machine is too busy to stop a start");
      for (pid_t pid : children()) {
        ::kill(pid, SIGSTOP);
        session.wait_until("it to stop", [&] { return state_of(pid) == 'T' || exits > 0; });
        if (!is_ours(pid)) throw Skipped("this machine is too busy to stop a start");
      }
    }
  }

  std::vector<ProcessId> ids;
};

CASE("a start that hangs ends when the grace after its deadline is over") {
  if (features().clone3) return;  // such a child is placed by the kernel and writes nothing
  FullCgroup cgroup;
  Session session;
  SpawnSpec spec = cgroup.hanging();
  spec.timeout = 20 * kMillisecond;
  spec.grace = 30 * kMillisecond;
  ProcessId id = session.spawn(std::move(spec));
  const ExitRecord& record = session.wait_exit(id);
  CHECK(record.ending == Ending::kTimeout);
  CHECK_EQUAL(WTERMSIG(record.status), SIGKILL);
  CHECK(record.ended_at - record.started_at >= 50 * kMillisecond);
  CHECK(session.story(id).kinds == (std::vector{Event::Kind::kDeadline, Event::Kind::kExit}));
}

CASE("a start that hangs can be killed, and the next one works") {
  if (features().clone3) return;  // such a child is placed by the kernel and writes nothing
  FullCgroup cgroup;
  Session session;
  SpawnSpec spec = cgroup.hanging();
  spec.grace = 20 * kMillisecond;
  ProcessId id = session.spawn(std::move(spec));
  wait_start(session);
  session.supervisor().kill(id, 0);
  const ExitRecord& record = session.wait_exit(id);
  CHECK(record.ending == Ending::kKilled);
  CHECK_EQUAL(WTERMSIG(record.status), SIGKILL);
  CHECK(session.story(id).kinds == std::vector{Event::Kind::kExit});
  CHECK(session.run(program({"/bin/true"})).ending == Ending::kExit);
}

CASE("a start that hangs does not keep a supervisor from its end") {
  if (features().clone3) return;  // such a child is placed by the kernel and writes nothing
  FullCgroup cgroup;
  Session session;
  ProcessId id = session.spawn(cgroup.hanging());
  wait_start(session);
  session.stop();
  CHECK_EQUAL(session.story(id).exits, 1);
  CHECK(session.story(id).record->ending == Ending::kKilled);
}

SupervisorOptions with(size_t concurrent_starts, size_t launches) {
  SupervisorOptions options;
  options.concurrent_starts = concurrent_starts;
  options.launches = launches;
  return options;
}

CASE("no more starts are under way at once than there may be, but for those that take long") {
  Session session(with(1, 16));
  std::vector<ProcessId> ids;
  for (int i = 0; i < 50; i++) ids.push_back(session.spawn(program({"/bin/true"})));
  const ExitRecord* before = nullptr;
  for (ProcessId id : ids) {
    const ExitRecord* record = &session.wait_exit(id);
    CHECK(record->ending == Ending::kExit);
    CHECK(before == nullptr || record->started_at >= before->executed_at ||
          record->started_at > before->started_at + 10 * kMillisecond);
    before = record;
  }
}

CASE("others start while some starts hang, which go on when they can") {
  Session session(with(2, 16));
  Stopped stopped(session, 15);
  std::vector<pid_t> pids = children();
  CHECK(session.run(program({"/bin/true"})).ending == Ending::kExit);
  for (ProcessId id : stopped.ids) CHECK(session.story(id).kinds.empty());
  for (pid_t pid : pids) ::kill(pid, SIGCONT);
  for (ProcessId id : stopped.ids) {
    CHECK(session.wait_exit(id).ending == Ending::kExit);
    CHECK(session.story(id).kinds == (std::vector{Event::Kind::kStarted, Event::Kind::kExit}));
  }
}

CASE("when as many starts hang as there may be at once, the others wait in line, and may be killed there") {
  Session session(with(16, 16));
  Stopped stopped(session, 16);
  ProcessId next = session.spawn(program({"/bin/true"}));
  ProcessId last = session.spawn(program({"/bin/true"}));
  session.supervisor().kill(last, SIGKILL);
  const ExitRecord& record = session.wait_exit(last);
  CHECK(record.ending == Ending::kKilled);
  CHECK_EQUAL(record.pid, 0);
  CHECK(session.story(next).kinds.empty());
  session.supervisor().kill(stopped.ids[7], SIGKILL);
  CHECK(session.wait_exit(next).ending == Ending::kExit);
  for (ProcessId id : stopped.ids) {
    session.supervisor().kill(id, SIGKILL);
    CHECK(session.wait_exit(id).ending == Ending::kKilled);
    CHECK(session.story(id).kinds == std::vector{Event::Kind::kExit});
  }
  session.round_trip();
}

CASE("starts that hang end with their supervisor, and so does what waits behind them") {
  Session session(with(16, 16));
  Stopped stopped(session, 16);
  ProcessId next = session.spawn(program({"/bin/true"}));
  session.stop();
  stopped.ids.push_back(next);
  for (ProcessId id : stopped.ids) {
    CHECK_EQUAL(session.story(id).exits, 1);
    CHECK(session.story(id).record->ending == Ending::kKilled);
  }
}

CASE("a signal that is asked for before the program runs waits for it") {
  Session session;
  Stopped stopped(session, 1);
  pid_t pid = children().at(0);
  session.signal(stopped.ids[0], SIGUSR1);
  session.round_trip();
  CHECK_EQUAL(field(read_file("/proc/" + std::to_string(pid) + "/status"), "ShdPnd"), std::string(16, '0'));
  ::kill(pid, SIGCONT);
  session.wait_exit(stopped.ids[0]);
}

CASE("a stranger may kill a child before it runs") {
  Session session;
  Stopped stopped(session, 1);
  ::kill(children().at(0), SIGKILL);
  const ExitRecord& record = session.wait_exit(stopped.ids[0]);
  CHECK(record.ending == Ending::kSignal);
  CHECK_EQUAL(WTERMSIG(record.status), SIGKILL);
  CHECK(session.run(program({"/bin/true"})).ending == Ending::kExit);
}

CASE("who was left behind by a leader that ran and ended unnoticed ends with a kill as well") {
  Session session;
  for (int signal : {0, SIGKILL}) {
    Tether tether;
    Stopped stopped(session, 1, [&tether] {
      const std::string& path = fixture_path();
      SpawnSpec spec = slow(fixture({"leave", "polite"}), "fixture", path.substr(0, path.rfind('/')));
      spec.descriptors = {{tether.theirs(), 3}};
      spec.linger = 3600 * kSecond;
      spec.drain = 0;
      return spec;
    });
    pid_t pid = children().at(0);
    session.hold_reactor(true);
    ProcessId other = session.spawn(program({"/bin/true"}));
    session.wait_until("the reactor to be held", [&] { return session.story(other).started_pid > 0; });
    ::kill(pid, SIGCONT);
    session.wait_until("the leader to end", [pid] { return state_of(pid) == 'Z'; });
    session.supervisor().kill(stopped.ids[0], signal);
    session.hold_reactor(false);
    CHECK(session.wait_exit(stopped.ids[0]).ending == Ending::kExit);
    session.wait_exit(other);
    tether.hand_over();
    session.wait_until("the group to end", [&] { return tether.gone(); });
  }
}

// Waits until the process is in the hands of a tracer, who lets go of it at the gate.
void trace(Session& session, pid_t pid, const Gate& gate) {
  SpawnSpec spec = fixture({"trace", std::to_string(pid)});
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.descriptors = {{gate.theirs(), 4}};
  ProcessId tracer = session.spawn(std::move(spec));
  session.wait_until("the tracer",
                     [&] { return session.story(tracer).exits > 0 || !session.story(tracer).output.empty(); });
  if (session.story(tracer).output.empty()) throw Skipped("needs permission to trace");
}

CASE("a group whose leader has ended in the hands of a tracer ends with a kill, however long it might have lingered") {
  Session session;
  Tether tether;
  SpawnSpec spec = fixture({"family", "stubborn", "-1"});
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.descriptors = {{tether.theirs(), 3}};
  spec.linger = 3600 * kSecond;
  spec.drain = 0;
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "ready\n");
  auto pid = static_cast<pid_t>(session.story(id).started_pid);
  tether.hand_over();
  Gate gate;
  trace(session, pid, gate);
  ::kill(pid, SIGKILL);
  session.wait_until("a zombie", [pid] { return state_of(pid) == 'Z'; });
  session.round_trip();
  session.supervisor().kill(id, SIGKILL);
  session.round_trip();
  gate.open();
  session.wait_exit(id);
  session.wait_until("the group to end", [&] { return tether.gone(); });
}

CASE("a process that ends in the hands of a tracer has its record once it is let go") {
  Session session;
  SpawnSpec spec = fixture({"wait", "-1"});
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "ready\n");
  auto pid = static_cast<pid_t>(session.story(id).started_pid);
  Gate gate;
  trace(session, pid, gate);
  session.supervisor().kill(id, SIGKILL);
  session.wait_until("a zombie", [pid] { return state_of(pid) == 'Z'; });
  session.round_trip();
  CHECK_EQUAL(session.story(id).exits, 0);
  gate.open();
  const ExitRecord& record = session.wait_exit(id);
  CHECK(record.ending == Ending::kKilled);
  CHECK_EQUAL(WTERMSIG(record.status), SIGKILL);
}

}  // namespace
}  // namespace urocket::test
