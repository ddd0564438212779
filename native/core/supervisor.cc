#include "supervisor.h"

#include <cstdio>

#include "../sys/small_file.h"

namespace urocket {

Supervisor::Supervisor(const SupervisorOptions& options, EventSink& sink)
    : options_(options),
      reactor_(
          options.features, options.subreaper, [this](Nanos at) { return spawners_.patrol(at); }, sink),
      spawners_(options.features, [this](std::unique_ptr<Process> process) { reactor_.adopt(std::move(process)); }) {}

Supervisor::~Supervisor() { stop(); }

int Supervisor::start(const char** step) {
  *step = "subreaper";
  if (options_.subreaper) {
    if (int error = subreaper_.acquire()) return error;
  }
  // The spawners first: the reactor looks at their threads, whose number must not change under its eyes.
  *step = "spawner";
  if (int error = spawners_.start(options_.spawners)) return error;
  *step = "reactor";
  return reactor_.start();
}

void Supervisor::stop() {
  if (stopped_) return;
  stopped_ = true;
  // First no more starts, with a reactor that still takes what the spawners hand over; then the end of all that runs.
  // The spawner threads end last: at their end the parent-death signal (SIGKILL) would strike their children before the
  // reactor had noted that it is us who kill, and the records would speak of a stranger's signal.
  spawners_.close();
  reactor_.stop();
  spawners_.stop();
  subreaper_.release();
}

void Supervisor::spawn(SpawnSpec spec) {
  auto process = std::make_unique<Process>();
  process->spec = std::move(spec);
  reactor_.expect(process->spec.id);
  spawners_.submit(std::move(process));
}

void Supervisor::kill(ProcessId id, int signal) {
  if (auto waiting = spawners_.withdraw(id)) {
    reactor_.adopt(std::move(waiting));
    return;
  }
  spawners_.kill(id, signal);
  reactor_.command({Command::Kind::kKill, id, signal, false, {}});
}

std::string Supervisor::read_proc(ProcessId id, const char* name) {
  std::string content;
  reactor_.live().with_pid(id, [&](pid_t pid) {
    char path[64];
    std::snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    content = read_small_file(path);
  });
  return content;
}

}  // namespace urocket
