// One supervisor under test, and the story of each of its processes as its events told it.
//
// Thread: the one that runs the cases plays the host's event loop: it takes events while it waits, and only then.
#pragma once

#include <condition_variable>
#include <functional>
#include <initializer_list>
#include <map>
#include <mutex>
#include <string>

#include "../core/supervisor.h"
#include "check.h"

namespace urocket::test {

// All that was told of one process.
struct Story {
  std::vector<Event::Kind> kinds;
  int64_t started_pid = 0;
  std::string output;  // streamed
  std::string error;
  int drained = 0;
  int exits = 0;
  std::unique_ptr<ExitRecord> record;

  int count(Event::Kind kind) const;
};

class Session : public EventSink {
 public:
  explicit Session(SupervisorOptions options);
  Session() : Session(SupervisorOptions{}) {}
  ~Session() override;

  Supervisor& supervisor() { return *supervisor_; }

  // Starts a process; gives it the next id.
  ProcessId spawn(SpawnSpec spec);
  // Starts a process and waits for its end.
  const ExitRecord& run(SpawnSpec spec);

  Story& story(ProcessId id) { return stories_[id]; }
  const ExitRecord& wait_exit(ProcessId id);
  // Until the streamed output of the process holds `text`.
  void wait_output(ProcessId id, const std::string& text);
  // Until the leader was reaped, or is kept as a zombie, though its record may not have come.
  void wait_leader_gone(ProcessId id);
  // Takes events until the condition holds; a case that waits for half a minute has failed.
  void wait_until(const char* what, const std::function<bool()>& condition);
  // Returns after the reactor has gone through at least two more turns.
  void round_trip();

  void write(ProcessId id, std::string bytes) { command(Command::Kind::kWrite, id, 0, std::move(bytes)); }
  void end_input(ProcessId id) { command(Command::Kind::kEndInput, id); }
  void signal(ProcessId id, int number) { command(Command::Kind::kSignal, id, number); }
  void consume(ProcessId id, size_t bytes) { command(Command::Kind::kConsumed, id, static_cast<int64_t>(bytes)); }

  // Takes the events that are there.
  void take();
  // Stops the supervisor and takes the last events.
  void stop();
  // While held, the reactor waits in its next notification.
  void hold_reactor(bool hold);
  // While frozen, this loop seems not to turn. `looks` counts how often the supervisor asked.
  void freeze_turns(bool freeze);
  uint64_t looks();

 private:
  void command(Command::Kind kind, ProcessId id, int64_t number = 0, std::string bytes = {});
  void tell(Event& event);
  void notify() override;
  uint64_t turns() override;

  std::unique_ptr<Supervisor> supervisor_;
  ProcessId last_id_ = 0;
  std::map<ProcessId, Story> stories_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool notified_ = false;
  bool held_ = false;
  bool frozen_ = false;
  uint64_t turns_ = 0;
  uint64_t looks_ = 0;
};

// The features that the cases run with at the moment: main goes through several sets.
Features& features();

// Whether those programs get a score, so that each is started by a thread of its own.
bool& apart();
// For cases that take long: whether this is the first of those kernels with its way to wait for the end of a process.
bool first_that_waits_so();

// A fixture program by its words, or any program; both outputs captured, its start announced.
SpawnSpec fixture(std::initializer_list<std::string> words);
SpawnSpec program(std::initializer_list<std::string> words);
// Gives it a score, and so a thread of its own that starts it.
void set_apart(SpawnSpec& spec);
std::string& fixture_path();

// A list of strings, each ended by NUL, as a spec wants its arguments and environment.
std::string strings(std::initializer_list<std::string> list);

std::string text(const std::vector<char>& bytes);

}  // namespace urocket::test
