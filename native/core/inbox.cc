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

void Inbox::submit(std::unique_ptr<Process> process) {
  std::unique_lock lock(mutex_);
  contents_.arrivals.push_back(std::move(process));
  wake(std::move(lock));
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
  asleep_ = false;
  if (std::exchange(woken_, false)) {
    uint64_t count = 0;
    (void)!::read(wake_.get(), &count, sizeof count);
  }
  return std::exchange(contents_, {});
}

bool Inbox::may_sleep() {
  std::lock_guard lock(mutex_);
  if (!contents_.arrivals.empty() || !contents_.commands.empty() || contents_.stop) return false;
  asleep_ = true;
  return true;
}

// Written without the lock: whoever is woken takes it at once.
void Inbox::wake(std::unique_lock<std::mutex> lock) {
  if (!std::exchange(asleep_, false)) return;
  woken_ = true;
  lock.unlock();
  uint64_t one = 1;
  // Only EAGAIN is possible, when the counter is full: then the reactor is about to wake anyway.
  (void)!::write(wake_.get(), &one, sizeof one);
}

}  // namespace urocket
