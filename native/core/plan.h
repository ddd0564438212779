// Everything a child needs between clone and exec, laid out before the clone.
//
// Thread: reactor; used again for each process so that its vectors keep their room. Duty: the spec must outlive the
// plan's use, for most pointers lead into its strings.
#pragma once

#include <string>
#include <vector>

#include "child.h"
#include "features.h"

namespace urocket {

class Plan {
 public:
  // Fills in all but the standard descriptors. argv and env are lists of strings ended by NUL.
  void prepare(SpawnSpec& spec, const Features& features);

  // `ours` appears in the child as `theirs`. Call before `seal`.
  void move(int ours, int theirs);

  // `theirs` becomes the same as what was moved to `other` before.
  void copy(int other, int theirs);

  // The last descriptor of ours that is moved.
  int last_moved() const;

  // Puts the moves in order and returns what child_main takes.
  ChildPlan* seal();

  ChildPlan& child() { return child_; }

 private:
  void find_candidates(const char* file);

  ChildPlan child_;
  std::vector<char*> argv_;
  std::vector<char*> envp_;
  std::vector<std::string> paths_;
  std::vector<const char*> candidates_;
  std::vector<DescriptorMove> moves_;
  std::string oom_score_adj_;
};

}  // namespace urocket
