#include "deadline.h"

namespace urocket {

void DeadlineHeap::set(Process* process, Nanos due) {
  process->due = due;
  size_t index = process->heap_index;
  bool listed = index != SIZE_MAX;
  if (due == 0) {
    if (!listed) return;
    process->heap_index = SIZE_MAX;
    Process* last = heap_.back();
    heap_.pop_back();
    if (last == process) return;
    place(index, last);
    sift_up(index);
    sift_down(last->heap_index);
    return;
  }
  if (!listed) {
    index = heap_.size();
    heap_.push_back(process);
    process->heap_index = index;
  }
  sift_up(index);
  sift_down(process->heap_index);
}

Process* DeadlineHeap::pop(Nanos at) {
  if (heap_.empty() || heap_.front()->due > at) return nullptr;
  Process* process = heap_.front();
  set(process, 0);
  return process;
}

void DeadlineHeap::place(size_t index, Process* process) {
  heap_[index] = process;
  process->heap_index = index;
}

void DeadlineHeap::sift_up(size_t index) {
  Process* process = heap_[index];
  while (index > 0) {
    size_t parent = (index - 1) / 2;
    if (heap_[parent]->due <= process->due) break;
    place(index, heap_[parent]);
    index = parent;
  }
  place(index, process);
}

void DeadlineHeap::sift_down(size_t index) {
  Process* process = heap_[index];
  for (;;) {
    size_t child = 2 * index + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && heap_[child + 1]->due < heap_[child]->due) child++;
    if (heap_[child]->due >= process->due) break;
    place(index, heap_[child]);
    index = child;
  }
  place(index, process);
}

}  // namespace urocket
