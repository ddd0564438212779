#include "small_file.h"

#include <fcntl.h>

#include "fd.h"

namespace urocket {

std::string read_small_file(const char* path) {
  std::string content;
  Fd file(::open(path, O_RDONLY | O_CLOEXEC));
  char buffer[4096];
  for (;;) {
    ssize_t size = file ? ::read(file.get(), buffer, sizeof buffer) : 0;
    if (size <= 0) return content;
    content.append(buffer, static_cast<size_t>(size));
  }
}

}  // namespace urocket
