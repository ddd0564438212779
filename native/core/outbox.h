// The events on their way to the caller.
//
// Thread: emit and flush are the reactor's, take is the caller's. The caller is notified when there is something after
// there was nothing, so that a flood of events is one notification.
#pragma once

#include <mutex>
#include <vector>

#include "record.h"

namespace urocket {

class Outbox {
 public:
  explicit Outbox(EventSink& sink) : sink_(sink) {}

  // Notes an event of this turn.
  void emit(Event event) { fresh_.push_back(std::move(event)); }
  // Hands over the events of this turn.
  void flush();

  // The events so far, at most about `max_bytes` of output at a time; `more` tells whether there are others.
  std::vector<Event> take(size_t max_bytes, bool* more);

 private:
  EventSink& sink_;
  std::vector<Event> fresh_;
  std::mutex mutex_;
  std::vector<Event> events_;
};

}  // namespace urocket
