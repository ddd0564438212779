#include "pidfd.h"

#include <errno.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fd.h"

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

namespace urocket {
namespace {
constexpr unsigned kProcessGroup = 1U << 2;  // PIDFD_SIGNAL_PROCESS_GROUP
}

int pidfd_signal_group(int pidfd, int signal) {
  return ::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, kProcessGroup) == 0 ? 0 : errno;
}

bool pidfd_can_signal_group() {
  // Our own group, if we lead one, or ESRCH: both mean that the flag is understood.
  Fd self(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
  if (!self) return false;
  int error = pidfd_signal_group(self.get(), 0);
  return error == 0 || error == ESRCH || error == EPERM;
}

bool peek_exit(pid_t pid, int* status, rusage* usage) {
  siginfo_t info{};
  if (::syscall(SYS_waitid, P_PID, pid, &info, WEXITED | WNOWAIT | WNOHANG, usage) != 0 || info.si_pid != pid) {
    return false;
  }
  switch (info.si_code) {
    case CLD_EXITED:
      *status = (info.si_status & 0xff) << 8;
      break;
    case CLD_DUMPED:
      *status = info.si_status | 0x80;
      break;
    default:
      *status = info.si_status;
  }
  return true;
}

}  // namespace urocket
