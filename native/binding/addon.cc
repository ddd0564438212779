// The addon: one class, the names of the numbers it exchanges, and what this machine offers.
#include <napi.h>

#include "../core/features.h"
#include "fields.h"
#include "handle.h"
#include "identity.h"
#include "sockets.h"

namespace urocket {
namespace {

template <size_t count>
Napi::Array names(Napi::Env env, const char* const (&list)[count]) {
  auto array = Napi::Array::New(env, count);
  for (uint32_t i = 0; i < count; i++) array.Set(i, Napi::String::New(env, list[i]));
  return array;
}

Napi::Value probe(const Napi::CallbackInfo& info) {
  Features features = probe_features();
  auto object = Napi::Object::New(info.Env());
  object.Set("sharedMemory", features.shared_memory);
  object.Set("clone3", features.clone3);
  object.Set("pidfd", features.pidfd);
  object.Set("groupSignal", features.group_signal);
  object.Set("closeRange", features.close_range);
  return object;
}

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
#define UROCKET_NAME(name) #name,
  static const char* const spawn_fields[] = {UROCKET_SPAWN_FIELDS(UROCKET_NAME)};
  static const char* const event_fields[] = {UROCKET_EVENT_FIELDS(UROCKET_NAME)};
#undef UROCKET_NAME
  exports.Set("Supervisor", Handle::define(env));
  exports.Set("probe", Napi::Function::New(env, probe));
  exports.Set("lookupUser", Napi::Function::New(env, lookup_user));
  exports.Set("lookupGroup", Napi::Function::New(env, lookup_group));
  exports.Set("sendDatagram", Napi::Function::New(env, send_datagram));
  exports.Set("describeSocket", Napi::Function::New(env, describe_socket));
  exports.Set("replaceListener", Napi::Function::New(env, replace_listener));
  exports.Set("spawnFields", names(env, spawn_fields));
  exports.Set("eventFields", names(env, event_fields));
  return exports;
}

}  // namespace
}  // namespace urocket

static Napi::Object Init(Napi::Env env, Napi::Object exports) { return urocket::initialize(env, exports); }

NODE_API_MODULE(urocket, Init)
