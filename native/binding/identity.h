// Names of users and groups → numbers, by the system's own databases (NSS). Thread: JavaScript; may read files.
#pragma once

#include <napi.h>

namespace urocket {

// (user: string | number) → {uid, gid, groups: number[]}, or undefined for an unknown name. A number without an entry
// is itself, with its own number as group.
Napi::Value lookup_user(const Napi::CallbackInfo& info);

// (group: string) → gid, or undefined.
Napi::Value lookup_group(const Napi::CallbackInfo& info);

}  // namespace urocket
