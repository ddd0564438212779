#include "identity.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>

#include <string>
#include <vector>

namespace urocket {
namespace {

// Asks a database for one entry, in as much room as that takes: a group has all its members in it.
template <typename Ask>
void with_room(std::vector<char>* room, const Ask& ask) {
  room->resize(4096);
  while (ask(room->data(), room->size()) == ERANGE) room->resize(2 * room->size());
}

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
  std::vector<char> room;
  passwd entry{};
  passwd* found = nullptr;
  if (info[0].IsNumber()) {
    uid_t uid = info[0].As<Napi::Number>().Uint32Value();
    with_room(&room, [&](char* data, size_t size) { return ::getpwuid_r(uid, &entry, data, size, &found); });
    if (found == nullptr) return identity(info.Env(), uid, uid, {});
  } else {
    std::string name = info[0].As<Napi::String>().Utf8Value();
    with_room(&room, [&](char* data, size_t size) { return ::getpwnam_r(name.c_str(), &entry, data, size, &found); });
    if (found == nullptr) return info.Env().Undefined();
  }
  return identity(info.Env(), entry.pw_uid, entry.pw_gid, groups_of(entry.pw_name, entry.pw_gid));
}

Napi::Value lookup_group(const Napi::CallbackInfo& info) {
  std::vector<char> room;
  group entry{};
  group* found = nullptr;
  std::string name = info[0].As<Napi::String>().Utf8Value();
  with_room(&room, [&](char* data, size_t size) { return ::getgrnam_r(name.c_str(), &entry, data, size, &found); });
  if (found == nullptr) return info.Env().Undefined();
  return Napi::Number::New(info.Env(), entry.gr_gid);
}

}  // namespace urocket
