// Sockets of whoever started us, for JavaScript. Thread: JavaScript; no call waits.
#pragma once

#include <napi.h>

namespace urocket {

// (address: string, text: string) → errno, 0 when it was sent.
Napi::Value send_datagram(const Napi::CallbackInfo& info);

// (fd: number) → {family, stream, listening, address, port}, or an errno.
Napi::Value describe_socket(const Napi::CallbackInfo& info);

// (port: number, fd: number) → errno, 0 when the descriptor has taken the place of our listener.
Napi::Value replace_listener(const Napi::CallbackInfo& info);

}  // namespace urocket
