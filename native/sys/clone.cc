#include "clone.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>

#include "system_call.h"
#include "uninstrumented.h"

#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif
#ifndef CLONE_CLEAR_SIGHAND
#define CLONE_CLEAR_SIGHAND 0x100000000ULL
#endif

namespace urocket {
namespace {

constexpr size_t kGuard = 4096 * 16;  // a multiple of every page size that Linux runs with on these machines

// struct clone_args of clone3(2) at its second version (88 bytes), which has `cgroup`.
struct alignas(8) CloneArgs {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

// The child comes back from the same instruction on an empty stack, where no C function could return. So the system
// call and the child's first call stand together in assembly, with what the child needs kept in registers that the
// kernel preserves. The C library wraps only clone(2), and ThreadSanitizer takes that wrapper for a fork.
long clone_call(long number, const long (&words)[5], CloneEntry entry, void* argument) {
#if defined(__x86_64__)
  long result;
  register long fourth asm("r10") = words[3];
  register long fifth asm("r8") = words[4];
  register CloneEntry child_entry asm("r12") = entry;
  register void* child_argument asm("r13") = argument;
  asm volatile(
      "syscall\n\t"
      "test %%rax, %%rax\n\t"
      "jnz 1f\n\t"
      "xor %%ebp, %%ebp\n\t"  // ends the chain of frames for debuggers and unwinders
      "mov %%r13, %%rdi\n\t"
      "call *%%r12\n\t"
      "hlt\n"
      "1:"
      : "=a"(result)
      : "0"(number), "D"(words[0]), "S"(words[1]), "d"(words[2]), "r"(fourth), "r"(fifth), "r"(child_entry),
        "r"(child_argument)
      : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long call asm("x8") = number;
  register long result asm("x0") = words[0];
  register long second asm("x1") = words[1];
  register long third asm("x2") = words[2];
  register long fourth asm("x3") = words[3];
  register long fifth asm("x4") = words[4];
  register CloneEntry child_entry asm("x20") = entry;
  register void* child_argument asm("x21") = argument;
  asm volatile(
      "svc #0\n\t"
      "cbnz x0, 1f\n\t"
      "mov x29, xzr\n\t"
      "mov x30, xzr\n\t"
      "mov x0, x21\n\t"
      "blr x20\n\t"
      "brk #1\n"
      "1:"
      : "+r"(result)
      : "r"(call), "r"(second), "r"(third), "r"(fourth), "r"(fifth), "r"(child_entry), "r"(child_argument)
      : "memory", "cc");
  return result;
#else
#error "urocket supports x86_64 and aarch64"
#endif
}

long address(const void* pointer) { return static_cast<long>(reinterpret_cast<uintptr_t>(pointer)); }

// clone(2), whose arguments come in another order on each machine.
long clone_old(const CloneStack& stack, uint64_t flags, int* pidfd, pid_t* under_way, CloneEntry entry,
               void* argument) {
  long top = address(stack.base() + CloneStack::kSize);
#if defined(__x86_64__)
  return clone_call(SYS_clone, {static_cast<long>(flags), top, address(pidfd), address(under_way), 0}, entry, argument);
#else
  return clone_call(SYS_clone, {static_cast<long>(flags), top, address(pidfd), 0, address(under_way)}, entry, argument);
#endif
}

UROCKET_UNINSTRUMENTED void leave_mark(void* mark) {
  *static_cast<volatile int*>(mark) = 1;
  for (;;) system_call(SYS_exit_group, 0);
}

}  // namespace

CloneStack::CloneStack() {
  void* mapping = ::mmap(nullptr, kGuard + kSize, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED) return;
  ::mprotect(mapping, kGuard, PROT_NONE);
  mapping_ = mapping;
  base_ = static_cast<char*>(mapping) + kGuard;
}

CloneStack::~CloneStack() {
  if (mapping_ != nullptr) ::munmap(mapping_, kGuard + kSize);
}

bool child_shares_memory() {
  CloneStack stack;
  if (!stack.ok()) return false;
  volatile int mark = 0;
  pid_t under_way = 1;
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  // No exit signal: it is nobody's business that this child ends (and who waits for it must say so with __WALL).
  long pid =
      clone_old(stack, CLONE_VM | CLONE_CHILD_CLEARTID, nullptr, &under_way, leave_mark, const_cast<int*>(&mark));
  if (pid > 0) {
    while (::waitpid(static_cast<pid_t>(pid), nullptr, __WALL) < 0 && errno == EINTR) {
    }
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return mark == 1 && __atomic_load_n(&under_way, __ATOMIC_ACQUIRE) == 0;
}

bool clone3_is_usable() {
  // No kernel accepts this number of a cgroup. One that knows the field says EINVAL; an older one, whose struct ends
  // before it, E2BIG; ENOSYS or EPERM come from kernels and seccomp filters without the call.
  CloneArgs args{};
  args.flags = CLONE_INTO_CGROUP;
  args.cgroup = ~0ULL;
  return ::syscall(SYS_clone3, &args, sizeof args) < 0 && errno == EINVAL;
}

bool clone_gives_pidfd() {
  CloneStack stack;
  if (!stack.ok()) return false;
  // No kernel can write there, and so it makes no child; qemu's user emulation does not know the flag, and says EINVAL.
  int mark = 0;
  int* nowhere = reinterpret_cast<int*>(1);
  long result = clone_old(stack, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, nowhere, nullptr, leave_mark, &mark);
  if (result > 0) ::waitpid(static_cast<pid_t>(result), nullptr, 0);
  return result == -EFAULT;
}

CloneResult clone_child(const CloneStack& stack, const CloneOptions& options, CloneEntry entry, void* argument) {
  int pidfd = -1;
  uint64_t flags = (options.under_way != nullptr ? CLONE_VM | CLONE_CHILD_CLEARTID : 0) |
                   (options.sleep_pid != nullptr ? CLONE_VFORK | CLONE_PARENT_SETTID : 0) |
                   (options.share_files ? CLONE_FILES : 0);
  if (options.under_way != nullptr) __atomic_store_n(options.under_way, 1, __ATOMIC_RELAXED);
  long pid;
  if (options.use_clone3) {
    CloneArgs args{};
    // CLONE_CLEAR_SIGHAND: no handler of ours exists in the child, even if a signal were let through.
    args.flags = flags | CLONE_CLEAR_SIGHAND | (options.use_pidfd ? CLONE_PIDFD : 0) |
                 (options.cgroup >= 0 ? CLONE_INTO_CGROUP : 0);
    args.pidfd = reinterpret_cast<uint64_t>(&pidfd);
    args.child_tid = reinterpret_cast<uint64_t>(options.under_way);
    args.parent_tid = reinterpret_cast<uint64_t>(options.sleep_pid);
    args.exit_signal = SIGCHLD;
    args.stack = reinterpret_cast<uint64_t>(stack.base());
    args.stack_size = CloneStack::kSize;
    args.cgroup = options.cgroup >= 0 ? static_cast<uint64_t>(options.cgroup) : 0;
    pid = clone_call(SYS_clone3, {address(&args), sizeof args, 0, 0, 0}, entry, argument);
  } else {
    // clone(2) has one place for the child's number and its pidfd.
    bool pidfd_there = options.use_pidfd && options.sleep_pid == nullptr;
    flags |= SIGCHLD | (pidfd_there ? CLONE_PIDFD : 0);
    pid = clone_old(stack, flags, pidfd_there ? &pidfd : options.sleep_pid, options.under_way, entry, argument);
  }
  CloneResult result;
  if (pid < 0) {
    result.error = static_cast<int>(-pid);
  } else {
    result.pid = static_cast<pid_t>(pid);
    result.pidfd = Fd(pidfd);
  }
  return result;
}

}  // namespace urocket
