#include "capture.h"

#include <errno.h>

#include <algorithm>

namespace urocket {
namespace {

constexpr size_t kChunk = 64 * 1024;

void keep(OutputPipe& output, const char* data, size_t size) {
  std::vector<char>& kept = output.captured.data;
  size_t room = output.cap > kept.size() ? output.cap - kept.size() : 0;
  size_t wanted = kept.size() + std::min(size, room);
  // Doubling, but never beyond the cap.
  if (wanted > kept.capacity()) kept.reserve(std::min<size_t>(std::max(2 * kept.capacity(), wanted), output.cap));
  kept.insert(kept.end(), data, data + std::min(size, room));
}

}  // namespace

DrainResult drain(OutputPipe& output, const std::function<void(std::vector<char>)>& emit) {
  // On the reactor's stack: a thread_local would be so much in every thread that reads, and be looked up by a function
  // of glibc's loader, which musl does not have under that name.
  char buffer[kChunk];
  size_t budget = kDrainBudget;
  while (budget > 0) {
    if (output.paced && output.in_flight >= output.cap) return DrainResult::kPaused;
    ssize_t size = ::read(output.pipe.get(), buffer, kChunk);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return DrainResult::kOpen;
    if (size <= 0) return DrainResult::kClosed;
    auto length = static_cast<size_t>(size);
    output.captured.bytes += length;
    budget -= std::min(budget, length);
    if (output.discard) continue;
    if (output.stream) {
      output.in_flight += length;
      emit(std::vector<char>(buffer, buffer + length));
    } else if (output.keep) {
      keep(output, buffer, length);
    }
  }
  return DrainResult::kOpen;
}

}  // namespace urocket
