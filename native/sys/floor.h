// How old the C and C++ libraries may be that the addon runs with: no newer than node itself asks for. Included before
// everything else by the build of the addon (binding.gyp); it asks nothing of anybody.
//
// A program that is linked today asks for today's versions of what it calls, although the functions that glibc moved
// from libpthread to libc (2.32, 2.34) have been the same all along, and so has the wait of libstdc++ that got a new
// version with GCC 12. By their first versions they are found in every library since. Where libpthread is a library of
// its own, node has loaded it. The libraries are not linked statically: the C++ one would bring an unwinder that needs
// glibc 2.35.
#pragma once

// Timed waits would ask for glibc 2.30, which can wait by the steady clock itself. Without, libstdc++ waits by the
// other clock and looks at the steady one when it has waited.
#if __has_include(<bits/c++config.h>)
#include <bits/c++config.h>
#undef _GLIBCXX_USE_PTHREAD_COND_CLOCKWAIT
#endif

#if defined(__x86_64__)
#define UROCKET_FIRST "GLIBC_2.2.5"
#define UROCKET_FIRST_SETNAME "GLIBC_2.12"
#elif defined(__aarch64__)
#define UROCKET_FIRST "GLIBC_2.17"
#define UROCKET_FIRST_SETNAME "GLIBC_2.17"
#endif

#if defined(UROCKET_FIRST) && __has_include(<gnu/libc-version.h>)
__asm__(".symver pthread_attr_setstacksize, pthread_attr_setstacksize@" UROCKET_FIRST);
__asm__(".symver pthread_create, pthread_create@" UROCKET_FIRST);
__asm__(".symver pthread_detach, pthread_detach@" UROCKET_FIRST);
__asm__(".symver pthread_join, pthread_join@" UROCKET_FIRST);
__asm__(".symver pthread_setname_np, pthread_setname_np@" UROCKET_FIRST_SETNAME);
__asm__(".symver pthread_sigmask, pthread_sigmask@" UROCKET_FIRST);
__asm__(
    ".symver _ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE, "
    "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE@GLIBCXX_3.4.11");
#endif
