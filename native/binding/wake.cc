#include "wake.h"

#include <utility>

namespace urocket {

Wake* Wake::open(napi_env env, std::function<void()> call) {
  uv_loop_t* loop = nullptr;
  if (napi_get_uv_event_loop(env, &loop) != napi_ok) return nullptr;
  auto* wake = new Wake();
  wake->call_ = std::move(call);
  wake->async_.data = wake;
  auto on_wake = [](uv_async_t* async) { static_cast<Wake*>(async->data)->call_(); };
  if (uv_async_init(loop, &wake->async_, on_wake) != 0) {
    delete wake;
    return nullptr;
  }
  wake->unref();
  napi_add_async_cleanup_hook(env, at_exit, wake, &wake->hook_);
  return wake;
}

void Wake::close() {
  auto* handle = reinterpret_cast<uv_handle_t*>(&async_);
  if (uv_is_closing(handle)) return;
  uv_close(handle, [](uv_handle_t* closed) {
    auto* wake = static_cast<Wake*>(closed->data);
    napi_remove_async_cleanup_hook(wake->hook_);
    delete wake;
  });
}

void Wake::at_exit(napi_async_cleanup_hook_handle, void* self) { static_cast<Wake*>(self)->close(); }

}  // namespace urocket
