#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace urocket {
namespace {

int write_setting(int directory, const char* name, const std::string& value) {
  Fd file(::openat(directory, name, O_WRONLY | O_CLOEXEC));
  if (!file) return errno;
  ssize_t written = ::write(file.get(), value.data(), value.size());
  return written == static_cast<ssize_t>(value.size()) ? 0 : (written < 0 ? errno : EIO);
}

}  // namespace

int create_cgroup(const Confinement& confinement, Fd* directory, const char** step) {
  *step = "cgroup mkdir";
  if (::mkdir(confinement.cgroup.c_str(), 0755) != 0 && errno != EEXIST) return errno;
  *step = "cgroup open";
  Fd opened(::open(confinement.cgroup.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened) {
    int error = errno;
    ::rmdir(confinement.cgroup.c_str());
    return error;
  }
  *step = "cgroup setting";
  for (const auto& [name, value] : confinement.cgroup_settings) {
    if (int error = write_setting(opened.get(), name.c_str(), value)) {
      ::rmdir(confinement.cgroup.c_str());
      return error;
    }
  }
  *directory = std::move(opened);
  return 0;
}

Fd open_cgroup_procs(int directory) { return Fd(::openat(directory, "cgroup.procs", O_WRONLY | O_CLOEXEC)); }

void kill_cgroup(int directory) { write_setting(directory, "cgroup.kill", "1"); }

bool remove_cgroup(const Confinement& confinement) {
  return ::rmdir(confinement.cgroup.c_str()) == 0 || errno != EBUSY;
}

}  // namespace urocket
