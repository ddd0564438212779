// The wish to be the parent of our children's orphans (PR_SET_CHILD_SUBREAPER(2const)), which is one for the whole
// program: it is granted while anyone holds it, and afterwards things are as they were.
//
// Thread: any.
#pragma once

namespace urocket {

class Subreaper {
 public:
  Subreaper() = default;
  Subreaper(const Subreaper&) = delete;
  Subreaper& operator=(const Subreaper&) = delete;
  ~Subreaper() { release(); }

  // Returns 0 or an errno.
  int acquire();
  // Nothing happens where it is not held.
  void release();

 private:
  bool held_ = false;
};

}  // namespace urocket
