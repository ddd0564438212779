// Signals and waiting by pidfd: see pidfd_open(2), pidfd_send_signal(2), waitid(2). Thread: any.
#pragma once

#include <signal.h>
#include <sys/resource.h>
#include <sys/types.h>

namespace urocket {

// Signals the whole process group whose leader the pidfd names, also after that leader was reaped: the group is found
// by identity, so a reused number is never hit. Linux 6.9. Returns 0 or an errno (ESRCH: the group is empty; EINVAL:
// this kernel can't).
int pidfd_signal_group(int pidfd, int signal);

// Whether this kernel knows pidfd_signal_group.
bool pidfd_can_signal_group();

// Whether the child has ended, without reaping it; then `status` is as wait4(2) would tell it and `usage` is filled.
// Uses the fifth argument of the raw waitid system call, which the C library hides.
bool peek_exit(pid_t pid, int* status, rusage* usage);

}  // namespace urocket
