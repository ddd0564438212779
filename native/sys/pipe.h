// Pipes and sealed memory files for a child's descriptors. Thread: any.
#pragma once

#include <string_view>

#include "fd.h"

namespace urocket {

struct Pipe {
  Fd read;
  Fd write;
};

// Both ends close-on-exec. `ours_reads`: which end is ours and therefore non-blocking; the child's end stays blocking,
// as programs expect of their standard streams. Returns 0 or an errno.
int make_pipe(Pipe* pipe, bool ours_reads);

// How many bytes a pipe holds; 0 when there is none.
size_t bytes_in(const Fd& pipe);

// A descriptor from which a child reads `bytes` and then end-of-file, with no writer left that would have to wait for
// the child: a pipe when all of it fits into one, else a sealed memfd. On failure `step` names the call.
int make_input(std::string_view bytes, Fd* input, const char** step);

// Whether make_input can't do with a pipe, whatever happens.
bool needs_file(std::string_view bytes);

// A read-only view of `bytes` as a file of its own: memfd_create(2), sealed. Returns 0 or an errno.
int make_sealed_file(std::string_view bytes, Fd* file);

}  // namespace urocket
