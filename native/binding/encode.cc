#include "encode.h"

#include <algorithm>
#include <cstring>

#include "fields.h"

namespace urocket {
namespace {

constexpr double kNanosPerMilli = 1e6;

double millis(Nanos nanos) { return static_cast<double>(nanos) / kNanosPerMilli; }

double millis(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

void encode_record(const ExitRecord& record, double* row) {
  using namespace event_field;
  row[number] = record.pid;
  row[ending] = static_cast<double>(record.ending);
  row[status] = record.status;
  row[errno_] = record.error;
  row[utime] = millis(record.usage.ru_utime);
  row[stime] = millis(record.usage.ru_stime);
  row[maxrss] = static_cast<double>(record.usage.ru_maxrss) * 1024;  // getrusage(2) counts in KiB
  row[maxrssFloor] = static_cast<double>(record.maxrss_floor) * 1024;
  row[minflt] = static_cast<double>(record.usage.ru_minflt);
  row[majflt] = static_cast<double>(record.usage.ru_majflt);
  row[inblock] = static_cast<double>(record.usage.ru_inblock);
  row[oublock] = static_cast<double>(record.usage.ru_oublock);
  row[nvcsw] = static_cast<double>(record.usage.ru_nvcsw);
  row[nivcsw] = static_cast<double>(record.usage.ru_nivcsw);
  row[wallStart] = millis(record.wall_start);
  row[queuedAt] = millis(record.queued_at);
  row[startedAt] = millis(record.started_at);
  row[executedAt] = millis(record.executed_at);
  row[endedAt] = millis(record.ended_at);
  row[outputLength] = static_cast<double>(record.output.data.size());
  row[outputBytes] = static_cast<double>(record.output.bytes);
  row[errorLength] = static_cast<double>(record.error_output.data.size());
  row[errorBytes] = static_cast<double>(record.error_output.bytes);
}

size_t total_bytes(const std::vector<Event>& events) {
  size_t total = 0;
  for (const Event& event : events) {
    total += event.bytes.size();
    if (event.record) total += event.record->output.data.size() + event.record->error_output.data.size();
  }
  return total;
}

size_t append(char* buffer, size_t offset, const std::vector<char>& bytes) {
  if (!bytes.empty()) std::memcpy(buffer + offset, bytes.data(), bytes.size());
  return offset + bytes.size();
}

}  // namespace

std::optional<EncodedBatch> encode(Napi::Env env, const std::vector<Event>& events) {
  using namespace event_field;
  EncodedBatch batch{Napi::Float64Array::New(env, events.size() * kCount), env.Undefined(), env.Undefined()};
  size_t total = total_bytes(events);
  char* buffer = nullptr;
  if (total > 0) {
    auto bytes = Napi::Buffer<char>::New(env, total);
    if (bytes.IsEmpty()) return std::nullopt;
    buffer = bytes.Data();
    batch.bytes = bytes;
  }
  if (batch.numbers.IsEmpty()) return std::nullopt;
  std::vector<const char*> names;
  double* row = batch.numbers.Data();
  size_t offset = 0;
  for (const Event& event : events) {
    std::fill(row, row + kCount, 0.0);
    row[kind] = static_cast<double>(event.kind);
    row[id] = static_cast<double>(event.id);
    row[number] = static_cast<double>(event.number);
    row[outputOffset] = static_cast<double>(offset);
    row[outputLength] = static_cast<double>(event.bytes.size());
    offset = append(buffer, offset, event.bytes);
    if (event.record) {
      encode_record(*event.record, row);
      offset = append(buffer, offset, event.record->output.data);
      offset = append(buffer, offset, event.record->error_output.data);
      if (event.record->step != nullptr) {
        names.push_back(event.record->step);
        row[step] = static_cast<double>(names.size());
      }
    }
    row += kCount;
  }
  if (!names.empty()) {
    auto steps = Napi::Array::New(env, names.size());
    for (uint32_t i = 0; i < names.size(); i++) steps.Set(i, Napi::String::New(env, names[i]));
    batch.steps = steps;
  }
  return batch;
}

}  // namespace urocket
