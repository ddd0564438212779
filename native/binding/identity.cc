#include "identity.h"

#include <grp.h>
#include <pwd.h>

#include <string>
#include <vector>

namespace urocket {
namespace {

constexpr size_t kEntryRoom = 64 * 1024;  // far above what sysconf(_SC_GETPW_R_SIZE_MAX) suggests

std::vector<gid_t> groups_of(const char* name, gid_t gid) {
  int count = 64;
  std::vector<gid_t> groups(static_cast<size_t>(count));
  while (::getgrouplist(name, gid, groups.data(), &count) < 0) groups.resize(static_cast<size_t>(count));
  groups.resize(static_cast<size_t>(count));
  return groups;
}

Napi::Object identity(Napi::Env env, uid_t uid, gid_t gid, const std::vector<gid_t>& groups) {
  auto object = Napi::Object::New(env);
  auto list = Napi::Array::New(env, groups.size());
  for (uint32_t i = 0; i < groups.size(); i++) list.Set(i, Napi::Number::New(env, groups[i]));
  object.Set("uid", Napi::Number::New(env, uid));
  object.Set("gid", Napi::Number::New(env, gid));
  object.Set("groups", list);
  return object;
}

}  // namespace

Napi::Value lookup_user(const Napi::CallbackInfo& info) {
  std::vector<char> room(kEntryRoom);
  passwd entry{};
  passwd* found = nullptr;
  if (info[0].IsNumber()) {
    uid_t uid = info[0].As<Napi::Number>().Uint32Value();
    ::getpwuid_r(uid, &entry, room.data(), room.size(), &found);
    if (found == nullptr) return identity(info.Env(), uid, uid, {});
  } else {
    ::getpwnam_r(info[0].As<Napi::String>().Utf8Value().c_str(), &entry, room.data(), room.size(), &found);
    if (found == nullptr) return info.Env().Undefined();
  }
  return identity(info.Env(), entry.pw_uid, entry.pw_gid, groups_of(entry.pw_name, entry.pw_gid));
}

Napi::Value lookup_group(const Napi::CallbackInfo& info) {
  std::vector<char> room(kEntryRoom);
  group entry{};
  group* found = nullptr;
  ::getgrnam_r(info[0].As<Napi::String>().Utf8Value().c_str(), &entry, room.data(), room.size(), &found);
  if (found == nullptr) return info.Env().Undefined();
  return Napi::Number::New(info.Env(), entry.gr_gid);
}

}  // namespace urocket
