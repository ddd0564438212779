#include "handle.h"

#include <cerrno>
#include <cstring>

#include "decode.h"
#include "encode.h"

namespace urocket {
namespace {

// Bytes of output in one batch; the rest follows in the next turn, so that other work of the loop gets its time.
constexpr size_t kBatchBytes = 4 << 20;

ProcessId process_id(const Napi::CallbackInfo& info) {
  return static_cast<ProcessId>(info[0].As<Napi::Number>().Int64Value());
}

}  // namespace

Napi::Function Handle::define(Napi::Env env) {
  return DefineClass(env, "Supervisor",
                     {
                         InstanceMethod<&Handle::Spawn>("spawn"),
                         InstanceMethod<&Handle::Kill>("kill"),
                         InstanceMethod<&Handle::Signal>("signal"),
                         InstanceMethod<&Handle::Write>("write"),
                         InstanceMethod<&Handle::EndInput>("endInput"),
                         InstanceMethod<&Handle::Consumed>("consumed"),
                         InstanceMethod<&Handle::List>("list"),
                         InstanceMethod<&Handle::ReadProc>("readProc"),
                         InstanceMethod<&Handle::OrphansReaped>("orphansReaped"),
                         InstanceMethod<&Handle::Ref>("ref"),
                         InstanceMethod<&Handle::Unref>("unref"),
                         InstanceMethod<&Handle::Turned>("turned"),
                         InstanceMethod<&Handle::Close>("close"),
                     });
}

Handle::Handle(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Handle>(info), env_(info.Env()) {
  callback_ = Napi::Persistent(info[1].As<Napi::Function>());
  wake_ = Wake::open(env_, [this] { deliver(); });
  if (wake_ == nullptr) {
    Napi::Error::New(info.Env(), "the supervisor can't start: uv_async_init").ThrowAsJavaScriptException();
    return;
  }
  // Hooks run in reverse order: this one stops the threads before the hook of the wake takes it away from them.
  napi_add_env_cleanup_hook(env_, stop_at_exit, this);
  supervisor_ = std::make_unique<Supervisor>(decode_options(info[0].As<Napi::Object>()), *this);
  const char* step = "";
  int error = supervisor_->start(&step);
  if (error == 0) return;
  stop();
  auto exception =
      Napi::Error::New(info.Env(), std::string("the supervisor can't start: ") + step + ": " + std::strerror(error));
  exception.Set("errno", Napi::Number::New(info.Env(), error));
  exception.Set("step", Napi::String::New(info.Env(), step));
  exception.ThrowAsJavaScriptException();
}

Handle::~Handle() { stop(); }

void Handle::stop_at_exit(void* self) { static_cast<Handle*>(self)->stop(); }

void Handle::stop() {
  if (supervisor_ == nullptr) return;
  supervisor_->stop();
  supervisor_.reset();
  napi_remove_env_cleanup_hook(env_, stop_at_exit, this);
  wake_->close();
  callback_.Reset();
}

// Called on the reactor thread, which ends in stop() before the wake is closed: it can't be gone here.
void Handle::notify() { wake_->send(); }

void Handle::deliver() {
  if (supervisor_ == nullptr) return;
  Napi::Env env(env_);
  Napi::HandleScope scope(env);
  // Being called here is no turn yet. The loop may have been busy for long and now runs several of these calls in a
  // row, then callbacks of other input that take their time, and only last what tells it that children of its own have
  // ended.
  bool turn = turn_wanted_.exchange(false, std::memory_order_relaxed);
  bool more = false;
  std::vector<Event> events = supervisor_->take(kBatchBytes, &more);
  if (more) notify();
  if (events.empty() && !turn) return;
  std::optional<EncodedBatch> batch = encode(env, events);
  if (!batch) return;
  callback_.MakeCallback(env.Global(), {batch->numbers, batch->bytes, batch->steps, Napi::Boolean::New(env, turn)});
  // What it threw is nobody's to catch: an uncaught exception of the program.
  if (env.IsExceptionPending()) napi_fatal_exception(env, env.GetAndClearPendingException().Value());
}

// A handle of a process may outlive its supervisor: what is asked of it then has no effect.
bool Handle::closed() const { return supervisor_ == nullptr; }

Napi::Value Handle::Spawn(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  supervisor_->spawn(decode_spawn(info));
  return info.Env().Undefined();
}

Napi::Value Handle::Kill(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  supervisor_->kill(process_id(info), info[1].As<Napi::Number>().Int32Value());
  return info.Env().Undefined();
}

Napi::Value Handle::Signal(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  supervisor_->command({Command::Kind::kSignal, process_id(info), info[1].As<Napi::Number>().Int32Value(), false, {}});
  return info.Env().Undefined();
}

Napi::Value Handle::Write(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  auto bytes = info[1].As<Napi::Buffer<char>>();
  supervisor_->command({Command::Kind::kWrite, process_id(info), 0, false, {bytes.Data(), bytes.Length()}});
  return info.Env().Undefined();
}

Napi::Value Handle::EndInput(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  supervisor_->command({Command::Kind::kEndInput, process_id(info), 0, false, {}});
  return info.Env().Undefined();
}

Napi::Value Handle::Consumed(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  supervisor_->command({Command::Kind::kConsumed,
                        process_id(info),
                        info[2].As<Napi::Number>().Int64Value(),
                        info[1].As<Napi::Boolean>().Value(),
                        {}});
  return info.Env().Undefined();
}

// [id, pid, startedAt, id, pid, startedAt, ...]
Napi::Value Handle::List(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  std::vector<LiveProcess> all = supervisor_->list();
  auto numbers = Napi::Float64Array::New(info.Env(), all.size() * 3);
  double* at = numbers.Data();
  for (const LiveProcess& live : all) {
    *at++ = static_cast<double>(live.id);
    *at++ = live.pid;
    *at++ = static_cast<double>(live.started_at) / 1e6;
  }
  return numbers;
}

Napi::Value Handle::ReadProc(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  std::string name = info[1].As<Napi::String>().Utf8Value();
  return Napi::String::New(info.Env(), supervisor_->read_proc(process_id(info), name.c_str()));
}

Napi::Value Handle::OrphansReaped(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  return Napi::Number::New(info.Env(), static_cast<double>(supervisor_->orphans_reaped()));
}

Napi::Value Handle::Ref(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  wake_->ref();
  return info.Env().Undefined();
}

Napi::Value Handle::Unref(const Napi::CallbackInfo& info) {
  if (closed()) return info.Env().Undefined();
  wake_->unref();
  return info.Env().Undefined();
}

Napi::Value Handle::Turned(const Napi::CallbackInfo& info) {
  turns_.fetch_add(1, std::memory_order_relaxed);
  return info.Env().Undefined();
}

Napi::Value Handle::Close(const Napi::CallbackInfo& info) {
  stop();
  return info.Env().Undefined();
}

}  // namespace urocket
