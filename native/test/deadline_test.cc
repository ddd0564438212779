// The heap of deadlines against a list that is searched from end to end.
#include "../core/deadline.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <random>

#include "check.h"

namespace urocket::test {
namespace {

// What the heap must do, done in the plainest way.
class Model {
 public:
  void set(Process* process, Nanos due) {
    if (due == 0) {
      times_.erase(process);
    } else {
      times_[process] = due;
    }
  }
  void remove(Process* process) { times_.erase(process); }
  Nanos earliest() const {
    Nanos earliest = INT64_MAX;
    for (const auto& [process, due] : times_) earliest = std::min(earliest, due);
    return earliest;
  }
  bool empty() const { return times_.empty(); }
  Nanos due(Process* process) const { return times_.at(process); }
  bool holds(Process* process) const { return times_.contains(process); }

 private:
  std::map<Process*, Nanos> times_;
};

// The rounding that epoll_wait(2) needs: never early, and never longer than the heap's own bound of a minute.
void compare(size_t processes, Nanos span, long operations, std::mt19937& random) {
  std::vector<Process> all(processes);
  DeadlineHeap heap;
  Model model;
  Nanos at = 1;
  for (long i = 0; i < operations; i++) {
    Process* process = &all[random() % processes];
    switch (random() % 4) {
      case 0:
        heap.set(process, 0);
        model.set(process, 0);
        break;
      case 1: {
        at += static_cast<Nanos>(random()) % (span / 4);
        Process* popped = heap.pop(at);
        CHECK((popped != nullptr) == (!model.empty() && model.earliest() <= at));
        if (popped == nullptr) break;
        CHECK_EQUAL(model.due(popped), model.earliest());
        CHECK_EQUAL(popped->heap_index, SIZE_MAX);
        model.remove(popped);
        break;
      }
      default: {
        Nanos due = at + static_cast<Nanos>(random()) % span;
        heap.set(process, due);
        model.set(process, due);
        CHECK_EQUAL(process->due, due);
      }
    }
    CHECK_EQUAL(process->heap_index != SIZE_MAX, model.holds(process));
    CHECK_EQUAL(heap.next(), model.empty() ? DeadlineHeap::kNever : model.earliest());
  }
  for (Nanos last = 0; !model.empty();) {
    Process* popped = heap.pop(INT64_MAX);
    CHECK(popped != nullptr && model.due(popped) >= last);
    last = model.due(popped);
    model.remove(popped);
  }
  CHECK(heap.pop(INT64_MAX) == nullptr);
  CHECK_EQUAL(heap.next(), DeadlineHeap::kNever);
}

}  // namespace
}  // namespace urocket::test

int main() {
  constexpr long kOperations = 20'000;
  std::mt19937 random(20240229);
  try {
    // Few and many of them, with many equal times and with none.
    for (size_t processes : {1U, 2U, 3U, 10U, 100U}) {
      for (urocket::Nanos span : {urocket::Nanos{8}, urocket::kMillisecond, urocket::kSecond * 100}) {
        urocket::test::compare(processes, span, kOperations, random);
      }
    }
  } catch (const std::exception& error) {
    std::printf("FAILED: %s\n", error.what());
    return 1;
  }
  std::printf("15 runs of %ld operations\n", kOperations);
  return 0;
}
