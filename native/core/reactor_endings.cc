// How the reactor ends a process and what is left of it: from its deadline or its exit to the removal of its cgroup.
#include <errno.h>
#include <signal.h>

#include <algorithm>

#include "../sys/pipe.h"
#include "cgroup.h"
#include "reactor.h"

namespace urocket {
namespace {

constexpr Nanos kHeldCheck = 100 * kMillisecond;
constexpr Nanos kLingerCheck = kSecond;
constexpr Nanos kLongestLingerCheck = 60 * kSecond;

// A slow reader of a stream need not hold up the record for what the pipe holds now: it is let in, and so is the end
// that follows. Whoever else holds the pipe open may go on to write; that waits for the reader as before.
void let_in_the_rest(OutputPipe& output) {
  if (output.paced) output.cap = std::max(output.cap, output.in_flight + bytes_in(output.pipe) + 1);
}

}  // namespace

void Reactor::on_exit(Process& process) {
  if (process.launch != nullptr) {
    process.launch->over();  // it is: what the child reported is taken in
    land(process);
  }
  live_.remove(process.spec.id);
  // What is left of a group that has got its first signal gets SIGKILL when its grace is over.
  if (process.phase == Process::Phase::kTerminating) process.linger_until = process.due;
  deadlines_.set(&process, 0);
  if (process.phase != Process::Phase::kHeld) {
    process.record->ended_at = now();
    close_pipe(process.input.pipe, &process.input.watched);
  }
  if (!bury_leader(process, features_)) {
    // Dead, but in the hands of a tracer, who has to let go of it first (ptrace(2)).
    process.phase = Process::Phase::kHeld;
    deadlines_.set(&process, now() + kHeldCheck);
    return;
  }
  process.waiter.reset();
  if (process.record->pid == 0) {
    // No program has run, and what was used was ours.
    process.record->executed_at = process.record->ended_at;
    process.record->usage = {};
  }
  if (process.cgroup && process.spec.linger == 0) kill_cgroup(process.cgroup.get());
  process.phase = Process::Phase::kDraining;
  let_in_the_rest(process.output);
  let_in_the_rest(process.error);
  read_outputs(process);
  settle(process, !stopping_);
}

// The leader is buried: the record goes out once all output is in, or when patience with those who hold it open ends.
void Reactor::settle(Process& process, bool patience) {
  bool open = process.output.pipe || process.error.pipe;
  if (open && patience) {
    if (process.heap_index == SIZE_MAX) deadlines_.set(&process, now() + process.spec.drain);
    return;
  }
  finish(process);
}

void Reactor::hand_over_record(Process& process) {
  process.record->output = std::move(process.output.captured);
  process.record->error_output = std::move(process.error.captured);
  process.output.captured = {};
  process.error.captured = {};
  outbox_.emit({Event::Kind::kExit, process.spec.id, 0, {}, std::move(process.record)});
}

void Reactor::finish(Process& process) {
  deadlines_.set(&process, 0);
  hand_over_record(process);
  if (process.spec.linger == 0 || process.pid == 0) {
    remove(process);
    return;
  }
  if (process.linger_until != 0) {
    process.phase = Process::Phase::kLingerTerm;
  } else {
    process.phase = Process::Phase::kLingering;
    process.linger_until = now() + process.spec.linger;
  }
  // Nobody consumes a stream from now on: what a slow reader held up is let go, or the group would wait for ever.
  for (OutputPipe* output : {&process.output, &process.error}) {
    output->discard = true;
    output->paced = false;
  }
  read_outputs(process);
  check_linger(process);
}

// The group may go on for a while after its leader. It has no descriptor that tells of its end, so we look.
void Reactor::check_linger(Process& process) {
  if (!group_alive(process)) {
    remove(process);
    return;
  }
  Nanos at = now();
  if (at >= process.linger_until) {
    terminate(process, process.phase == Process::Phase::kLingerTerm ? SIGKILL : process.spec.kill_signal);
    return;
  }
  // Where looking is slow, it is done ever less often.
  process.linger_check =
      process.reaped ? kLingerCheck : std::clamp(2 * process.linger_check, kLingerCheck, kLongestLingerCheck);
  deadlines_.set(&process, std::min(process.linger_until, at + process.linger_check));
}

void Reactor::on_due(Process& process) {
  switch (process.phase) {
    case Process::Phase::kStarting:
      if (process.early_signal != 0) {
        on_due_early(process);
      } else {
        end_early(process, Ending::kTimeout, process.spec.kill_signal);
      }
      break;
    case Process::Phase::kRunning:
      // Its exit is about to be noticed, and nobody has to be told of a deadline.
      if (!blame(process, Ending::kTimeout)) break;
      outbox_.emit({Event::Kind::kDeadline, process.spec.id, 0, {}, nullptr});
      terminate(process, process.spec.kill_signal);
      break;
    case Process::Phase::kTerminating:
      terminate(process, SIGKILL);
      break;
    case Process::Phase::kHeld:
      on_exit(process);
      break;
    case Process::Phase::kDraining:
      settle(process, false);
      break;
    case Process::Phase::kLingering:
    case Process::Phase::kLingerTerm:
      check_linger(process);
      break;
    case Process::Phase::kQueued:
    case Process::Phase::kKilled:
    case Process::Phase::kEnded:
      break;
  }
}

// Notes why the leader is about to be signalled; the first reason stands. False when it has ended by itself: a reactor
// that comes late must not say of a process that ended in time that it did not.
bool Reactor::blame(Process& process, Ending why) {
  if (!process.leader_alive() || has_ended(process)) return false;
  if (process.why_signalled == Ending::kExit) process.why_signalled = why;
  return true;
}

// Somebody wants it to end: then those who hold its output open are not waited for either.
void Reactor::end(Process& process, int signal) {
  if (process.phase == Process::Phase::kQueued) {
    withdraw(process);
    return;
  }
  if (process.phase == Process::Phase::kStarting) {
    end_early(process, Ending::kKilled, signal);
    return;
  }
  // The leader is dead, and the rest of its group ends with its burial.
  if (process.phase == Process::Phase::kHeld) process.spec.linger = 0;
  blame(process, Ending::kKilled);
  if (process.phase == Process::Phase::kDraining) {
    read_outputs(process);
    settle(process, false);
  }
  terminate(process, signal);
}

// Sends `signal` to the group and sees to it that SIGKILL follows. A stopped process is continued, for it could not
// handle a signal otherwise; SIGKILL needs no such help.
void Reactor::terminate(Process& process, int signal) {
  using Phase = Process::Phase;
  bool lingering = process.phase == Phase::kLingering || process.phase == Phase::kLingerTerm;
  if (!lingering && !process.leader_alive()) return;
  if (process.phase == Phase::kKilled) return;
  if (signal == SIGKILL) {
    signal_group(process, SIGKILL);
    if (process.cgroup) kill_cgroup(process.cgroup.get());
    if (lingering) {
      remove(process);
      return;
    }
    process.phase = Phase::kKilled;
    process.spec.linger = 0;
    deadlines_.set(&process, 0);
    return;
  }
  if (process.phase == Phase::kTerminating || process.phase == Phase::kLingerTerm) return;
  signal_group(process, signal);
  signal_group(process, SIGCONT);
  Nanos grace_end = now() + process.spec.grace;
  process.phase = lingering ? Phase::kLingerTerm : Phase::kTerminating;
  if (lingering) process.linger_until = grace_end;
  deadlines_.set(&process, grace_end);
}

void Reactor::remove(Process& process) {
  deadlines_.set(&process, 0);
  process.phase = Process::Phase::kEnded;
  close_pipe(process.input.pipe, &process.input.watched);
  close_pipe(process.output.pipe, &process.output.watched);
  close_pipe(process.error.pipe, &process.error.watched);
  release_zombie(process);
  remove_cgroup(process);
  auto found = processes_.find(process.spec.id);
  retired_.push_back(std::move(found->second));
  processes_.erase(found);
}

void Reactor::remove_cgroup(Process& process) {
  if (!process.cgroup) return;
  kill_cgroup(process.cgroup.get());
  process.cgroup.reset();
  left_cgroups_.remove(std::move(process.spec.confinement));
}

void Reactor::kill_everything() {
  std::vector<Process*> all;
  all.reserve(processes_.size());
  for (auto& [id, process] : processes_) all.push_back(process.get());
  for (Process* process : all) end(*process, SIGKILL);
}

// What SIGKILL did not end in time, asleep in the kernel or in a debugger's hands, is left behind, but not its record.
void Reactor::give_up() {
  for (auto& [id, process] : processes_) {
    // The child may still write there when it dies at last, which a thread that waits for it sees in its own time.
    (void)process->launch.release();
    if (process->waiter != nullptr) process->waiter->let_go();
    if (process->record == nullptr) continue;
    process->record->step = "wait4";
    process->record->error = ETIMEDOUT;
    process->record->ended_at = now();
    hand_over_record(*process);
  }
}

}  // namespace urocket
