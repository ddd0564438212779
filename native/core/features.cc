#include "features.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../sys/clone.h"
#include "../sys/fd.h"
#include "../sys/pidfd.h"

namespace urocket {
namespace {

// For a call made with arguments that no kernel accepts: EINVAL means that it exists and is allowed, ENOSYS or EPERM (a
// seccomp filter) that it does not or is not.
bool call_exists(long result) { return result >= 0 || (errno != ENOSYS && errno != EPERM); }

Features probe() {
  Features features;
  features.shared_memory = child_shares_memory();
  features.clone3 = clone3_is_usable();
  features.close_range = call_exists(::syscall(SYS_close_range, 1, 0, 0));
  Fd self(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
  features.pidfd = static_cast<bool>(self) && (features.clone3 || clone_gives_pidfd());
  features.group_signal = features.pidfd && pidfd_can_signal_group();
  return features;
}

}  // namespace

const Features& probe_features() {
  // Once: every supervisor asks, and some of the answers take a child.
  static const Features found = probe();
  return found;
}

}  // namespace urocket
