#include "inbox.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

namespace urocket {

int Inbox::open() {
  wake_ = Fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  return wake_ ? 0 : errno;
}

void Inbox::expect(ProcessId id) {
  std::unique_lock lock(mutex_);
  expected_.try_emplace(id);
  if (std::exchange(asleep_, false)) fill(std::move(lock));
}

void Inbox::adopt(std::unique_ptr<Process> process) {
  std::unique_lock lock(mutex_);
  contents_.arrivals.push_back(std::move(process));
  fill(std::move(lock));
}

void Inbox::command(Command command) {
  std::unique_lock lock(mutex_);
  contents_.commands.push_back(std::move(command));
  fill(std::move(lock));
}

void Inbox::request_stop() {
  if (!wake_) return;
  std::unique_lock lock(mutex_);
  contents_.stop = true;
  fill(std::move(lock));
}

Inbox::Contents Inbox::take() {
  uint64_t count = 0;
  (void)!::read(wake_.get(), &count, sizeof count);
  std::lock_guard lock(mutex_);
  filled_ = false;
  return std::exchange(contents_, {});
}

bool Inbox::expecting() {
  std::lock_guard lock(mutex_);
  asleep_ = expected_.empty();
  return !asleep_;
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

void Inbox::fill(std::unique_lock<std::mutex> lock) {
  bool first = !std::exchange(filled_, true);
  lock.unlock();
  if (first) wake();
}

void Inbox::wake() {
  uint64_t one = 1;
  // Only EAGAIN is possible, when the counter is full: then the reactor is about to wake anyway.
  (void)!::write(wake_.get(), &one, sizeof one);
}

}  // namespace urocket
