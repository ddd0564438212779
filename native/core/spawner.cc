#include "spawner.h"

#include <errno.h>
#include <fcntl.h>

#include <chrono>

#include "starter.h"

namespace urocket {
namespace {

// How long close() waits for starts before it kills them, and how often it tries then.
constexpr auto kClosePatience = std::chrono::seconds(1);
constexpr auto kCloseAgain = std::chrono::milliseconds(10);

std::unique_ptr<Process> as_killed(std::unique_ptr<Process> process) {
  ExitRecord& record = *process->record;
  record.started_at = record.executed_at = now();
  record.wall_start = wall_clock();
  record.ending = Ending::kKilled;
  return process;
}

}  // namespace

SpawnerPool::SpawnerPool(const Features& features, Adopt adopt) : features_(features), adopt_(std::move(adopt)) {}

SpawnerPool::~SpawnerPool() { stop(); }

int SpawnerPool::start(unsigned count) {
  null_ = Fd(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null_) return errno;
  for (unsigned i = 0; i < count; i++) {
    auto thread = std::make_unique<SpawnerThread>();
    Start& start = thread->start;
    if (int error = thread->thread.start("urocket-spawn", [this, &start] { run(start); })) {
      // Fewer threads are slower, none is an error.
      return threads_.empty() ? error : 0;
    }
    threads_.push_back(std::move(thread));
  }
  return 0;
}

void SpawnerPool::submit(std::unique_ptr<Process> process) {
  process->record->queued_at = now();
  {
    std::lock_guard lock(mutex_);
    if (!closed_) line_.push_back(std::move(process));
  }
  if (process != nullptr) {
    adopt_(as_killed(std::move(process)));
    return;
  }
  wake_.notify_one();
}

std::unique_ptr<Process> SpawnerPool::withdraw(ProcessId id) {
  std::lock_guard lock(mutex_);
  for (auto at = line_.begin(); at != line_.end(); ++at) {
    if ((*at)->spec.id != id) continue;
    std::unique_ptr<Process> process = std::move(*at);
    line_.erase(at);
    return as_killed(std::move(process));
  }
  return nullptr;
}

void SpawnerPool::kill(ProcessId id, int signal) {
  for (auto& thread : threads_) thread->start.end_soon(id, signal);
}

Nanos SpawnerPool::patrol(Nanos at) {
  Nanos next = 0;
  for (auto& thread : threads_) {
    Nanos due = thread->start.patrol(at);
    if (due != 0 && (next == 0 || due < next)) next = due;
  }
  return next;
}

void SpawnerPool::close() {
  std::deque<std::unique_ptr<Process>> rest;
  {
    std::unique_lock lock(mutex_);
    closed_ = true;
    rest.swap(line_);
    auto idle = [this] { return starting_ == 0; };
    if (!idle_.wait_for(lock, kClosePatience, idle)) {
      do {
        for (auto& thread : threads_) thread->start.kill();
      } while (!idle_.wait_for(lock, kCloseAgain, idle));
    }
  }
  for (auto& process : rest) adopt_(as_killed(std::move(process)));
}

void SpawnerPool::stop() {
  close();
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  threads_.clear();
}

void SpawnerPool::run(Start& under_way) {
  Starter starter(features_, null_.get(), under_way);
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return ending_ || !line_.empty(); });
    if (line_.empty()) return;
    std::unique_ptr<Process> process = std::move(line_.front());
    line_.pop_front();
    starting_++;
    // Under the lock: whoever finds it gone from the line finds it here.
    const SpawnSpec& spec = process->spec;
    under_way.begin(spec.id, spec.timeout > 0 ? now() + spec.timeout : 0, spec.grace);
    lock.unlock();
    starter.start(*process);
    adopt_(std::move(process));
    lock.lock();
    starting_--;
    if (closed_) idle_.notify_all();
  }
}

}  // namespace urocket
