// A cgroup v2 of a process's own: made before it starts, ended and removed after it. See cgroups(7).
//
// Thread: reactor.
#pragma once

#include "../sys/fd.h"
#include "spec.h"

namespace urocket {

// Makes the directory and writes its settings; `directory` is open on success. Returns 0 or an errno with `step`.
int create_cgroup(const Confinement& confinement, Fd* directory, const char** step);

// For kernels without CLONE_INTO_CGROUP: the file that takes a child in.
Fd open_cgroup_procs(int directory);

// Ends whatever is left in it (cgroup.kill, Linux 5.14). Nothing happens where the kernel lacks that file.
void kill_cgroup(int directory);

// Removes the directory; false while something still lives in it.
bool remove_cgroup(const Confinement& confinement);

}  // namespace urocket
