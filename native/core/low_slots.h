// Low numbers for the ends of pipes that a child gets.
//
// A child that shares our table of descriptors takes the part of it up to the last one that it needs. New descriptors
// get high numbers when thousands are open; so those for a child are moved down for the time of the clone.
//
// Thread: one per spawner thread, used again for each process.
#pragma once

#include "../sys/fd.h"

namespace urocket {

class LowSlots {
 public:
  // `placeholder`: an open descriptor that keeps the numbers ours while nothing else is there.
  explicit LowSlots(int placeholder);

  // Moves `end` to a low number, if it has a high one and there is room, and returns the number it has then.
  int place(Fd& end);
  // Closes what was placed.
  void clear();

 private:
  static constexpr int kSlots = 3;

  const int placeholder_;
  Fd slots_[kSlots];
  int used_ = 0;
};

}  // namespace urocket
