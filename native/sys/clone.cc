#include "clone.h"

#include <errno.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <cstdint>

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

// clone3 has no C wrapper: the child comes back from the same instruction on an empty stack, where no C function could
// return. So the system call and the child's first call stand together in assembly, with what the child needs kept in
// registers that the kernel preserves.
long clone3_call(CloneArgs* args, CloneEntry entry, void* argument) {
#if defined(__x86_64__)
  long result;
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
      : "0"(SYS_clone3), "D"(args), "S"(sizeof(CloneArgs)), "r"(child_entry), "r"(child_argument)
      : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long number asm("x8") = SYS_clone3;
  register long first asm("x0") = reinterpret_cast<long>(args);
  register long second asm("x1") = sizeof(CloneArgs);
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
      : "+r"(first)
      : "r"(number), "r"(second), "r"(child_entry), "r"(child_argument)
      : "memory", "cc");
  return first;
#else
#error "urocket supports x86_64 and aarch64"
#endif
}

struct Trampoline {
  CloneEntry entry;
  void* argument;
};

int enter_from_clone(void* raw) {
  auto* trampoline = static_cast<Trampoline*>(raw);
  trampoline->entry(trampoline->argument);
  return 127;
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

CloneResult clone_vfork(const CloneStack& stack, const CloneOptions& options, CloneEntry entry, void* argument) {
  CloneResult result;
  int pidfd = -1;
  uint64_t flags = CLONE_VM | CLONE_VFORK | (options.use_pidfd ? CLONE_PIDFD : 0);

  if (options.use_clone3) {
    CloneArgs args{};
    // CLONE_CLEAR_SIGHAND: no handler of ours exists in the child, even if a signal were let through.
    args.flags = flags | CLONE_CLEAR_SIGHAND | (options.cgroup >= 0 ? CLONE_INTO_CGROUP : 0);
    args.pidfd = reinterpret_cast<uint64_t>(&pidfd);
    args.exit_signal = SIGCHLD;
    args.stack = reinterpret_cast<uint64_t>(stack.base());
    args.stack_size = CloneStack::kSize;
    args.cgroup = options.cgroup >= 0 ? static_cast<uint64_t>(options.cgroup) : 0;
    long pid = clone3_call(&args, entry, argument);
    if (pid < 0) {
      result.error = static_cast<int>(-pid);
      return result;
    }
    result.pid = static_cast<pid_t>(pid);
  } else {
    Trampoline trampoline{entry, argument};
    // clone(2) returns the pidfd where clone3 has a field of its own: in place of the parent's thread id.
    int pid = ::clone(enter_from_clone, stack.base() + CloneStack::kSize, static_cast<int>(flags) | SIGCHLD,
                      &trampoline, &pidfd);
    if (pid < 0) {
      result.error = errno;
      return result;
    }
    result.pid = pid;
  }
  result.pidfd = Fd(pidfd);
  return result;
}

}  // namespace urocket
