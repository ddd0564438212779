#include "low_slots.h"

#include <fcntl.h>
#include <unistd.h>

namespace urocket {
namespace {

// Tables up to this size are part of the kernel's own structure and copied with it (NR_OPEN_DEFAULT).
constexpr int kLow = 64;

}  // namespace

LowSlots::LowSlots(int placeholder) : placeholder_(placeholder) {
  for (int i = 0; i < kSlots; i++) {
    Fd slot(::fcntl(placeholder, F_DUPFD_CLOEXEC, 3));
    if (!slot) return;
    free_.push_back(slot.get());
    slots_.push_back(std::move(slot));
  }
}

int LowSlots::place(Fd& end, std::vector<int>* taken) {
  if (end.get() < kLow || free_.empty()) return end.get();
  int slot = free_.back();
  if (slot >= end.get() || ::dup3(end.get(), slot, O_CLOEXEC) < 0) return end.get();
  free_.pop_back();
  taken->push_back(slot);
  end.reset();
  return slot;
}

void LowSlots::free(std::vector<int>* taken) {
  for (int slot : *taken) {
    // Onto a number of ours: nothing that can fail here does.
    ::dup3(placeholder_, slot, O_CLOEXEC);
    free_.push_back(slot);
  }
  taken->clear();
}

}  // namespace urocket
