#include "ignored_signals.h"

#include <signal.h>

namespace urocket {
namespace {

constexpr Nanos kFresh = 10 * kMillisecond;

}  // namespace

uint64_t IgnoredSignals::look(Nanos at) {
  if (at < fresh_until_) return ignored_;
  ignored_ = 0;
  for (int number = 1; number < NSIG; number++) {
    // The two that the C library keeps for itself are refused here, and caught.
    struct sigaction action{};
    if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) ignored_ |= 1ULL << (number - 1);
  }
  fresh_until_ = at + kFresh;
  return ignored_;
}

}  // namespace urocket
