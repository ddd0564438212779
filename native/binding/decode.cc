#include "decode.h"

#include <fcntl.h>

#include <cerrno>
#include <cmath>

#include "../sys/pipe.h"
#include "fields.h"

namespace urocket {
namespace {

// Good as long as the caller's value is.
std::string_view bytes(const Napi::Value& value) {
  if (!value.IsBuffer()) return {};
  auto buffer = value.As<Napi::Buffer<char>>();
  return {buffer.Data(), buffer.Length()};
}

std::string text(const Napi::Value& value) {
  return value.IsString() ? value.As<Napi::String>().Utf8Value() : std::string(bytes(value));
}

// Rounded up: the shortest bound must not become none.
Nanos nanos(double milliseconds) {
  return static_cast<Nanos>(std::ceil(milliseconds * static_cast<double>(kMillisecond)));
}

// Keeps a descriptor for the child; without one the start will fail.
int hold(Fd descriptor, const char* step, int error, SpawnSpec* spec) {
  if (!descriptor) {
    spec->fault_step = step;
    spec->fault = error;
    return -1;
  }
  spec->held.push_back(std::move(descriptor));
  return spec->held.back().get();
}

// A copy of one of the caller's descriptors. The child starts later: by then the caller may have closed its own, and
// the number may name another file, which no child was promised.
int copy(int descriptor, SpawnSpec* spec) {
  Fd copied(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
  return hold(std::move(copied), "fcntl", errno, spec);
}

// Written here and not by the reactor, which has deadlines to keep; and so the bytes are copied only once.
int sealed(std::string_view content, SpawnSpec* spec) {
  Fd file;
  int error = make_sealed_file(content, &file);
  return hold(std::move(file), "memfd_create", error, spec);
}

void decode_input(double descriptor, const Napi::Value& content, SpawnSpec* spec) {
  InputSpec& input = spec->input;
  if (input.kind == InputSpec::Kind::kDescriptor) {
    input.descriptor = copy(static_cast<int>(descriptor), spec);
  } else if (needs_file(bytes(content))) {
    input.kind = InputSpec::Kind::kDescriptor;
    input.descriptor = sealed(bytes(content), spec);
  } else {
    input.bytes = text(content);
  }
}

OutputSpec output(double kind, double number, SpawnSpec* spec) {
  OutputSpec output;
  output.kind = static_cast<OutputSpec::Kind>(static_cast<int>(kind));
  if (output.kind == OutputSpec::Kind::kDescriptor) {
    output.descriptor = copy(static_cast<int>(number), spec);
  } else {
    output.cap = static_cast<uint64_t>(number);
  }
  return output;
}

template <typename Number>
std::optional<Number> number(const Napi::Object& object, const char* name) {
  Napi::Value value = object.Get(name);
  if (!value.IsNumber()) return std::nullopt;
  return static_cast<Number>(value.As<Napi::Number>().DoubleValue());
}

rlim_t limit(const Napi::Value& value) {
  double bound = value.As<Napi::Number>().DoubleValue();
  return bound < 0 ? RLIM_INFINITY : static_cast<rlim_t>(bound);
}

std::unique_ptr<Confinement> confinement(const Napi::Object& object) {
  auto spec = std::make_unique<Confinement>();
  spec->uid = number<uid_t>(object, "uid");
  spec->gid = number<gid_t>(object, "gid");
  spec->umask = number<mode_t>(object, "umask");
  spec->nice = number<int>(object, "nice");
  spec->oom_score_adj = number<int>(object, "oomScoreAdj");
  spec->no_new_privs = object.Get("noNewPrivs").ToBoolean();
  if (object.Get("groups").IsArray()) {
    auto groups = object.Get("groups").As<Napi::Array>();
    spec->groups.emplace();
    for (uint32_t i = 0; i < groups.Length(); i++) {
      spec->groups->push_back(groups.Get(i).As<Napi::Number>().Uint32Value());
    }
  }
  // [resource, soft, hard, resource, soft, hard, ...]; a negative bound is RLIM_INFINITY.
  if (object.Get("rlimits").IsArray()) {
    auto rlimits = object.Get("rlimits").As<Napi::Array>();
    for (uint32_t i = 0; i + 2 < rlimits.Length(); i += 3) {
      spec->rlimits.push_back(
          {rlimits.Get(i).As<Napi::Number>().Int32Value(), limit(rlimits.Get(i + 1)), limit(rlimits.Get(i + 2))});
    }
  }
  if (object.Get("cgroup").IsString()) {
    spec->cgroup = text(object.Get("cgroup"));
    // [file, content, file, content, ...]
    auto settings = object.Get("cgroupSettings").As<Napi::Array>();
    for (uint32_t i = 0; i + 1 < settings.Length(); i += 2) {
      spec->cgroup_settings.emplace_back(text(settings.Get(i)), text(settings.Get(i + 1)));
    }
  }
  return spec;
}

}  // namespace

SpawnSpec decode_spawn(const Napi::CallbackInfo& info) {
  using namespace spawn_field;
  SpawnSpec spec;
  const double* numbers = info[5].As<Napi::Float64Array>().Data();
  spec.id = static_cast<ProcessId>(info[0].As<Napi::Number>().Int64Value());
  spec.argv = text(info[1]);
  spec.env = text(info[2]);
  spec.cwd = text(info[3]);
  spec.file = text(info[4]);
  spec.input.kind = static_cast<InputSpec::Kind>(static_cast<int>(numbers[inputKind]));
  decode_input(numbers[inputDescriptor], info[6], &spec);
  spec.output = output(numbers[outputKind], numbers[outputNumber], &spec);
  spec.error = output(numbers[errorKind], numbers[errorNumber], &spec);
  spec.timeout = nanos(numbers[timeout]);
  spec.grace = nanos(numbers[grace]);
  spec.linger = nanos(numbers[linger]);
  spec.drain = nanos(numbers[drain]);
  spec.kill_signal = static_cast<int>(numbers[killSignal]);
  spec.new_session = numbers[newSession] != 0;
  spec.announce = numbers[announce] != 0;
  if (info[7].IsObject()) spec.confinement = confinement(info[7].As<Napi::Object>());
  // [theirs, bytes, theirs, bytes, ...]
  if (info[9].IsArray()) {
    auto files = info[9].As<Napi::Array>();
    for (uint32_t i = 0; i + 1 < files.Length(); i += 2) {
      spec.descriptors.emplace_back(sealed(bytes(files.Get(i + 1)), &spec),
                                    files.Get(i).As<Napi::Number>().Int32Value());
    }
  }
  // [ours, theirs, ours, theirs, ...]
  if (info[8].IsArray()) {
    auto pairs = info[8].As<Napi::Array>();
    for (uint32_t i = 0; i + 1 < pairs.Length(); i += 2) {
      spec.descriptors.emplace_back(copy(pairs.Get(i).As<Napi::Number>().Int32Value(), &spec),
                                    pairs.Get(i + 1).As<Napi::Number>().Int32Value());
    }
  }
  return spec;
}

SupervisorOptions decode_options(const Napi::Object& object) {
  SupervisorOptions options;
  options.features = probe_features();
  options.subreaper = object.Get("subreaper").ToBoolean();
  options.concurrent_starts = object.Get("concurrentStarts").As<Napi::Number>().Uint32Value();
  auto without = object.Get("without").As<Napi::Array>();
  for (uint32_t i = 0; i < without.Length(); i++) {
    std::string name = text(without.Get(i));
    if (name == "shared-memory") options.features.shared_memory = false;
    if (name == "clone3") options.features.clone3 = false;
    if (name == "pidfd") options.features.pidfd = options.features.group_signal = false;
    if (name == "group-signal") options.features.group_signal = false;
    if (name == "close-range") options.features.close_range = false;
  }
  return options;
}

}  // namespace urocket
