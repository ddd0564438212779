// Cgroups whose last members were still on their way out when they were to be removed.
//
// Thread: reactor.
#pragma once

#include <memory>
#include <vector>

#include "spec.h"

namespace urocket {

class LeftCgroups {
 public:
  // Removes it now, or notes it for later.
  void remove(std::unique_ptr<Confinement> confinement);
  // Tries again; what is still in use after a while is left behind.
  void retry(Nanos at);
  bool empty() const { return left_.empty(); }

 private:
  struct Left {
    std::unique_ptr<Confinement> confinement;
    Nanos give_up_at;
  };
  std::vector<Left> left_;
};

}  // namespace urocket
