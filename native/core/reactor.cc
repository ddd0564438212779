#include "reactor.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/wait.h>

#include <algorithm>

namespace urocket {
namespace {

constexpr int kEventsPerTurn = 256;
constexpr Nanos kOrphanCheck = 200 * kMillisecond;
constexpr Nanos kStopPatience = 2 * kSecond;
constexpr Nanos kStopCheck = 20 * kMillisecond;
constexpr Nanos kCgroupCheck = 20 * kMillisecond;
constexpr Nanos kLongestSleep = 60 * kSecond;

// How long until the next look at starts under way, the last of which is as old as this, when nothing else wakes us.
Nanos launch_check(Nanos age) { return std::clamp(age / 4, kMillisecond, 100 * kMillisecond); }

}  // namespace

Reactor::Reactor(const SupervisorOptions& options, EventSink& sink)
    : features_(options.features),
      subreaper_(options.subreaper),
      concurrent_starts_(options.concurrent_starts),
      sink_(sink),
      outbox_(sink),
      launches_(options.launches),
      orphans_(sink) {}

int Reactor::start() {
  epoll_ = Fd(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll_) return errno;
  null_ = Fd(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null_) return errno;
  if (int error = inbox_->open()) return error;
  epoll_event event{EPOLLIN, {.u64 = tag(0, Source::kWake)}};
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, inbox_->descriptor(), &event) != 0) return errno;
  starter_.emplace(features_, null_.get());
  return thread_.start("urocket-react", [this] { run(); });
}

void Reactor::stop() {
  inbox_->request_stop();
  thread_.join();
}

void Reactor::run() {
  epoll_event events[kEventsPerTurn];
  for (;;) {
    int count = ::epoll_wait(epoll_.get(), events, kEventsPerTurn, sleep_ms());
    // First of all: the end of a process may be among the events before the process was taken in.
    take_inbox();
    for (int i = 0; i < count; i++) dispatch(events[i].data.u64);
    start_some();
    look_at_launches();
    Nanos at = now();
    look_at_quiet(at);
    while (Process* process = deadlines_.pop(at)) on_due(*process);
    if (subreaper_ && at >= next_orphan_look_) look_for_orphans();
    if (!left_cgroups_.empty()) left_cgroups_.retry(at);
    bool done = stopping_ && ((processes_.empty() && left_cgroups_.empty()) || at >= give_up_at_);
    if (done) give_up();
    retired_.clear();
    // Last of all: whoever is woken may take our CPU.
    outbox_.flush();
    if (done) return;
  }
}

// For epoll_wait(2): milliseconds until something is due, -1 for never.
int Reactor::sleep_ms() {
  Nanos at = now();
  if (!line_.empty() && may_start(at)) return 0;
  Nanos wake = deadlines_.next();
  auto by = [&wake](Nanos due) { wake = std::min(wake, due); };
  if (!launching_.empty()) by(at + launch_check(at - launching_.back()->record->started_at));
  by(quiet_.next(wake));
  if (subreaper_) by(next_orphan_look_);
  if (stopping_) by(at + kStopCheck);
  if (!left_cgroups_.empty()) by(at + kCgroupCheck);
  if (wake > at && !inbox_->may_sleep()) return 0;
  if (wake == DeadlineHeap::kNever) return -1;
  // Rounded up: a turn that came early would only sleep again.
  return static_cast<int>((std::clamp<Nanos>(wake - at, 0, kLongestSleep) + kMillisecond - 1) / kMillisecond);
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
  Inbox::Contents contents = inbox_->take();
  for (auto& process : contents.arrivals) enqueue(std::move(process));
  for (Command& command : contents.commands) {
    auto found = processes_.find(command.id);
    if (found != processes_.end()) apply(*found->second, command);
  }
  if (contents.stop && !stopping_) {
    stopping_ = true;
    give_up_at_ = now() + kStopPatience;
    kill_everything();
  }
}

// Asks epoll for the streamed outputs; the captured ones have time.
void Reactor::watch_streams(Process& process) {
  ProcessId id = process.spec.id;
  for (OutputPipe* output : {&process.output, &process.error}) {
    if (!output->pipe || !output->stream) continue;
    uint64_t data = tag(id, output == &process.output ? Source::kOutput : Source::kError);
    if (!set_watched(output->pipe.get(), &output->watched, true, EPOLLIN, data)) quiet_.add(id, now());
  }
}

bool Reactor::watch_exit(Process& process) {
  ProcessId id = process.spec.id;
  if (process.pidfd) {
    // Reported once, and so never in vain after the process was buried.
    epoll_event event{EPOLLIN | EPOLLONESHOT, {.u64 = tag(id, Source::kExit)}};
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, process.pidfd.get(), &event) == 0) return true;
    process.record->step = "epoll_ctl";
    process.record->error = errno;
    return false;
  }
  // No pidfd: a thread waits, without reaping, and reports. It ends with the process, so joining it never waits long.
  pid_t pid = process.pid;
  process.waiter = std::make_unique<Thread>();
  int error = process.waiter->start("urocket-wait", [inbox = inbox_, id, pid] { report_exit(inbox, id, pid); });
  if (error == 0) return true;
  process.record->step = "pthread_create";
  process.record->error = error;
  return false;
}

// Thread: a waiter's.
void Reactor::report_exit(const SharedInbox& inbox, ProcessId id, pid_t pid) {
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
  inbox->command({Command::Kind::kExited, id, 0, false, {}});
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

// Takes a pipe out of epoll, then closes it. Closing alone is not enough: a child that has just been cloned may hold
// copies of our descriptors until it execs, and as long as any copy is open epoll goes on to report, for a number that
// we could no longer take out.
void Reactor::close_pipe(Fd& pipe, bool* watched) {
  if (!pipe) return;
  set_watched(pipe.get(), watched, false, 0, 0);
  pipe.reset();
}

void Reactor::apply(Process& process, Command& command) {
  switch (command.kind) {
    case Command::Kind::kKill:
      end(process, command.number == 0 ? process.spec.kill_signal : static_cast<int>(command.number));
      break;
    case Command::Kind::kSignal:
      // Before it runs it could only die of it.
      if (process.phase == Process::Phase::kQueued || process.launch != nullptr) {
        process.signals.push_back(static_cast<int>(command.number));
      } else if (process.leader_alive()) {
        signal_group(process, static_cast<int>(command.number));
      }
      break;
    case Command::Kind::kWrite:
      process.input.pending += command.bytes;
      if (process.phase != Process::Phase::kQueued) on_input(process);
      break;
    case Command::Kind::kEndInput:
      process.input.ending = true;
      if (process.phase != Process::Phase::kQueued) on_input(process);
      break;
    case Command::Kind::kConsumed: {
      OutputPipe& output = command.error ? process.error : process.output;
      output.in_flight -= std::min<uint64_t>(output.in_flight, static_cast<uint64_t>(command.number));
      if (output.pipe) on_output(process, output, command.error);
      break;
    }
    case Command::Kind::kCloned:
      on_cloned(process);
      break;
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
