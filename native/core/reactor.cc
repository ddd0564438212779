#include "reactor.h"

#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

#include <algorithm>

#include "../sys/pidfd.h"
#include "capture.h"
#include "cgroup.h"

namespace urocket {
namespace {

// What an epoll event is about: the low bits of its data, the process id above them.
enum Source : uint64_t { kWake, kExit, kOutput, kError, kInput };
constexpr int kSourceBits = 3;

constexpr int kEventsPerTurn = 256;
constexpr Nanos kLingerCheck = kSecond;
constexpr Nanos kLongestLingerCheck = 60 * kSecond;
constexpr Nanos kOrphanCheck = 200 * kMillisecond;
constexpr Nanos kStopPatience = 2 * kSecond;
constexpr Nanos kCgroupPatience = 2 * kSecond;
constexpr int kCgroupCheck = 20;  // milliseconds

uint64_t tag(ProcessId id, Source source) { return id << kSourceBits | source; }

}  // namespace

Reactor::Reactor(const Features& features, bool subreaper, EventSink& sink)
    : features_(features), subreaper_(subreaper), sink_(sink), orphans_(sink) {}

Reactor::~Reactor() {
  stop();
  // Before the rest: a waiter thread, joined here, uses the inbox.
  processes_.clear();
}

int Reactor::start() {
  epoll_ = Fd(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll_) return errno;
  wake_ = Fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake_) return errno;
  epoll_event event{EPOLLIN, {.u64 = tag(0, kWake)}};
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &event) != 0) return errno;
  return thread_.start("urocket-react", [this] { run(); });
}

void Reactor::stop() {
  {
    std::lock_guard lock(inbox_mutex_);
    stop_requested_ = true;
  }
  if (wake_) wake();
  thread_.join();
}

// ---- From other threads

void Reactor::expect(ProcessId id) {
  std::lock_guard lock(inbox_mutex_);
  expected_.try_emplace(id);
}

void Reactor::adopt(std::unique_ptr<Process> process) {
  bool first = false;
  {
    std::lock_guard lock(inbox_mutex_);
    arrivals_.push_back(std::move(process));
    first = !inbox_filled_;
    inbox_filled_ = true;
  }
  if (first) wake();
}

void Reactor::command(Command command) {
  bool first = false;
  {
    std::lock_guard lock(inbox_mutex_);
    commands_.push_back(std::move(command));
    first = !inbox_filled_;
    inbox_filled_ = true;
  }
  if (first) wake();
}

std::vector<Event> Reactor::take(size_t max_bytes, bool* more) {
  std::lock_guard lock(outbox_mutex_);
  size_t bytes = 0;
  size_t count = 0;
  while (count < outbox_.size() && bytes <= max_bytes) {
    const Event& event = outbox_[count++];
    bytes += event.bytes.size();
    if (event.record) bytes += event.record->output.data.size() + event.record->error_output.data.size();
  }
  *more = count < outbox_.size();
  std::vector<Event> taken(std::make_move_iterator(outbox_.begin()),
                           std::make_move_iterator(outbox_.begin() + static_cast<ptrdiff_t>(count)));
  outbox_.erase(outbox_.begin(), outbox_.begin() + static_cast<ptrdiff_t>(count));
  return taken;
}

std::vector<LiveProcess> Reactor::list() {
  std::lock_guard lock(live_mutex_);
  std::vector<LiveProcess> all;
  all.reserve(live_.size());
  for (const auto& [id, live] : live_) all.push_back(live);
  return all;
}

bool Reactor::with_pid(ProcessId id, const std::function<void(pid_t)>& look) {
  // The reactor takes a process off this table before it reaps it, so under the lock the number is still its own.
  std::lock_guard lock(live_mutex_);
  auto found = live_.find(id);
  if (found == live_.end()) return false;
  look(found->second.pid);
  return true;
}

void Reactor::wake() {
  uint64_t one = 1;
  // Only EAGAIN is possible, when the counter is full: then the reactor is about to wake anyway.
  (void)!::write(wake_.get(), &one, sizeof one);
}

