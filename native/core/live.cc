#include "live.h"

namespace urocket {

void LiveTable::add(const LiveProcess& process) {
  std::lock_guard lock(mutex_);
  processes_.emplace(process.id, process);
}

void LiveTable::remove(ProcessId id) {
  std::lock_guard lock(mutex_);
  processes_.erase(id);
}

std::vector<LiveProcess> LiveTable::list() {
  std::lock_guard lock(mutex_);
  std::vector<LiveProcess> all;
  all.reserve(processes_.size());
  for (const auto& [id, process] : processes_) all.push_back(process);
  return all;
}

bool LiveTable::with_pid(ProcessId id, const std::function<void(pid_t)>& look) {
  std::lock_guard lock(mutex_);
  auto found = processes_.find(id);
  if (found == processes_.end()) return false;
  look(found->second.pid);
  return true;
}

}  // namespace urocket
