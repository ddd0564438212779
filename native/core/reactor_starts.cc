// How the reactor starts processes: from the line through the launch to the program that runs.
#include <signal.h>
#include <sys/wait.h>

#include <utility>

#include "reactor.h"

namespace urocket {
namespace {

// A start takes some 50 us, or milliseconds where it is a fork: between them deadlines and ends of others get their
// turn.
constexpr Nanos kStartsShare = kMillisecond / 2;
// A start that takes longer hangs, or waits at least, and does not count: it uses no CPU that others could have.
constexpr Nanos kBriskStart = 10 * kMillisecond;

}  // namespace

void Reactor::enqueue(std::unique_ptr<Process> process) {
  ProcessId id = process->spec.id;
  processes_[id] = std::move(process);
  line_.push_back(id);
}

void Reactor::start_some() {
  Nanos at = now();
  for (Nanos end = at + kStartsShare; !line_.empty() && at < end && may_start(at); at = now()) {
    auto found = processes_.find(line_.front());
    line_.pop_front();
    // Or it was killed while it waited.
    if (found != processes_.end()) start(*found->second, launches_.take());
  }
}

bool Reactor::may_start(Nanos at) const {
  if (!launches_.available()) return false;
  if (launching_.size() < concurrent_starts_) return true;
  const Process& oldest_that_counts = *launching_[launching_.size() - concurrent_starts_];
  return at - oldest_that_counts.record->started_at > kBriskStart;
}

void Reactor::start(Process& process, std::unique_ptr<Launch> launch) {
  process.phase = Process::Phase::kStarting;
  process.launch = std::move(launch);
  launching_.push_back(&process);
  starter_->start(process, *process.launch);
  if (process.record->step != nullptr) {
    fail_start(process);
    return;
  }
  if (process.launch->apart) {
    start_apart(process);
    return;
  }
  watch_streams(process);
  if (!watch_exit(process)) {
    // What can't be watched would never be known to have ended: it is ended now, and waited for right here.
    signal_group(process, SIGKILL);
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(process.pid), &info, WEXITED | WNOWAIT);
    on_exit(process);
    return;
  }
  if (process.spec.timeout > 0) deadlines_.set(&process, process.record->started_at + process.spec.timeout);
  if (!process.input.pending.empty() || process.input.ending) on_input(process);
}

// There is no child.
void Reactor::fail_start(Process& process) {
  land(process);
  process.record->ending = Ending::kSpawnError;
  process.record->ended_at = process.record->executed_at;
  process.reaped = true;
  finish(process);
}

// The thread lives as long as the child, whose parent-death signal follows it.
void Reactor::start_apart(Process& process) {
  ProcessId id = process.spec.id;
  Launch* launch = process.launch.get();
  process.waiter = std::make_unique<Thread>();
  int error = process.waiter->start("urocket-start", [inbox = inbox_, id, launch] {
    Starter::clone_apart(*launch);
    pid_t pid = launch->apart_result.pid;
    inbox->command({Command::Kind::kCloned, id, 0, false, {}});
    if (pid > 0) report_exit(inbox, id, pid);
  });
  if (error != 0) {
    process.record->step = "pthread_create";
    process.record->error = error;
    fail_start(process);
    return;
  }
  if (process.spec.timeout > 0) deadlines_.set(&process, process.record->started_at + process.spec.timeout);
}

void Reactor::on_cloned(Process& process) {
  process.launch->reported = true;
  starter_->take_apart(process, *process.launch);
  if (process.record->step != nullptr) {
    process.waiter.reset();
    process.pid = 0;
    deadlines_.set(&process, 0);
    fail_start(process);
    return;
  }
  land(process);
  watch_streams(process);
  if (!process.input.pending.empty() || process.input.ending) on_input(process);
}

void Reactor::look_at_launches() {
  for (size_t i = launching_.size(); i-- > 0;) {
    if (launching_[i]->launch->over()) land(*launching_[i]);
  }
}

// The launch is over: the program runs, or never will. One that could not become its program has ended or is about to,
// and its record comes with its end.
void Reactor::land(Process& process) {
  std::erase(launching_, &process);
  starter_->finish(process, *process.launch);
  launches_.give_back(std::move(process.launch));
  if (process.record->step != nullptr) {
    process.spec.linger = 0;
    close_pipe(process.output.pipe, &process.output.watched);
    close_pipe(process.error.pipe, &process.error.watched);
    return;
  }
  ProcessId id = process.spec.id;
  process.record->pid = process.pid;
  live_.add({id, process.pid, process.record->started_at});
  if (process.phase == Process::Phase::kStarting) process.phase = Process::Phase::kRunning;
  // One that was killed before it could become its program never ran; or just did, and no part of it lingers.
  bool killed = process.phase == Process::Phase::kKilled;
  if (killed) process.spec.linger = 0;
  if (!killed && process.spec.announce) outbox_.emit({Event::Kind::kStarted, id, process.pid, {}, nullptr});
  for (int signal : std::exchange(process.signals, {})) signal_group(process, signal);
  if (process.early_signal != 0) on_due_early(process);
  bool captures = (process.output.pipe && !process.output.stream) || (process.error.pipe && !process.error.stream);
  if (captures) quiet_.add(id, now());
}

}  // namespace urocket
