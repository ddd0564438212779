#include "socket.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "fd.h"

namespace urocket {
namespace {

union Address {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
  sockaddr_un local;
  sockaddr_storage room;
};

constexpr size_t kPathOffset = offsetof(sockaddr_un, sun_path);

bool read_option(int fd, int name, int* value) {
  socklen_t length = sizeof *value;
  return ::getsockopt(fd, SOL_SOCKET, name, value, &length) == 0;
}

std::string unix_name(const sockaddr_un& local, socklen_t length) {
  if (length <= kPathOffset) return "";
  size_t room = length - kPathOffset;
  if (local.sun_path[0] != '\0') return std::string(local.sun_path, ::strnlen(local.sun_path, room));
  return "@" + std::string(local.sun_path + 1, room - 1);
}

std::string inet_name(int family, const void* address) {
  char text[INET6_ADDRSTRLEN] = "";
  ::inet_ntop(family, address, text, sizeof text);
  return text;
}

// The descriptor of our own listener; -1 when there is none. Only our JavaScript thread opens listeners, so that what
// is found stays what it is.
int find_listener(uint16_t port) {
  std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir("/proc/self/fd"), ::closedir);
  if (directory == nullptr) return -1;
  while (const dirent* entry = ::readdir(directory.get())) {
    char* end = nullptr;
    int fd = static_cast<int>(::strtol(entry->d_name, &end, 10));
    if (end == entry->d_name) continue;
    SocketFacts facts;
    if (describe_socket(fd, &facts) != 0 || !facts.listening) continue;
    if (facts.family == AF_INET && facts.port == port && facts.address == "127.0.0.1") return fd;
  }
  return -1;
}

}  // namespace

int send_datagram(const std::string& address, std::string_view bytes) {
  Address to{};
  if (address.empty() || address.size() > sizeof to.local.sun_path - (address[0] == '@' ? 0 : 1)) return ENAMETOOLONG;
  to.local.sun_family = AF_UNIX;
  ::memcpy(to.local.sun_path, address.data(), address.size());
  if (address[0] == '@') to.local.sun_path[0] = '\0';
  // An abstract name ends with its length, a path with its NUL.
  auto length = static_cast<socklen_t>(kPathOffset + address.size() + (address[0] == '@' ? 0 : 1));
  Fd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!fd) return errno;
  ssize_t sent = ::sendto(fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT, &to.any, length);
  return sent < 0 ? errno : 0;
}

int describe_socket(int fd, SocketFacts* facts) {
  Address address{};
  socklen_t length = sizeof address;
  if (::getsockname(fd, &address.any, &length) != 0) return errno;
  int listening = 0;
  if (!read_option(fd, SO_TYPE, &facts->type) || !read_option(fd, SO_ACCEPTCONN, &listening)) return errno;
  facts->family = address.any.sa_family;
  facts->listening = listening != 0;
  if (facts->family == AF_INET) {
    facts->address = inet_name(AF_INET, &address.v4.sin_addr);
    facts->port = ntohs(address.v4.sin_port);
  } else if (facts->family == AF_INET6) {
    facts->address = inet_name(AF_INET6, &address.v6.sin6_addr);
    facts->port = ntohs(address.v6.sin6_port);
  } else if (facts->family == AF_UNIX) {
    facts->address = unix_name(address.local, length);
  }
  return 0;
}

int replace_listener(uint16_t port, int inherited) {
  int ours = find_listener(port);
  if (ours < 0) return ENOENT;
  // The flag belongs to the open socket, which whoever gave it to us shares; an accept that waits would stop the loop.
  int flags = ::fcntl(inherited, F_GETFL);
  if (flags < 0 || ::fcntl(inherited, F_SETFL, flags | O_NONBLOCK) < 0) return errno;
  if (::dup3(inherited, ours, O_CLOEXEC) < 0) return errno;
  ::close(inherited);
  return 0;
}

}  // namespace urocket
