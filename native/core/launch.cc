#include "launch.h"

#include <errno.h>
#include <unistd.h>

namespace urocket {

bool Launch::over() {
  if (apart) return reported;
  if (!report) return __atomic_load_n(&under_way, __ATOMIC_ACQUIRE) == 0;
  ChildFailure failure;
  ssize_t size = ::read(report.get(), &failure, sizeof failure);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (size == sizeof failure) plan.child().failure = failure;
  return true;
}

std::unique_ptr<Launch> Launches::take() {
  under_way_++;
  if (idle_.empty()) return std::make_unique<Launch>();
  std::unique_ptr<Launch> launch = std::move(idle_.back());
  idle_.pop_back();
  return launch;
}

void Launches::give_back(std::unique_ptr<Launch> launch) {
  launch->ends.clear();
  launch->report.reset();
  launch->apart.reset();
  under_way_--;
  idle_.push_back(std::move(launch));
}

}  // namespace urocket
