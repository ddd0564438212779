// A call into the event loop from another thread.
//
// A thread-safe function of Node-API would do, too, but wakes the loop with its lock held: the woken thread runs at
// once, often in place of the waker, meets the lock, and sleeps again. Bench case "spawn" shows it.
//
// Thread: JavaScript, but for `send`. Duty: no send once close was called. It keeps the loop alive only after `ref`.
#pragma once

#include <napi.h>
#include <uv.h>

#include <functional>

namespace urocket {

class Wake {
 public:
  // `call` runs on the loop's thread, once or more often after each send, until close.
  static Wake* open(napi_env env, std::function<void()> call);

  void send() { uv_async_send(&async_); }
  void ref() { uv_ref(reinterpret_cast<uv_handle_t*>(&async_)); }
  void unref() { uv_unref(reinterpret_cast<uv_handle_t*>(&async_)); }
  // Frees this once the loop has let go of it, for which the environment waits at its end.
  void close();

 private:
  Wake() = default;
  static void at_exit(napi_async_cleanup_hook_handle handle, void* self);

  uv_async_t async_{};
  std::function<void()> call_;
  napi_async_cleanup_hook_handle hook_ = nullptr;
};

}  // namespace urocket
