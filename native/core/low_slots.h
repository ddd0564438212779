// Low numbers for the ends of pipes that a child gets.
//
// A child that shares our table of descriptors takes the part of it up to the last one that it needs. New descriptors
// get high numbers when thousands are open; so those for a child are moved down until it has its own.
//
// Thread: reactor.
#pragma once

#include <vector>

#include "../sys/fd.h"

namespace urocket {

class LowSlots {
 public:
  // `placeholder`: an open descriptor that keeps the numbers ours while nothing else is there.
  explicit LowSlots(int placeholder);

  // Moves `end` to a low number, if it has a high one and there is room, and returns the number it has then. What was
  // taken is noted in `taken`, to be freed.
  int place(Fd& end, std::vector<int>* taken);
  // Closes what was placed.
  void free(std::vector<int>* taken);

 private:
  // Enough for the starts that are under way at the same time as a rule: the others work as well, and take longer.
  static constexpr int kSlots = 8;

  const int placeholder_;
  std::vector<Fd> slots_;
  std::vector<int> free_;
};

}  // namespace urocket
