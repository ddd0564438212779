// The one thread that owns running processes: it waits on their pidfds and pipes and on one heap of deadlines, captures
// output, sends signals in time however busy JavaScript is, buries the dead, and collects what there is to tell.
//
// Thread: adopt, command, take and list come from others; everything else is its own. Duty: stop the spawners first,
// then call stop, before destruction.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "../sys/thread.h"
#include "deadline.h"
#include "features.h"
#include "process.h"
#include "reaper.h"

namespace urocket {

// What a caller may ask for a process by its id. Unknown ids are ignored: the process has ended meanwhile.
struct Command {
  enum class Kind : uint8_t {
    kKill,      // end it: `number` is the signal, 0 for its kill signal; SIGKILL follows after its grace
    kSignal,    // only send the signal `number` to the group
    kWrite,     // `bytes` to a streamed standard input
    kEndInput,  // and no more
    kConsumed,  // `number` bytes of streamed output were taken; `error` tells which
    kExited,    // from a waiter thread, where there are no pidfds
  };
  Kind kind;
  ProcessId id;
  int64_t number = 0;
  bool error = false;
  std::string bytes;
};

// A process as others may see it while it runs.
struct LiveProcess {
  ProcessId id;
  pid_t pid;
  Nanos started_at;
};

class Reactor {
 public:
  Reactor(const Features& features, bool subreaper, EventSink& sink);
  ~Reactor();

  int start();
  // Ends every process with SIGKILL, reaps it, and ends the thread.
  void stop();

  // A process is about to be handed to the spawners: commands for it are kept until it arrives.
  void expect(ProcessId id);
  void adopt(std::unique_ptr<Process> process);
  void command(Command command);

  // The events so far, at most about `max_bytes` of output at a time; `more` tells whether there are others.
  std::vector<Event> take(size_t max_bytes, bool* more);

  std::vector<LiveProcess> list();
  // Calls `look` with the pid of a running process, which stays unreaped meanwhile; false when it does not run.
  bool with_pid(ProcessId id, const std::function<void(pid_t)>& look);

  size_t orphans_reaped() const { return orphans_reaped_; }

 private:
  void run();
  void take_inbox();
  void welcome(std::unique_ptr<Process> process);
  bool watch(Process& process);
  bool watch_exit(Process& process);
  bool set_watched(int fd, bool* watched, bool wanted, uint32_t interest, uint64_t data);
  void close_pipe(Fd& pipe, bool* watched);
  void execute(Command& command);
  void apply(Process& process, Command& command);

  void on_exit(Process& process);
  void on_output(Process& process, OutputPipe& output, bool is_error);
  bool read_output(Process& process, OutputPipe& output, bool is_error);
  void on_input(Process& process);
  void on_due(Process& process);

  bool blame(Process& process, Ending why);
  void terminate(Process& process, int signal);
  void settle(Process& process, bool patience);
  void finish(Process& process);
  void hand_over_record(Process& process);
  void check_linger(Process& process);
  void remove(Process& process);
  void remove_cgroup(Process& process);
  void remove_left_cgroups(Nanos at);
  void look_for_orphans();
  void kill_everything();
  void give_up();

  void emit(Event event);
  void flush();
  void wake();

  const Features features_;
  const bool subreaper_;
  EventSink& sink_;
  Thread thread_;
  Fd epoll_;
  Fd wake_;

  std::unordered_map<ProcessId, std::unique_ptr<Process>> processes_;
  DeadlineHeap deadlines_;
  std::vector<Event> fresh_;
  std::vector<std::unique_ptr<Process>> retired_;  // freed between two turns: events at hand may still name them
  struct LeftCgroup {
    std::unique_ptr<Confinement> confinement;
    Nanos give_up_at;
  };
  std::vector<LeftCgroup> left_cgroups_;  // still in use when they were to be removed
  OrphanReaper orphans_;
  std::atomic<size_t> orphans_reaped_ = 0;
  Nanos next_orphan_look_ = 0;
  bool stopping_ = false;
  Nanos give_up_at_ = 0;

  std::mutex inbox_mutex_;
  std::vector<std::unique_ptr<Process>> arrivals_;
  std::vector<Command> commands_;
  std::unordered_map<ProcessId, std::vector<Command>> expected_;
  bool stop_requested_ = false;
  bool inbox_filled_ = false;

  std::mutex outbox_mutex_;
  std::vector<Event> outbox_;

  std::mutex live_mutex_;
  std::unordered_map<ProcessId, LiveProcess> live_;
};

}  // namespace urocket
