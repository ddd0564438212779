#include "left_cgroups.h"

#include "cgroup.h"

namespace urocket {
namespace {

constexpr Nanos kPatience = 2 * kSecond;

}  // namespace

void LeftCgroups::remove(std::unique_ptr<Confinement> confinement) {
  if (!remove_cgroup(*confinement)) left_.push_back({std::move(confinement), now() + kPatience});
}

void LeftCgroups::retry(Nanos at) {
  std::erase_if(left_, [at](const Left& left) { return remove_cgroup(*left.confinement) || at >= left.give_up_at; });
}

}  // namespace urocket
