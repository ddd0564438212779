#include "outbox.h"

#include <iterator>

namespace urocket {

void Outbox::flush() {
  if (fresh_.empty()) return;
  bool was_empty = false;
  {
    std::lock_guard lock(mutex_);
    was_empty = events_.empty();
    if (was_empty) {
      events_.swap(fresh_);
    } else {
      std::move(fresh_.begin(), fresh_.end(), std::back_inserter(events_));
    }
  }
  fresh_.clear();
  if (was_empty) sink_.notify();
}

std::vector<Event> Outbox::take(size_t max_bytes, bool* more) {
  std::lock_guard lock(mutex_);
  size_t bytes = 0;
  size_t count = 0;
  while (count < events_.size() && bytes <= max_bytes) {
    const Event& event = events_[count++];
    bytes += event.bytes.size();
    if (event.record) bytes += event.record->output.data.size() + event.record->error_output.data.size();
  }
  *more = count < events_.size();
  auto end = events_.begin() + static_cast<ptrdiff_t>(count);
  std::vector<Event> taken(std::make_move_iterator(events_.begin()), std::make_move_iterator(end));
  events_.erase(events_.begin(), end);
  return taken;
}

}  // namespace urocket