// ---- The loop

void Reactor::run() {
  epoll_event events[kEventsPerTurn];
  for (;;) {
    Nanos at = now();
    int wait = deadlines_.wait_ms(at);
    if (subreaper_) {
      Nanos left = std::max<Nanos>(0, next_orphan_look_ - at);
      int orphan_wait = static_cast<int>(left / kMillisecond) + 1;
      wait = wait < 0 ? orphan_wait : std::min(wait, orphan_wait);
    }
    if (stopping_) wait = wait < 0 ? 20 : std::min(wait, 20);
    if (!left_cgroups_.empty()) wait = wait < 0 ? kCgroupCheck : std::min(wait, kCgroupCheck);
    int count = ::epoll_wait(epoll_.get(), events, kEventsPerTurn, wait);
    for (int i = 0; i < count; i++) {
      auto source = static_cast<Source>(events[i].data.u64 & ((1 << kSourceBits) - 1));
      if (source == kWake) {
        take_inbox();
        continue;
      }
      auto found = processes_.find(events[i].data.u64 >> kSourceBits);
      if (found == processes_.end()) continue;
      Process& process = *found->second;
      switch (source) {
        case kExit:
          if (process.leader_alive()) on_exit(process);
          break;
        case kOutput:
          on_output(process, process.output, false);
          break;
        case kError:
          on_output(process, process.error, true);
          break;
        case kInput:
          on_input(process);
          break;
        case kWake:
          break;
      }
    }
    at = now();
    while (Process* process = deadlines_.pop(at)) on_due(*process);
    if (subreaper_ && at >= next_orphan_look_) look_for_orphans();
    if (!left_cgroups_.empty()) remove_left_cgroups(at);
    bool done = stopping_ && ((processes_.empty() && left_cgroups_.empty()) || at >= give_up_at_);
    if (done) give_up();
    flush();
    retired_.clear();
    if (done) return;
  }
}

void Reactor::take_inbox() {
  uint64_t count = 0;
  (void)!::read(wake_.get(), &count, sizeof count);
  std::vector<std::unique_ptr<Process>> arrivals;
  std::vector<Command> commands;
  bool stop = false;
  {
    std::lock_guard lock(inbox_mutex_);
    inbox_filled_ = false;
    arrivals.swap(arrivals_);
    commands.swap(commands_);
    stop = stop_requested_;
  }
  for (auto& process : arrivals) welcome(std::move(process));
  for (Command& command : commands) execute(command);
  if (stop && !stopping_) {
    stopping_ = true;
    give_up_at_ = now() + kStopPatience;
    kill_everything();
  }
}

void Reactor::welcome(std::unique_ptr<Process> arrived) {
  Process& process = *arrived;
  ProcessId id = process.spec.id;
  std::vector<Command> kept;
  {
    std::lock_guard lock(inbox_mutex_);
    auto found = expected_.find(id);
    if (found != expected_.end()) {
      kept = std::move(found->second);
      expected_.erase(found);
    }
  }
  processes_[id] = std::move(arrived);
  if (process.pid == 0) {
    process.record->ended_at = process.record->executed_at;
    process.output.pipe.reset();
    process.error.pipe.reset();
    process.reaped = true;
    finish(process);
    return;
  }
  process.phase = Process::Phase::kRunning;
  {
    std::lock_guard lock(live_mutex_);
    live_.emplace(id, LiveProcess{id, process.pid, process.record->started_at});
  }
  if (process.spec.announce) emit({Event::Kind::kStarted, id, process.pid, {}, nullptr});
  if (!watch(process)) {
    // What can't be watched would never be known to have ended: it is ended now, and waited for right here.
    process.record->step = "epoll_ctl";
    process.record->error = errno;
    ::kill(-process.pid, SIGKILL);
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(process.pid), &info, WEXITED | WNOWAIT);
    on_exit(process);
    return;
  }
  if (process.spec.timeout > 0) deadlines_.set(&process, process.record->started_at + process.spec.timeout);
  for (Command& command : kept) apply(process, command);
}

