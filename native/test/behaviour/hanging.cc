// What hangs where no program runs yet or any more: between clone and exec, and as a zombie in a tracer's hands.
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

void wait_start(Session& session) { session.wait_until("a child between clone and exec", has_children); }

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

CASE("a process that ends in the hands of a tracer has its record once it is let go") {
  Session session;
  SpawnSpec spec = fixture({"wait", "-1"});
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "ready\n");
  auto pid = static_cast<pid_t>(session.story(id).started_pid);
  Gate gate;
  spec = fixture({"trace", std::to_string(pid)});
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.descriptors = {{gate.theirs(), 4}};
  ProcessId tracer = session.spawn(std::move(spec));
  session.wait_until("the tracer",
                     [&] { return session.story(tracer).exits > 0 || !session.story(tracer).output.empty(); });
  if (session.story(tracer).output.empty()) throw Skipped("needs permission to trace");
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
