// Events → what the JavaScript callback gets. Thread: JavaScript.
#pragma once

#include <napi.h>

#include <optional>
#include <vector>

#include "../core/record.h"

namespace urocket {

// A batch crosses as one call: numbers by UROCKET_EVENT_FIELDS (one row an event), all bytes in one buffer, and the
// names of failed steps, which `step` points into (0: none). Thousands of events a second would otherwise be thousands
// of objects built through the C interface; bench case "spawn" shows it.
struct EncodedBatch {
  Napi::Float64Array numbers;
  Napi::Value bytes;  // Buffer or undefined
  Napi::Value steps;  // string[] or undefined
};

// Empty when the environment is being torn down: from then on nothing can be made in it, and nobody is left to tell.
std::optional<EncodedBatch> encode(Napi::Env env, const std::vector<Event>& events);

}  // namespace urocket
