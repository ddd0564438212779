// Processes whose captured outputs epoll does not report yet.
//
// Most processes end soon, and what they wrote is read then: asking epoll for their outputs would be in vain, and cost
// as much as starting them. So they are looked at now and then, ever less often, and are only watched once they have
// written something and go on running, or have grown old. One that fills a pipe before waits until the next look.
//
// Thread: reactor.
#pragma once

#include <algorithm>
#include <array>
#include <deque>

#include "../sys/clock.h"
#include "spec.h"

namespace urocket {

class QuietProcesses {
 public:
  void add(ProcessId id, Nanos at) { lines_[0].push_back({id, at + kLooks[0]}); }

  // The earliest look; `never` when there is none.
  Nanos next(Nanos never) const {
    for (const auto& line : lines_) {
      if (!line.empty()) never = std::min(never, line.front().due);
    }
    return never;
  }

  // Calls `speaks` for each process that is due; it stays here as long as that says false, but not for ever: `watch` is
  // called for those that leave.
  template <typename Speaks, typename Watch>
  void look(Nanos at, const Speaks& speaks, const Watch& watch) {
    for (size_t i = 0; i < lines_.size(); i++) {
      for (auto& line = lines_[i]; !line.empty() && line.front().due <= at; line.pop_front()) {
        ProcessId id = line.front().id;
        if (i + 1 < lines_.size() && !speaks(id)) {
          lines_[i + 1].push_back({id, at + kLooks[i + 1]});
        } else {
          watch(id);
        }
      }
    }
  }

 private:
  struct Look {
    ProcessId id;
    Nanos due;
  };

  static constexpr std::array kLooks = {2 * kMillisecond, 4 * kMillisecond, 8 * kMillisecond};
  std::array<std::deque<Look>, kLooks.size()> lines_;  // by how often they were looked at
};

}  // namespace urocket
