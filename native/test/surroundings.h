// What a case may find or leave around it: descriptors, files, processes of the system.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "../sys/fd.h"
#include "../sys/pipe.h"

namespace urocket::test {

// A pipe of which one end is handed to a family of processes.
class Tether {
 public:
  Tether();
  int theirs() const { return pipe_.write.get(); }
  // Our copy of their end must go, or the end of the family would not show.
  void hand_over() { pipe_.write.reset(); }
  // Whether nobody holds their end any more.
  bool gone() const;

 private:
  Pipe pipe_;
};

// A pipe that processes wait at until it is opened.
class Gate {
 public:
  Gate();
  int theirs() const { return pipe_.read.get(); }
  void open() { pipe_.write.reset(); }

 private:
  Pipe pipe_;
};

// A directory of its own, removed with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  const std::string& path() const { return path_; }
  // Writes a file and returns its path.
  std::string file(const std::string& name, const std::string& content, mode_t mode = 0644) const;

 private:
  std::string path_;
};

// While it lives, epoll takes no more pipes, as where a user has too many in it already (max_user_watches in epoll(7)).
class FullEpoll {
 public:
  FullEpoll();
  FullEpoll(const FullEpoll&) = delete;
  FullEpoll& operator=(const FullEpoll&) = delete;
  ~FullEpoll();
};

std::string read_file(const std::string& path);
std::string read_link(const std::string& path);

// The value of a line `name: value` as /proc/PID/status has them, blanks trimmed.
std::string field(const std::string& text, const std::string& name);

// The letter of a process's state, 'Z' for a zombie; 0 when there is none.
char state_of(pid_t pid);

// The children of all threads of ours (proc_tid_children(5)).
std::vector<pid_t> children();

}  // namespace urocket::test
