// Marks what runs between clone and exec: sanitizers must not add calls of their own there.
#pragma once

#if defined(__clang__)
#define UROCKET_UNINSTRUMENTED __attribute__((no_sanitize("address", "thread", "undefined")))
#else
#define UROCKET_UNINSTRUMENTED __attribute__((no_sanitize_address, no_sanitize_thread, no_sanitize_undefined))
#endif
