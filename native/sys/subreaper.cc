#include "subreaper.h"

#include <errno.h>
#include <sys/prctl.h>

#include <mutex>

namespace urocket {
namespace {

std::mutex mutex;
int holders = 0;
int before = 0;  // what the program itself had asked for

}  // namespace

int Subreaper::acquire() {
  std::lock_guard lock(mutex);
  if (held_) return 0;
  if (holders == 0) {
    if (::prctl(PR_GET_CHILD_SUBREAPER, &before, 0, 0, 0) != 0) return errno;
    if (::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) return errno;
  }
  held_ = true;
  holders++;
  return 0;
}

void Subreaper::release() {
  std::lock_guard lock(mutex);
  if (!held_) return;
  held_ = false;
  if (--holders == 0) ::prctl(PR_SET_CHILD_SUBREAPER, before, 0, 0, 0);
}

}  // namespace urocket
