// What a child needs on its way from clone to exec, and how far it has come. It shares our memory meanwhile, so all of
// this stays as it is until the launch is over.
//
// Thread: reactor; the child and the kernel write what is marked as theirs. Used again for each process, so that its
// vectors and its stack keep their room.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "../sys/clone.h"
#include "../sys/fd.h"
#include "plan.h"

namespace urocket {

class Launch {
 public:
  CloneStack stack;
  Plan plan;
  // The child's ends of its pipes and its files. They stay open here until it has its own, for it may share our table.
  std::vector<Fd> ends;
  std::vector<int> low_slots;  // the same at low numbers (low_slots.h)
  // Where the kernel notes that the child no longer shares our memory.
  pid_t under_way = 0;
  // Where the child has a copy of our memory instead: the reading end of a pipe for its failure, closed by exec.
  Fd report;
  // For a child that a thread of its own starts, and sleeps meanwhile: how, the child's number from the moment it has
  // one, and what came of it. The thread's until it reports.
  std::optional<CloneOptions> apart;
  pid_t apart_pid = 0;
  CloneResult apart_result;
  bool reported = false;

  // Whether the child has called exec or ended. Then the plan knows how it went.
  bool over();
};

// The launches of a supervisor.
class Launches {
 public:
  explicit Launches(size_t most) : most_(most) {}

  // Only when one is available.
  std::unique_ptr<Launch> take();
  void give_back(std::unique_ptr<Launch> launch);
  bool available() const { return under_way_ < most_; }

 private:
  const size_t most_;
  std::vector<std::unique_ptr<Launch>> idle_;
  size_t under_way_ = 0;
};

}  // namespace urocket
