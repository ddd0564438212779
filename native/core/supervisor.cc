#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>

#include <cstdio>

namespace urocket {

Supervisor::Supervisor(const SupervisorOptions& options, EventSink& sink)
    : options_(options), reactor_(options.features, options.subreaper, sink) {}

Supervisor::~Supervisor() { stop(); }

int Supervisor::start(const char** step) {
  *step = "prctl";
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
    Fd file(::open(path, O_RDONLY | O_CLOEXEC));
    char buffer[4096];
    ssize_t size = file ? ::read(file.get(), buffer, sizeof buffer) : 0;
    if (size > 0) content.assign(buffer, static_cast<size_t>(size));
  });
  return content;
}

}  // namespace urocket
