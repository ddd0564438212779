#include "sockets.h"

#include <sys/socket.h>

#include <string>

#include "../sys/socket.h"

namespace urocket {
namespace {

const char* family_name(int family) {
  switch (family) {
    case AF_INET:
      return "ipv4";
    case AF_INET6:
      return "ipv6";
    case AF_UNIX:
      return "unix";
    default:
      return "other";
  }
}

int32_t number(const Napi::Value& value) { return value.As<Napi::Number>().Int32Value(); }

}  // namespace

Napi::Value send_datagram(const Napi::CallbackInfo& info) {
  auto address = info[0].As<Napi::String>().Utf8Value();
  auto text = info[1].As<Napi::String>().Utf8Value();
  return Napi::Number::New(info.Env(), send_datagram(address, text));
}

Napi::Value describe_socket(const Napi::CallbackInfo& info) {
  SocketFacts facts;
  int error = describe_socket(number(info[0]), &facts);
  if (error != 0) return Napi::Number::New(info.Env(), error);
  auto object = Napi::Object::New(info.Env());
  object.Set("family", family_name(facts.family));
  object.Set("stream", facts.type == SOCK_STREAM);
  object.Set("listening", facts.listening);
  object.Set("address", facts.address);
  object.Set("port", facts.port);
  return object;
}

Napi::Value replace_listener(const Napi::CallbackInfo& info) {
  int error = replace_listener(static_cast<uint16_t>(number(info[0])), number(info[1]));
  return Napi::Number::New(info.Env(), error);
}

}  // namespace urocket
