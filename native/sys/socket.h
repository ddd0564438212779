// Sockets that belong to whoever started us: see sd_notify(3), sd_listen_fds(3), unix(7). Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace urocket {

// Sends one datagram to the unix socket at `address`: a path, or an abstract name with "@" for its NUL byte.
// Returns 0 or an errno; it never waits (EAGAIN: the receiver's queue is full).
int send_datagram(const std::string& address, std::string_view bytes);

struct SocketFacts {
  int family = 0;  // AF_INET, AF_INET6, AF_UNIX, ...
  int type = 0;    // SOCK_STREAM, ...
  bool listening = false;
  std::string address;  // "192.0.2.1", "::1", or the path of a unix socket ("@" for an abstract name)
  uint16_t port = 0;    // 0 for unix sockets
};

// What a descriptor is. Returns 0 or an errno (ENOTSOCK: no socket).
int describe_socket(int fd, SocketFacts* facts);

// Puts the listening socket `inherited` where our own listener at 127.0.0.1:`port` is: whoever waits on that
// descriptor accepts from the inherited socket from then on. Our own listener is closed; `inherited` is consumed.
// Returns 0 or an errno (ENOENT: we have no such listener).
int replace_listener(uint16_t port, int inherited);

}  // namespace urocket
