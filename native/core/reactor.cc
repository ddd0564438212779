#include "reactor.h"

#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/wait.h>

#include <algorithm>

namespace urocket {
namespace {

constexpr int kEventsPerTurn = 256;
constexpr Nanos kOrphanCheck = 200 * kMillisecond;
// Most processes end sooner than this, and what they wrote is read then: asking epoll for their outputs would be in
// vain. One that fills a pipe before waits as long.
constexpr Nanos kShort = 2 * kMillisecond;
constexpr Nanos kPatrol = 100 * kMillisecond;
constexpr Nanos kStopPatience = 2 * kSecond;
constexpr Nanos kStopCheck = 20 * kMillisecond;
constexpr Nanos kCgroupCheck = 20 * kMillisecond;
constexpr Nanos kLongestSleep = 60 * kSecond;

}  // namespace

Reactor::Reactor(const Features& features, bool subreaper, Patrol patrol, EventSink& sink)
    : features_(features),
      subreaper_(subreaper),
      patrol_(std::move(patrol)),
      sink_(sink),
      outbox_(sink),
      orphans_(sink) {}

Reactor::~Reactor() {
  stop();
  // Before the rest: a waiter thread, joined here, uses the inbox.
  processes_.clear();
}

int Reactor::start() {
  epoll_ = Fd(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll_) return errno;
  if (int error = inbox_.open()) return error;
  epoll_event event{EPOLLIN, {.u64 = tag(0, Source::kWake)}};
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, inbox_.descriptor(), &event) != 0) return errno;
  return thread_.start("urocket-react", [this] { run(); });
}

void Reactor::adopt(std::unique_ptr<Process> process) {
  inbox_.adopt(std::move(process), [this](Process& arriving) { return watch_pidfd(arriving); });
}

void Reactor::stop() {
  inbox_.request_stop();
  thread_.join();
}

void Reactor::run() {
  epoll_event events[kEventsPerTurn];
  for (;;) {
    int count = ::epoll_wait(epoll_.get(), events, kEventsPerTurn, sleep_ms());
    // First of all: the end of a process may be among the events before the process was taken in.
    take_inbox();
    for (int i = 0; i < count; i++) dispatch(events[i].data.u64);
    Nanos at = now();
    watch_outputs(at);
    while (Process* process = deadlines_.pop(at)) on_due(*process);
    if (subreaper_ && at >= next_orphan_look_) look_for_orphans();
    if (!left_cgroups_.empty()) left_cgroups_.retry(at);
    bool done = stopping_ && ((processes_.empty() && left_cgroups_.empty()) || at >= give_up_at_);
    if (done) give_up();
    outbox_.flush();
    retired_.clear();
    if (done) return;
  }
}

// For epoll_wait(2): milliseconds until something is due, -1 for never.
int Reactor::sleep_ms() {
  Nanos at = now();
  Nanos wake = deadlines_.next();
  auto by = [&wake](Nanos due) { wake = std::min(wake, due); };
  bool expecting = inbox_.expecting();
  if (expecting) by(patrol(at));
  if (!unwatched_.empty()) by(unwatched_.front().until);
  if (subreaper_) by(next_orphan_look_);
  if (stopping_) by(at + kStopCheck);
  if (!left_cgroups_.empty()) by(at + kCgroupCheck);
  if (!inbox_.may_sleep(wake, expecting)) return 0;
  if (wake == DeadlineHeap::kNever) return -1;
  // Rounded up: a turn that came early would only sleep again.
  return static_cast<int>((std::clamp<Nanos>(wake - at, 0, kLongestSleep) + kMillisecond - 1) / kMillisecond);
}

// Looks after processes that are still being started; returns when to do it again.
Nanos Reactor::patrol(Nanos at) {
  if (at < next_patrol_) return next_patrol_;
  Nanos due = patrol_(at);
  next_patrol_ = due == 0 ? at + kPatrol : std::min(due, at + kPatrol);
  return next_patrol_;
}

void Reactor::dispatch(uint64_t data) {
  auto source = static_cast<Source>(data & ((1 << kSourceBits) - 1));
  auto found = processes_.find(data >> kSourceBits);
  if (found == processes_.end()) return;
  Process& process = *found->second;
  switch (source) {
    case Source::kExit:
      if (process.leader_alive()) on_exit(process);
      break;
    case Source::kOutput:
      on_output(process, process.output, false);
      break;
    case Source::kError:
      on_output(process, process.error, true);
      break;
    case Source::kInput:
      on_input(process);
      break;
    case Source::kWake:
      break;
  }
}

void Reactor::take_inbox() {
  Inbox::Contents contents = inbox_.take();
  for (auto& process : contents.arrivals) welcome(std::move(process));
  for (Command& command : contents.commands) execute(command);
  if (contents.stop && !stopping_) {
    stopping_ = true;
    give_up_at_ = now() + kStopPatience;
    kill_everything();
  }
}

