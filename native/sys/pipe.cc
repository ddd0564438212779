#include "pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8U
#endif

namespace urocket {
namespace {

// The default capacity of a pipe (pipe(7)). A user over pipe-user-pages-soft gets smaller ones, so a short write below
// it is no surprise either.
constexpr size_t kPipeCapacity = 65536;

int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

}  // namespace

int make_pipe(Pipe* pipe, bool ours_reads) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return errno;
  pipe->read = Fd(ends[0]);
  pipe->write = Fd(ends[1]);
  int ours = ours_reads ? ends[0] : ends[1];
  if (::fcntl(ours, F_SETFL, O_NONBLOCK) != 0) return errno;
  return 0;
}

int make_input(std::string_view bytes, Fd* input, const char** step) {
  if (!needs_file(bytes)) {
    Pipe pipe;
    *step = "pipe2";
    if (int error = make_pipe(&pipe, false)) return error;
    int error = write_all(pipe.write.get(), bytes);
    if (error == 0) {
      *input = std::move(pipe.read);
      return 0;
    }
    *step = "write";
    if (error != EAGAIN) return error;
  }
  *step = "memfd_create";
  return make_sealed_file(bytes, input);
}

size_t bytes_in(const Fd& pipe) {
  int held = 0;
  return pipe && ::ioctl(pipe.get(), FIONREAD, &held) == 0 ? static_cast<size_t>(held) : 0;
}

bool needs_file(std::string_view bytes) { return bytes.size() > kPipeCapacity; }

int make_sealed_file(std::string_view bytes, Fd* file) {
  constexpr unsigned kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  // Where vm.memfd_noexec is 2, a file that might be executed is refused; before Linux 6.3 the flag is not known.
  Fd memory(::memfd_create("urocket-payload", kFlags | MFD_NOEXEC_SEAL));
  if (!memory && errno == EINVAL) memory = Fd(::memfd_create("urocket-payload", kFlags));
  if (!memory) return errno;
  if (int error = write_all(memory.get(), bytes)) return error;
  if (::lseek(memory.get(), 0, SEEK_SET) != 0) return errno;
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) return errno;
  *file = std::move(memory);
  return 0;
}

}  // namespace urocket
