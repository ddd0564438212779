#include "starter.h"

#include <errno.h>

#include <algorithm>

#include "../sys/pipe.h"
#include "cgroup.h"

namespace urocket {

void Starter::start(Process& process, Launch& launch) {
  ExitRecord& record = *process.record;
  record.started_at = now();
  record.wall_start = wall_clock();
  note(process, attempt(process, launch));
}

void Starter::finish(Process& process, Launch& launch) {
  ExitRecord& record = *process.record;
  const ChildPlan& child = launch.plan.child();
  if (record.step == nullptr && child.failure.step != nullptr) {
    record.step = child.failure.step;
    record.error = child.failure.error;
  }
  // Where it has a copy of our memory it can't tell us.
  record.executed_at = child.executed_at != 0 && record.step == nullptr ? child.executed_at : now();
  // Read after the exec, for other threads of ours may have raised our peak up to that moment.
  rusage own{};
  ::getrusage(RUSAGE_SELF, &own);
  record.maxrss_floor = own.ru_maxrss;
  slots_.free(&launch.low_slots);
  // From here on only times and signals matter: a thousand sleeping children should not hold a thousand environments.
  release(process.spec.argv);
  release(process.spec.env);
  release(process.spec.input.bytes);
  process.spec.held = std::vector<Fd>();
}

Starter::Failure Starter::attempt(Process& process, Launch& launch) {
  SpawnSpec& spec = process.spec;
  launch.plan.prepare(spec, features_);
  if (!launch.stack.ok()) return {"mmap", ENOMEM};
  if (spec.fault != 0) return {spec.fault_step, spec.fault};
  if (Failure failure = open_input(process, launch)) return failure;
  if (Failure failure = open_output(spec.output, 1, &process.output, launch)) return failure;
  if (Failure failure = open_output(spec.error, 2, &process.error, launch)) return failure;
  CloneOptions options;
  if (features_.shared_memory) options.under_way = &launch.under_way;
  options.share_files = features_.shared_memory && features_.close_range;
  options.use_clone3 = features_.clone3;
  options.use_pidfd = features_.pidfd;
  ChildPlan* child = launch.plan.seal();
  // clone3 has set all others back by itself (CLONE_CLEAR_SIGHAND).
  child->reset_signals = features_.clone3 ? ignored_.look(process.record->started_at) : ~0ULL;
  if (spec.confinement != nullptr && !spec.confinement->cgroup.empty()) {
    Failure failure;
    failure.error = create_cgroup(*spec.confinement, &process.cgroup, &failure.step);
    if (failure) return failure;
    if (features_.clone3) options.cgroup = process.cgroup.get();
  }
  if (process.cgroup && options.cgroup < 0) {
    Fd procs = open_cgroup_procs(process.cgroup.get());
    if (!procs) return {"cgroup.procs", errno};
    child->cgroup_procs = procs.get();
    launch.ends.push_back(std::move(procs));
  }
  if (options.share_files) child->last_needed = std::max({0, launch.plan.last_moved(), child->cgroup_procs});
  // A score is one of all that share a memory, so ours would be changed with the child's (proc_pid_oom_score_adj(5)).
  // And where the memory of a cgroup runs out, all are killed that share the memory of the one that is chosen, in
  // whatever cgroup. In both the kernel makes a difference for a child whose parent sleeps meanwhile, as with vfork(2).
  bool apart = spec.confinement && (spec.confinement->oom_score_adj || !spec.confinement->cgroup.empty());
  if (apart && features_.shared_memory) {
    launch.reported = false;
    __atomic_store_n(&launch.apart_pid, 0, __ATOMIC_RELAXED);
    options.sleep_pid = &launch.apart_pid;
    launch.apart = options;
    return {};
  }
  return clone(process, launch, options, child);
}

Starter::Failure Starter::clone(Process& process, Launch& launch, CloneOptions options, ChildPlan* child) {
  Pipe report;
  if (options.under_way == nullptr) {
    if (int error = make_pipe(&report, true)) return {"pipe2", error};
    child->report = report.write.get();
    launch.report = std::move(report.read);
  }
  return take(process, clone_child(launch.stack, options, child_main, child));
}

void Starter::clone_apart(Launch& launch) {
  launch.apart_result = clone_child(launch.stack, *launch.apart, child_main, &launch.plan.child());
}

void Starter::take_apart(Process& process, Launch& launch) {
  note(process, take(process, std::move(launch.apart_result)));
}

Starter::Failure Starter::take(Process& process, CloneResult clone) {
  if (clone.pid < 0) return {features_.clone3 ? "clone3" : "clone", clone.error};
  process.pid = clone.pid;
  process.pidfd = std::move(clone.pidfd);
  return {};
}

void Starter::note(Process& process, Failure failure) {
  if (!failure) return;
  process.record->step = failure.step;
  process.record->error = failure.error;
}

Starter::Failure Starter::open_input(Process& process, Launch& launch) {
  InputSpec& input = process.spec.input;
  switch (input.kind) {
    case InputSpec::Kind::kNull:
      launch.plan.move(null_, 0);
      return {};
    case InputSpec::Kind::kDescriptor:
      launch.plan.move(input.descriptor, 0);
      return {};
    case InputSpec::Kind::kBytes: {
      Failure failure;
      Fd end;
      failure.error = make_input(input.bytes, &end, &failure.step);
      if (!failure) hand_over(std::move(end), 0, launch);
      return failure;
    }
    case InputSpec::Kind::kStream: {
      Pipe pipe;
      if (int error = make_pipe(&pipe, false)) return {"pipe2", error};
      process.input.pipe = std::move(pipe.write);
      hand_over(std::move(pipe.read), 0, launch);
      return {};
    }
  }
  return {};
}

Starter::Failure Starter::open_output(const OutputSpec& output, int number, OutputPipe* ours, Launch& launch) {
  switch (output.kind) {
    case OutputSpec::Kind::kNull:
      launch.plan.move(null_, number);
      return {};
    case OutputSpec::Kind::kDescriptor:
      launch.plan.move(output.descriptor, number);
      return {};
    case OutputSpec::Kind::kMerge:
      // The descriptor that standard output has by now.
      launch.plan.copy(1, number);
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
      hand_over(std::move(pipe.write), number, launch);
      return {};
    }
  }
  return {};
}

void Starter::hand_over(Fd end, int number, Launch& launch) {
  launch.plan.move(slots_.place(end, &launch.low_slots), number);
  if (end) launch.ends.push_back(std::move(end));
}

}  // namespace urocket