void Reactor::welcome(std::unique_ptr<Process> arrived) {
  Process& process = *arrived;
  ProcessId id = process.spec.id;
  std::vector<Command> kept = inbox_.arrived(id);
  processes_[id] = std::move(arrived);
  if (process.pid == 0) {
    process.record->ended_at = process.record->executed_at;
    process.output.pipe.reset();
    process.error.pipe.reset();
    process.reaped = true;
    finish(process);
    return;
  }
  // One that was killed before it could become its program never ran; or just did, and no part of it lingers.
  bool killed = process.why_signalled != Ending::kExit;
  if (killed) process.spec.linger = 0;
  process.phase = killed ? Process::Phase::kKilled : Process::Phase::kRunning;
  live_.add({id, process.pid, process.record->started_at});
  if (process.why_signalled == Ending::kTimeout) outbox_.emit({Event::Kind::kDeadline, id, 0, {}, nullptr});
  if (!killed && process.spec.announce) outbox_.emit({Event::Kind::kStarted, id, process.pid, {}, nullptr});
  if (!watch(process)) {
    // What can't be watched would never be known to have ended: it is ended now, and waited for right here.
    process.record->step = "epoll_ctl";
    process.record->error = errno;
    signal_group(process, SIGKILL);
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(process.pid), &info, WEXITED | WNOWAIT);
    on_exit(process);
    return;
  }
  if (!killed && process.spec.timeout > 0) deadlines_.set(&process, process.record->started_at + process.spec.timeout);
  for (Command& command : kept) apply(process, command);
}

bool Reactor::watch(Process& process) {
  bool later = false;
  for (OutputPipe* output : {&process.output, &process.error}) {
    if (!output->pipe) continue;
    if (output->stream) {
      Source source = output == &process.output ? Source::kOutput : Source::kError;
      if (!set_watched(output->pipe.get(), &output->watched, true, EPOLLIN, tag(process.spec.id, source))) return false;
    } else {
      later = true;
    }
  }
  if (later) unwatched_.push_back({process.spec.id, now() + kShort});
  return watch_exit(process);
}

// Asks epoll for the captured outputs of the processes that did not end soon.
void Reactor::watch_outputs(Nanos at) {
  for (; !unwatched_.empty() && unwatched_.front().until <= at; unwatched_.pop_front()) {
    auto found = processes_.find(unwatched_.front().id);
    if (found == processes_.end()) continue;
    Process& process = *found->second;
    on_output(process, process.output, false);
    on_output(process, process.error, true);
  }
}

bool Reactor::watch_exit(Process& process) {
  if (process.pidfd) return process.exit_watched || watch_pidfd(process);
  // No pidfd: a thread waits, without reaping, and reports. It ends with the process, so joining it never waits long.
  ProcessId id = process.spec.id;
  pid_t pid = process.pid;
  process.waiter = std::make_unique<Thread>();
  errno = process.waiter->start("urocket-wait", [this, id, pid] {
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    inbox_.command({Command::Kind::kExited, id, 0, false, {}});
  });
  return errno == 0;
}

// Thread: also a spawner's, while it has the process. Reported once, and so never in vain after the process was buried.
bool Reactor::watch_pidfd(Process& process) {
  if (!process.pidfd) return false;
  epoll_event event{EPOLLIN | EPOLLONESHOT, {.u64 = tag(process.spec.id, Source::kExit)}};
  process.exit_watched = ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, process.pidfd.get(), &event) == 0;
  return process.exit_watched;
}

// Takes a descriptor into epoll or out of it. One that is only to pause must be taken out: epoll reports hang-ups even
// with no interest set, again and again.
bool Reactor::set_watched(int fd, bool* watched, bool wanted, uint32_t interest, uint64_t data) {
  if (*watched == wanted) return true;
  epoll_event event{interest, {.u64 = data}};
  if (::epoll_ctl(epoll_.get(), wanted ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, fd, &event) != 0) return false;
  *watched = wanted;
  return true;
}

// Takes a pipe out of epoll, then closes it. Closing alone is not enough: a child that another thread has just cloned
// holds copies of all our descriptors until it execs, and as long as any copy is open epoll goes on to report, for a
// number that we could no longer take out.
void Reactor::close_pipe(Fd& pipe, bool* watched) {
  if (!pipe) return;
  set_watched(pipe.get(), watched, false, 0, 0);
  pipe.reset();
}

void Reactor::execute(Command& command) {
  auto found = processes_.find(command.id);
  if (found != processes_.end()) {
    apply(*found->second, command);
  } else {
    inbox_.keep(std::move(command));
  }
}

void Reactor::apply(Process& process, Command& command) {
  switch (command.kind) {
    case Command::Kind::kKill:
      end(process, command.number == 0 ? process.spec.kill_signal : static_cast<int>(command.number));
      break;
    case Command::Kind::kSignal:
      if (process.leader_alive()) signal_group(process, static_cast<int>(command.number));
      break;
    case Command::Kind::kWrite:
      process.input.pending += command.bytes;
      on_input(process);
      break;
    case Command::Kind::kEndInput:
      process.input.ending = true;
      on_input(process);
      break;
    case Command::Kind::kConsumed: {
      OutputPipe& output = command.error ? process.error : process.output;
      output.in_flight -= std::min<uint64_t>(output.in_flight, static_cast<uint64_t>(command.number));
      if (output.pipe) on_output(process, output, command.error);
      break;
    }
    case Command::Kind::kExited:
      if (process.leader_alive()) on_exit(process);
      break;
  }
}

void Reactor::look_for_orphans() {
  orphans_reaped_ += orphans_.collect();
  next_orphan_look_ = now() + kOrphanCheck;
  if (orphans_.waiting()) sink_.notify();
}

}  // namespace urocket
