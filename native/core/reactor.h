// The one thread that owns processes: it starts them, waits on their pidfds and pipes and on one heap of deadlines,
// captures output, sends signals in time however busy JavaScript is, buries the dead, and collects what there is to
// tell.
//
// It must live as long as the children that it started, for their parent-death signal follows the thread.
//
// Thread: submit, command, take and list come from others; everything else is its own. Duty: call stop before
// destruction.
#pragma once

#include <atomic>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "../sys/thread.h"
#include "deadline.h"
#include "inbox.h"
#include "launch.h"
#include "left_cgroups.h"
#include "live.h"
#include "options.h"
#include "outbox.h"
#include "process.h"
#include "quiet.h"
#include "reaper.h"
#include "starter.h"

namespace urocket {

class Reactor {
 public:
  Reactor(const SupervisorOptions& options, EventSink& sink);
  ~Reactor() { stop(); }

  // Returns 0 or an errno.
  int start();
  // Ends every process with SIGKILL, reaps it, and ends the thread.
  void stop();

  void submit(std::unique_ptr<Process> process) { inbox_->submit(std::move(process)); }
  void command(Command command) { inbox_->command(std::move(command)); }
  std::vector<Event> take(size_t max_bytes, bool* more) { return outbox_.take(max_bytes, more); }
  LiveTable& live() { return live_; }

  size_t orphans_reaped() const { return orphans_reaped_; }

 private:
  // What an epoll event is about: the low bits of its data, the process id above them.
  enum class Source : uint64_t { kWake, kExit, kOutput, kError, kInput };
  static constexpr int kSourceBits = 3;
  static uint64_t tag(ProcessId id, Source source) { return id << kSourceBits | static_cast<uint64_t>(source); }

  // The loop (reactor.cc).
  void run();
  int sleep_ms();
  void dispatch(uint64_t data);
  void take_inbox();
  void watch_streams(Process& process);
  bool watch_exit(Process& process);
  static void report_exit(const SharedInbox& inbox, ProcessId id, pid_t pid);
  bool set_watched(int fd, bool* watched, bool wanted, uint32_t interest, uint64_t data);
  void close_pipe(Fd& pipe, bool* watched);
  void apply(Process& process, Command& command);
  void look_for_orphans();

  // A start (reactor_starts.cc).
  void enqueue(std::unique_ptr<Process> process);
  void start_some();
  bool may_start(Nanos at) const;
  void start(Process& process, std::unique_ptr<Launch> launch);
  void start_apart(Process& process);
  void on_cloned(Process& process);
  void fail_start(Process& process);
  void look_at_launches();
  void land(Process& process);

  // The pipes of a process (reactor_streams.cc).
  void look_at_quiet(Nanos at);
  bool read_output(Process& process, OutputPipe& output, bool is_error);
  void read_outputs(Process& process);
  void on_output(Process& process, OutputPipe& output, bool is_error);
  void on_input(Process& process);

  // Its end before its program runs (reactor_early.cc).
  void withdraw(Process& process);
  void end_early(Process& process, Ending why, int signal);
  void on_due_early(Process& process);
  bool has_number(Process& process);

  // Its end (reactor_endings.cc).
  void on_exit(Process& process);
  void on_due(Process& process);
  bool blame(Process& process, Ending why);
  void end(Process& process, int signal);
  void terminate(Process& process, int signal);
  void settle(Process& process, bool patience);
  void finish(Process& process);
  void hand_over_record(Process& process);
  void check_linger(Process& process);
  void remove(Process& process);
  void remove_cgroup(Process& process);
  void kill_everything();
  void give_up();

  const Features features_;
  const bool subreaper_;
  const size_t concurrent_starts_;
  EventSink& sink_;
  Thread thread_;
  Fd epoll_;
  Fd null_;
  SharedInbox inbox_;
  Outbox outbox_;
  LiveTable live_;

  std::unordered_map<ProcessId, std::unique_ptr<Process>> processes_;
  std::deque<ProcessId> line_;  // to be started; one that was killed meanwhile is no longer among the processes
  std::optional<Starter> starter_;
  Launches launches_;
  std::vector<Process*> launching_;
  DeadlineHeap deadlines_;
  std::vector<std::unique_ptr<Process>> retired_;  // freed between two turns: events at hand may still name them
  LeftCgroups left_cgroups_;
  OrphanReaper orphans_;
  std::atomic<size_t> orphans_reaped_ = 0;
  Nanos next_orphan_look_ = 0;
  QuietProcesses quiet_;
  bool stopping_ = false;
  Nanos give_up_at_ = 0;
};

}  // namespace urocket
