#include "starter.h"

#include <errno.h>
#include <sys/wait.h>

#include <algorithm>

#include "../sys/pipe.h"
#include "cgroup.h"

namespace urocket {
namespace {

// The descriptors a child gets that are ours only until it has them.
struct ChildEnds {
  Fd input;
  Fd output;
  Fd error;
  std::vector<Fd> files;
};

// Returns when the child has called exec or ended.
void read_report(const Fd& pipe, ChildFailure* failure) {
  ChildFailure read;
  for (;;) {
    ssize_t size = ::read(pipe.get(), &read, sizeof read);
    if (size == sizeof read) *failure = read;
    if (size >= 0 || errno != EINTR) return;
  }
}

}  // namespace

void Starter::start(Process& process) {
  ExitRecord& record = *process.record;
  record.started_at = now();
  record.wall_start = wall_clock();
  Failure failure = attempt(process);
  slots_.clear();
  under_way_.end();
  record.executed_at = now();
  // Read after the exec, for other threads of ours may have raised our peak up to that moment.
  rusage own{};
  ::getrusage(RUSAGE_SELF, &own);
  record.maxrss_floor = own.ru_maxrss;
  if (failure) {
    record.ending = Ending::kSpawnError;
    record.step = failure.step;
    record.error = failure.error;
    process.pid = 0;
    process.pidfd.reset();
  }
  // From here on only times and signals matter: a thousand sleeping children should not hold a thousand environments.
  release(process.spec.argv);
  release(process.spec.env);
  release(process.spec.input.bytes);
  process.spec.files = std::vector<std::pair<int, std::string>>();
  process.spec.held = std::vector<Fd>();
}

Starter::Failure Starter::attempt(Process& process) {
  SpawnSpec& spec = process.spec;
  ChildEnds ends;
  if (!stack_.ok()) return {"mmap", ENOMEM};
  if (spec.hold_error != 0) return {"fcntl", spec.hold_error};
  plan_.prepare(spec, features_);
  if (Failure failure = open_input(process, &ends.input)) return failure;
  if (Failure failure = open_output(spec.output, 1, &process.output, &ends.output)) return failure;
  if (Failure failure = open_output(spec.error, 2, &process.error, &ends.error)) return failure;
  if (Failure failure = open_files(spec, &ends.files)) return failure;
  CloneOptions options;
  options.use_vfork = features_.vfork;
  options.share_files = features_.vfork && features_.close_range;
  options.use_clone3 = features_.clone3;
  options.use_pidfd = features_.pidfd;
  options.pid = under_way_.pid();
  ChildPlan* child = plan_.seal();
  child->pid = under_way_.pid();
  if (spec.confinement != nullptr && !spec.confinement->cgroup.empty()) {
    Failure failure;
    failure.error = create_cgroup(*spec.confinement, &process.cgroup, &failure.step);
    if (failure) return failure;
    if (features_.clone3) options.cgroup = process.cgroup.get();
  }
  Fd procs;
  if (process.cgroup && options.cgroup < 0) {
    procs = open_cgroup_procs(process.cgroup.get());
    if (!procs) return {"cgroup.procs", errno};
    child->cgroup_procs = procs.get();
  }
  if (options.share_files) child->last_needed = std::max({0, plan_.last_moved(), child->cgroup_procs});
  return clone(process, options, child);
}

Starter::Failure Starter::clone(Process& process, const CloneOptions& options, ChildPlan* child) {
  Pipe report;
  if (!features_.vfork) {
    if (int error = make_pipe(&report, false)) return {"pipe2", error};
    child->report = report.write.get();
  }
  CloneResult clone = clone_vfork(stack_, options, child_main, child);
  if (clone.pid >= 0 && !features_.vfork) {
    under_way_.begun(clone.pid);
    report.write.reset();
    read_report(report.read, &child->failure);
  }
  process.why_signalled = under_way_.end();
  if (clone.pid < 0) return {features_.clone3 ? "clone3" : "clone", clone.error};
  if (child->failure.step != nullptr) {
    // It has ended or is about to: this wait is for a process that runs no foreign code.
    while (::waitpid(clone.pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    return {child->failure.step, child->failure.error};
  }
  process.pid = clone.pid;
  process.pidfd = std::move(clone.pidfd);
  process.record->pid = clone.pid;
  return {};
}

Starter::Failure Starter::open_input(Process& process, Fd* child_end) {
  InputSpec& input = process.spec.input;
  switch (input.kind) {
    case InputSpec::Kind::kNull:
      plan_.move(null_, 0);
      return {};
    case InputSpec::Kind::kDescriptor:
      plan_.move(input.descriptor, 0);
      return {};
    case InputSpec::Kind::kBytes: {
      Failure failure;
      failure.error = make_input(input.bytes, child_end, &failure.step);
      if (!failure) plan_.move(slots_.place(*child_end), 0);
      return failure;
    }
    case InputSpec::Kind::kStream: {
      Pipe pipe;
      if (int error = make_pipe(&pipe, false)) return {"pipe2", error};
      process.input.pipe = std::move(pipe.write);
      *child_end = std::move(pipe.read);
      plan_.move(slots_.place(*child_end), 0);
      return {};
    }
  }
  return {};
}

Starter::Failure Starter::open_files(const SpawnSpec& spec, std::vector<Fd>* child_ends) {
  for (const auto& [theirs, bytes] : spec.files) {
    Fd file;
    if (int error = make_sealed_file(bytes, &file)) return {"memfd_create", error};
    plan_.move(file.get(), theirs);
    child_ends->push_back(std::move(file));
  }
  return {};
}

Starter::Failure Starter::open_output(const OutputSpec& output, int number, OutputPipe* ours, Fd* child_end) {
  switch (output.kind) {
    case OutputSpec::Kind::kNull:
      plan_.move(null_, number);
      return {};
    case OutputSpec::Kind::kDescriptor:
      plan_.move(output.descriptor, number);
      return {};
    case OutputSpec::Kind::kMerge:
      // The descriptor that standard output has by now.
      plan_.copy(1, number);
      return {};
    case OutputSpec::Kind::kCapture:
    case OutputSpec::Kind::kStream: {
      Pipe pipe;
      if (int error = make_pipe(&pipe, true)) return {"pipe2", error};
      ours->pipe = std::move(pipe.read);
      ours->stream = output.kind == OutputSpec::Kind::kStream;
      ours->paced = ours->stream;
      ours->keep = !ours->stream;
      ours->cap = output.cap;
      *child_end = std::move(pipe.write);
      plan_.move(slots_.place(*child_end), number);
      return {};
    }
  }
  return {};
}

}  // namespace urocket
