#include "session.h"

#include <algorithm>
#include <cstring>

#include "leftovers.h"

namespace urocket::test {
namespace {

constexpr Nanos kPatience = 30 * kSecond;
constexpr size_t kBatchBytes = 1 << 20;

}  // namespace

int Story::count(Event::Kind kind) const { return static_cast<int>(std::count(kinds.begin(), kinds.end(), kind)); }

Session::Session(SupervisorOptions options) {
  options.features = features();
  supervisor_ = std::make_unique<Supervisor>(options, *this);
  const char* step = "";
  int error = supervisor_->start(&step);
  if (error != 0) fail(__FILE__, __LINE__, std::string("the supervisor did not start: ") + step);
}

Session::~Session() {
  hold_reactor(false);
  supervisor_->stop();
}

ProcessId Session::spawn(SpawnSpec spec) {
  spec.id = ++last_id_;
  stories_[spec.id];
  supervisor_->spawn(std::move(spec));
  return last_id_;
}

const ExitRecord& Session::run(SpawnSpec spec) { return wait_exit(spawn(std::move(spec))); }

const ExitRecord& Session::wait_exit(ProcessId id) {
  wait_until("an exit event", [&] { return story(id).exits > 0; });
  return *story(id).record;
}

void Session::wait_output(ProcessId id, const std::string& text) {
  wait_until(text.c_str(), [&] {
    if (story(id).exits > 0 && story(id).output.find(text) == std::string::npos) {
      fail(__FILE__, __LINE__, "expected output " + text + ", got an exit after " + story(id).output);
    }
    return story(id).output.find(text) != std::string::npos;
  });
}

void Session::wait_leader_gone(ProcessId id) {
  wait_until("the process to start", [&] { return story(id).started_pid > 0; });
  wait_until("the leader to end", [&] { return supervisor_->read_proc(id, "stat").empty(); });
}

void Session::wait_until(const char* what, const std::function<bool()>& condition) {
  Nanos limit = now() + kPatience;
  for (;;) {
    take();
    if (condition()) return;
    if (now() > limit) fail(__FILE__, __LINE__, std::string("waited in vain for ") + what);
    // Not all conditions come with an event, so it looks again after a while.
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(5), [this] { return notified_; });
    notified_ = false;
  }
}

void Session::round_trip() {
  for (int i = 0; i < 2; i++) run(program({"/bin/true"}));
}

void Session::stop() {
  hold_reactor(false);
  supervisor_->stop();
  take();
}

void Session::hold_reactor(bool hold) {
  std::lock_guard lock(mutex_);
  held_ = hold;
  changed_.notify_all();
}

void Session::freeze_turns(bool freeze) {
  std::lock_guard lock(mutex_);
  frozen_ = freeze;
}

uint64_t Session::looks() {
  std::lock_guard lock(mutex_);
  return looks_;
}

void Session::command(Command::Kind kind, ProcessId id, int64_t number, std::string bytes) {
  supervisor_->command({kind, id, number, false, std::move(bytes)});
}

void Session::take() {
  bool more = true;
  while (more) {
    for (Event& event : supervisor_->take(kBatchBytes, &more)) tell(event);
  }
  std::lock_guard lock(mutex_);
  if (!frozen_) turns_++;
}

void Session::tell(Event& event) {
  Story& story = stories_[event.id];
  if (story.exits > 0) fail(__FILE__, __LINE__, "expected nothing after an exit event, got another event");
  story.kinds.push_back(event.kind);
  switch (event.kind) {
    case Event::Kind::kExit:
      story.exits++;
      story.record = std::move(event.record);
      if (story.record->pid != 0) leaders().insert(story.record->pid);
      break;
    case Event::Kind::kStarted:
      story.started_pid = event.number;
      break;
    case Event::Kind::kOutput:
      story.output.append(event.bytes.begin(), event.bytes.end());
      break;
    case Event::Kind::kError:
      story.error.append(event.bytes.begin(), event.bytes.end());
      break;
    case Event::Kind::kDrained:
      story.drained++;
      break;
    case Event::Kind::kDeadline:
      break;
  }
}

void Session::notify() {
  std::unique_lock lock(mutex_);
  notified_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return !held_; });
}

uint64_t Session::turns() {
  std::lock_guard lock(mutex_);
  looks_++;
  return turns_;
}

Features& features() {
  static Features current;
  return current;
}

bool& apart() {
  static bool current = false;
  return current;
}

bool first_that_waits_so() {
  const Features& kernel = features();
  return kernel.shared_memory && kernel.clone3 && kernel.close_range && kernel.group_signal == kernel.pidfd;
}

std::string& fixture_path() {
  static std::string path;
  return path;
}

SpawnSpec program(std::initializer_list<std::string> words) {
  SpawnSpec spec;
  spec.argv = strings(words);
  spec.env = strings({"PATH=/usr/bin:/bin"});
  spec.output.kind = spec.error.kind = OutputSpec::Kind::kCapture;
  spec.output.cap = spec.error.cap = 65536;
  spec.announce = true;
  if (apart()) set_apart(spec);
  return spec;
}

void set_apart(SpawnSpec& spec) {
  spec.confinement = std::make_unique<Confinement>();
  spec.confinement->oom_score_adj = 500;
}

SpawnSpec fixture(std::initializer_list<std::string> words) {
  SpawnSpec spec = program(words);
  spec.argv.insert(0, fixture_path() + '\0');
  return spec;
}

std::string strings(std::initializer_list<std::string> list) {
  std::string joined;
  for (const std::string& item : list) joined += item + '\0';
  return joined;
}

std::string text(const std::vector<char>& bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace urocket::test
