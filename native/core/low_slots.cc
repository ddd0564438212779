#include "low_slots.h"

#include <fcntl.h>
#include <unistd.h>

namespace urocket {
namespace {

// Tables up to this size are part of the kernel's own structure and copied with it (NR_OPEN_DEFAULT).
constexpr int kLow = 64;

}  // namespace

LowSlots::LowSlots(int placeholder) : placeholder_(placeholder) {
  for (Fd& slot : slots_) slot = Fd(::fcntl(placeholder, F_DUPFD_CLOEXEC, 3));
}

int LowSlots::place(Fd& end) {
  if (end.get() < kLow || used_ == kSlots || !slots_[used_]) return end.get();
  int slot = slots_[used_].get();
  if (slot >= end.get() || ::dup3(end.get(), slot, O_CLOEXEC) < 0) return end.get();
  used_++;
  end.reset();
  return slot;
}

void LowSlots::clear() {
  // Onto a number of ours: nothing that can fail here does.
  while (used_ > 0) ::dup3(placeholder_, slots_[--used_].get(), O_CLOEXEC);
}

}  // namespace urocket
