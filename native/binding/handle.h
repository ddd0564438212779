// The JavaScript class over a Supervisor: the whole surface of the addon.
//
// Thread: JavaScript, but for `notify` and `turns`, which the reactor calls. Lifetime: whichever comes first of
// close(), the end of the environment (a worker may be terminated at any moment) and garbage collection stops the
// threads; a callback can't come after that.
#pragma once

#include <napi.h>

#include <atomic>
#include <memory>

#include "../core/supervisor.h"
#include "wake.h"

namespace urocket {

class Handle : public Napi::ObjectWrap<Handle>, public EventSink {
 public:
  static Napi::Function define(Napi::Env env);

  // (options, onBatch(numbers: Float64Array, bytes: Buffer | undefined, steps: string[] | undefined, turn: boolean));
  // `turn`: call `turned` once the event loop has handled what it is about to handle, its own children among it.
  explicit Handle(const Napi::CallbackInfo& info);
  ~Handle() override;

 private:
  Napi::Value Spawn(const Napi::CallbackInfo& info);
  Napi::Value Kill(const Napi::CallbackInfo& info);
  Napi::Value Signal(const Napi::CallbackInfo& info);
  Napi::Value Write(const Napi::CallbackInfo& info);
  Napi::Value EndInput(const Napi::CallbackInfo& info);
  Napi::Value Consumed(const Napi::CallbackInfo& info);
  Napi::Value List(const Napi::CallbackInfo& info);
  Napi::Value ReadProc(const Napi::CallbackInfo& info);
  Napi::Value OrphansReaped(const Napi::CallbackInfo& info);
  Napi::Value Ref(const Napi::CallbackInfo& info);
  Napi::Value Unref(const Napi::CallbackInfo& info);
  Napi::Value Turned(const Napi::CallbackInfo& info);
  Napi::Value Close(const Napi::CallbackInfo& info);

  void notify() override;
  uint64_t turns() override {
    turn_wanted_.store(true, std::memory_order_relaxed);
    return turns_.load(std::memory_order_relaxed);
  }

  void deliver();
  static void stop_at_exit(void* self);
  void stop();
  bool closed() const;

  napi_env env_;
  Napi::FunctionReference callback_;
  Wake* wake_ = nullptr;  // frees itself
  std::unique_ptr<Supervisor> supervisor_;
  std::atomic<uint64_t> turns_ = 0;
  std::atomic<bool> turn_wanted_ = false;
};

}  // namespace urocket
