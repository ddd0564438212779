// Arguments of JavaScript's calls → plain structs. They come checked and complete from lib/process; here they are only
// asserted. Thread: JavaScript.
#pragma once

#include <napi.h>

#include "../core/spec.h"
#include "../core/supervisor.h"

namespace urocket {

// spawn(id, argv, env, cwd, file, numbers, input?, confinement?, descriptors?, files?)
SpawnSpec decode_spawn(const Napi::CallbackInfo& info);

// new Supervisor({subreaper, without: string[]}, ...)
SupervisorOptions decode_options(const Napi::Object& options);

}  // namespace urocket
