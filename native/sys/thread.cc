#include "thread.h"

#include <signal.h>

#include <memory>

namespace urocket {
namespace {
// Room for what sanitizers add; only touched pages cost memory.
constexpr size_t kStackSize = 512 * 1024;
}  // namespace

int Thread::start(const char* name, std::function<void()> body) {
  auto owned = std::make_unique<std::function<void()>>(std::move(body));
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackSize);

  // A new thread inherits its creator's mask: block first, so that not even its first instruction can be interrupted.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int error = pthread_create(&handle_, &attributes, enter, owned.get());
  pthread_sigmask(SIG_SETMASK, &before, nullptr);

  pthread_attr_destroy(&attributes);
  if (error != 0) return error;
  (void)owned.release();
  running_ = true;
  pthread_setname_np(handle_, name);
  return 0;
}

void Thread::join() {
  if (!running_) return;
  running_ = false;
  pthread_join(handle_, nullptr);
}

void Thread::let_go() {
  if (!running_) return;
  running_ = false;
  pthread_detach(handle_);
}

void* Thread::enter(void* body) {
  std::unique_ptr<std::function<void()>> owned(static_cast<std::function<void()>*>(body));
  (*owned)();
  return nullptr;
}

}  // namespace urocket
