// A system call without the C library: the result is the kernel's own, an errno negative, and no variable is touched.
//
// Thread: any, also a child that shares our memory. Signals may interrupt it as syscall(2) says.
#pragma once

#include <type_traits>

#include "uninstrumented.h"

namespace urocket {

template <typename Value>
UROCKET_UNINSTRUMENTED inline long argument_of(Value value) {
  if constexpr (std::is_pointer_v<Value>) {
    return reinterpret_cast<long>(value);
  } else if constexpr (std::is_null_pointer_v<Value>) {
    return 0;
  } else {
    return static_cast<long>(value);
  }
}

UROCKET_UNINSTRUMENTED inline long system_call_words(long number, long first, long second, long third, long fourth,
                                                     long fifth) {
#if defined(__x86_64__)
  long result;
  register long fourth_register asm("r10") = fourth;
  register long fifth_register asm("r8") = fifth;
  asm volatile("syscall"
               : "=a"(result)
               : "0"(number), "D"(first), "S"(second), "d"(third), "r"(fourth_register), "r"(fifth_register)
               : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long call asm("x8") = number;
  register long result asm("x0") = first;
  register long second_register asm("x1") = second;
  register long third_register asm("x2") = third;
  register long fourth_register asm("x3") = fourth;
  register long fifth_register asm("x4") = fifth;
  asm volatile("svc #0"
               : "+r"(result)
               : "r"(call), "r"(second_register), "r"(third_register), "r"(fourth_register), "r"(fifth_register)
               : "memory", "cc");
  return result;
#else
#error "urocket supports x86_64 and aarch64"
#endif
}

template <typename First = long, typename Second = long, typename Third = long, typename Fourth = long,
          typename Fifth = long>
UROCKET_UNINSTRUMENTED inline long system_call(long number, First first = {}, Second second = {}, Third third = {},
                                               Fourth fourth = {}, Fifth fifth = {}) {
  return system_call_words(number, argument_of(first), argument_of(second), argument_of(third), argument_of(fourth),
                           argument_of(fifth));
}

}  // namespace urocket
