#include "supervisor.h"

#include <cstdio>

#include "../sys/small_file.h"

namespace urocket {

Supervisor::Supervisor(const SupervisorOptions& options, EventSink& sink)
    : options_(options), reactor_(options, sink) {}

Supervisor::~Supervisor() { stop(); }

int Supervisor::start(const char** step) {
  *step = "subreaper";
  if (options_.subreaper) {
    if (int error = subreaper_.acquire()) return error;
  }
  *step = "reactor";
  return reactor_.start();
}

void Supervisor::stop() {
  if (stopped_) return;
  stopped_ = true;
  reactor_.stop();
  subreaper_.release();
}

void Supervisor::spawn(SpawnSpec spec) {
  auto process = std::make_unique<Process>();
  process->spec = std::move(spec);
  process->record->queued_at = now();
  reactor_.submit(std::move(process));
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
