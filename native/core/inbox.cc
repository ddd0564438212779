#include "inbox.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

namespace urocket {
namespace {

// So long a process may wait to be noticed.
constexpr Nanos kSoon = 3 * kMillisecond;

}  // namespace

int Inbox::open() {
  wake_ = Fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  return wake_ ? 0 : errno;
}

void Inbox::expect(ProcessId id) {
  std::unique_lock lock(mutex_);
  expected_.try_emplace(id);
  if (std::exchange(expects_none_, false)) wake(std::move(lock));
}

void Inbox::adopt(std::unique_ptr<Process> process, const Watch& watch) {
  bool can_wait = !process->spec.announce && !process->output.stream && !process->error.stream && !process->input.pipe;
  std::unique_lock lock(mutex_);
  // Watched under the lock: when its end wakes the reactor, the process is here to be taken.
  bool waits = can_wait && asleep_until_ <= now() + kSoon && watch(*process);
  contents_.arrivals.push_back(std::move(process));
  if (!waits) wake(std::move(lock));
}

void Inbox::command(Command command) {
  std::unique_lock lock(mutex_);
  contents_.commands.push_back(std::move(command));
  wake(std::move(lock));
}

void Inbox::request_stop() {
  if (!wake_) return;
  std::unique_lock lock(mutex_);
  contents_.stop = true;
  wake(std::move(lock));
}

Inbox::Contents Inbox::take() {
  std::lock_guard lock(mutex_);
  asleep_until_ = 0;
  expects_none_ = false;
  if (std::exchange(woken_, false)) {
    uint64_t count = 0;
    (void)!::read(wake_.get(), &count, sizeof count);
  }
  return std::exchange(contents_, {});
}

bool Inbox::expecting() {
  std::lock_guard lock(mutex_);
  return !expected_.empty();
}

bool Inbox::may_sleep(Nanos until, bool expecting) {
  std::lock_guard lock(mutex_);
  if (!contents_.arrivals.empty() || woken_) return false;
  // One may have come to be expected since.
  if (!expecting && !expected_.empty()) return false;
  expects_none_ = !expecting;
  asleep_until_ = until;
  return true;
}

std::vector<Command> Inbox::arrived(ProcessId id) {
  std::lock_guard lock(mutex_);
  auto found = expected_.find(id);
  if (found == expected_.end()) return {};
  std::vector<Command> kept = std::move(found->second);
  expected_.erase(found);
  return kept;
}

void Inbox::keep(Command command) {
  std::lock_guard lock(mutex_);
  auto found = expected_.find(command.id);
  if (found != expected_.end()) found->second.push_back(std::move(command));
}

void Inbox::wake(std::unique_lock<std::mutex> lock) {
  if (std::exchange(woken_, true)) return;
  lock.unlock();
  uint64_t one = 1;
  // Only EAGAIN is possible, when the counter is full: then the reactor is about to wake anyway.
  (void)!::write(wake_.get(), &one, sizeof one);
}

}  // namespace urocket
