// How the reactor ends a process whose program does not run yet.
#include <signal.h>

#include <algorithm>

#include "reactor.h"

namespace urocket {
namespace {

constexpr Nanos kLaunchGrace = kSecond;

}  // namespace

// Nothing has been started yet, and nothing will be.
void Reactor::withdraw(Process& process) {
  ExitRecord& record = *process.record;
  record.started_at = record.executed_at = record.ended_at = now();
  record.wall_start = wall_clock();
  record.ending = Ending::kKilled;
  process.reaped = true;
  finish(process);
}

// Ends a process that is only being started. Until its program runs nobody could make anything of a signal, and one
// with a core dump would dump our own memory: so it is sent then, or SIGKILL when a grace is over. A grace is for
// programs to clean up; where there is none yet a second is enough.
void Reactor::end_early(Process& process, Ending why, int signal) {
  if (process.early_signal == 0) process.early_why = why;
  Nanos due = now() + (signal == SIGKILL ? 0 : std::min(process.spec.grace, kLaunchGrace));
  if (process.early_signal == 0 || signal == SIGKILL) deadlines_.set(&process, due);
  if (process.early_signal != SIGKILL) process.early_signal = signal;
  if (due <= now()) on_due_early(process);
}

// The program runs now, or the time for that is over.
void Reactor::on_due_early(Process& process) {
  if (process.launch != nullptr && process.launch->over()) {
    land(process);  // which comes here again
    return;
  }
  if (!has_number(process)) {
    deadlines_.set(&process, now() + kMillisecond);
    return;
  }
  int signal = process.launch != nullptr ? SIGKILL : process.early_signal;
  process.early_signal = 0;
  deadlines_.set(&process, 0);
  bool in_time = !blame(process, process.early_why);
  if (process.early_why == Ending::kTimeout) {
    if (in_time) return;
    outbox_.emit({Event::Kind::kDeadline, process.spec.id, 0, {}, nullptr});
  }
  // A kill is for what it left behind, too.
  terminate(process, signal);
}

// Whether there is a child that signals can be sent to. One that a thread of its own starts gets its number a moment
// after it was asked for.
bool Reactor::has_number(Process& process) {
  if (process.pid == 0 && process.launch != nullptr) {
    process.pid = __atomic_load_n(&process.launch->apart_pid, __ATOMIC_RELAXED);
  }
  return process.pid != 0;
}

}  // namespace urocket