bool Reactor::watch(Process& process) {
  ProcessId id = process.spec.id;
  for (OutputPipe* output : {&process.output, &process.error}) {
    Source source = output == &process.output ? kOutput : kError;
    if (output->pipe && !set_watched(output->pipe.get(), &output->watched, true, EPOLLIN, tag(id, source)))
      return false;
  }
  return watch_exit(process);
}

bool Reactor::watch_exit(Process& process) {
  ProcessId id = process.spec.id;
  if (process.pidfd) {
    bool watched = false;
    return set_watched(process.pidfd.get(), &watched, true, EPOLLIN, tag(id, kExit));
  }
  // No pidfd: a thread waits, without reaping, and reports. It ends with the process, so joining it never waits long.
  pid_t pid = process.pid;
  process.waiter = std::make_unique<Thread>();
  errno = process.waiter->start("urocket-wait", [this, id, pid] {
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    command({Command::Kind::kExited, id, 0, false, {}});
  });
  return errno == 0;
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
    return;
  }
  std::lock_guard lock(inbox_mutex_);
  auto expected = expected_.find(command.id);
  if (expected != expected_.end()) expected->second.push_back(std::move(command));
}

void Reactor::apply(Process& process, Command& command) {
  switch (command.kind) {
    case Command::Kind::kKill:
      blame(process, Ending::kKilled);
      terminate(process, command.number == 0 ? process.spec.kill_signal : static_cast<int>(command.number));
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

// ---- What happens to a process

// Reads what there is; false once the pipe is closed.
bool Reactor::read_output(Process& process, OutputPipe& output, bool is_error) {
  if (!output.pipe) return false;
  ProcessId id = process.spec.id;
  DrainResult result = drain(output, [&](std::vector<char> bytes) {
    emit({is_error ? Event::Kind::kError : Event::Kind::kOutput, id, 0, std::move(bytes), nullptr});
  });
  if (result == DrainResult::kClosed) {
    close_pipe(output.pipe, &output.watched);
    return false;
  }
  set_watched(output.pipe.get(), &output.watched, result == DrainResult::kOpen, EPOLLIN,
              tag(id, is_error ? kError : kOutput));
  return true;
}

void Reactor::on_output(Process& process, OutputPipe& output, bool is_error) {
  bool open = read_output(process, output, is_error);
  if (process.phase == Process::Phase::kDraining) settle(process, true);
  // Often the first hint that nobody is left in a group that outlived its leader.
  if (process.phase == Process::Phase::kLingering && !open) check_linger(process);
}

void Reactor::on_input(Process& process) {
  InputPipe& input = process.input;
  if (!input.pipe) {
    // The child closed its end before: what is written now is lost, as it is with any broken pipe.
    if (!input.pending.empty()) emit({Event::Kind::kDrained, process.spec.id, 1, {}, nullptr});
    release(input.pending);
    return;
  }
  bool closed = false;
  uint64_t data = tag(process.spec.id, kInput);
  size_t& written = input.written;
  while (written < input.pending.size()) {
    ssize_t size = ::write(input.pipe.get(), input.pending.data() + written, input.pending.size() - written);
    if (size > 0) {
      written += static_cast<size_t>(size);
    } else if (errno == EAGAIN) {
      set_watched(input.pipe.get(), &input.watched, true, EPOLLOUT, data);
      return;
    } else if (errno != EINTR) {
      // EPIPE: the child closed its end and will never read the rest.
      written = input.pending.size();
      closed = input.ending = true;
    }
  }
  if (written > 0) emit({Event::Kind::kDrained, process.spec.id, closed ? 1 : 0, {}, nullptr});
  release(input.pending);
  written = 0;
  if (input.ending) {
    close_pipe(input.pipe, &input.watched);
  } else {
    set_watched(input.pipe.get(), &input.watched, false, 0, data);
  }
}

void Reactor::on_exit(Process& process) {
  {
    std::lock_guard lock(live_mutex_);
    live_.erase(process.spec.id);
  }
  process.record->ended_at = now();
  if (!bury_leader(process, features_)) {
    std::lock_guard lock(live_mutex_);
    live_.emplace(process.spec.id, LiveProcess{process.spec.id, process.pid, process.record->started_at});
    return;
  }
  process.waiter.reset();
  close_pipe(process.input.pipe, &process.input.watched);
  if (process.pidfd) ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, process.pidfd.get(), nullptr);
  // What is left of a group that has got its first signal gets SIGKILL when its grace is over.
  if (process.phase == Process::Phase::kTerminating) process.linger_until = process.due;
  deadlines_.set(&process, 0);
  if (process.cgroup && process.spec.linger == 0) kill_cgroup(process.cgroup.get());
  process.phase = Process::Phase::kDraining;
  // No more than what the pipes hold can follow, so a slow reader of a stream need not hold up the record for it.
  process.output.paced = process.error.paced = false;
  read_output(process, process.output, false);
  read_output(process, process.error, true);
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
  emit({Event::Kind::kExit, process.spec.id, 0, {}, std::move(process.record)});
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
  process.output.discard = process.error.discard = true;
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
    case Process::Phase::kRunning:
      // Its exit is about to be noticed, and nobody has to be told of a deadline.
      if (!blame(process, Ending::kTimeout)) break;
      emit({Event::Kind::kDeadline, process.spec.id, 0, {}, nullptr});
      terminate(process, process.spec.kill_signal);
      break;
    case Process::Phase::kTerminating:
      terminate(process, SIGKILL);
      break;
    case Process::Phase::kDraining:
      settle(process, false);
      break;
    case Process::Phase::kLingering:
    case Process::Phase::kLingerTerm:
      check_linger(process);
      break;
    case Process::Phase::kStarting:
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
  // Its last members may still be on their way out, then rmdir says EBUSY: the loop tries again for a while.
  if (urocket::remove_cgroup(*process.spec.confinement)) return;
  left_cgroups_.push_back({std::move(process.spec.confinement), now() + kCgroupPatience});
}

void Reactor::remove_left_cgroups(Nanos at) {
  std::erase_if(left_cgroups_, [at](const LeftCgroup& left) {
    return urocket::remove_cgroup(*left.confinement) || at >= left.give_up_at;
  });
}

void Reactor::look_for_orphans() {
  orphans_reaped_ += orphans_.collect();
  next_orphan_look_ = now() + kOrphanCheck;
  if (orphans_.waiting()) sink_.notify();
}

void Reactor::kill_everything() {
  std::vector<Process*> all;
  all.reserve(processes_.size());
  for (auto& [id, process] : processes_) all.push_back(process.get());
  for (Process* process : all) {
    blame(*process, Ending::kKilled);
    if (process->phase == Process::Phase::kDraining) settle(*process, false);
    terminate(*process, SIGKILL);
  }
}

// What SIGKILL did not end in time, asleep in the kernel or in a debugger's hands, is left behind, but not its record.
void Reactor::give_up() {
  for (auto& [id, process] : processes_) {
    if (process->record == nullptr) continue;
    process->record->step = "wait4";
    process->record->error = ETIMEDOUT;
    process->record->ended_at = now();
    hand_over_record(*process);
  }
}

// ---- What there is to tell

void Reactor::emit(Event event) { fresh_.push_back(std::move(event)); }

void Reactor::flush() {
  if (fresh_.empty()) return;
  bool was_empty = false;
  {
    std::lock_guard lock(outbox_mutex_);
    was_empty = outbox_.empty();
    if (was_empty) {
      outbox_.swap(fresh_);
    } else {
      std::move(fresh_.begin(), fresh_.end(), std::back_inserter(outbox_));
    }
  }
  fresh_.clear();
  if (was_empty) sink_.notify();
}

}  // namespace urocket
