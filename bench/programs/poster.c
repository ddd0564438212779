/*
 * Posts answers for processes that do not exist. Takes lines of `ID PAYLOAD` on standard input, posts each to the unix
 * socket that is its argument, and prints one byte for each that was taken, in their order. Its connections are kept;
 * each has one post under way.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { CONNECTIONS = 64, ROOM = 65536 };

static int connections[CONNECTIONS];
static char lines[ROOM];

static void fail(const char* step) {
  perror(step);
  exit(EXIT_FAILURE);
}

static int connect_to(const char* path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) exit(EXIT_FAILURE);
  strcpy(address.sun_path, path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || connect(fd, (struct sockaddr*)&address, sizeof address) != 0) fail("connect");
  return fd;
}

static void post(int fd, const char* line) {
  char request[4096];
  const char* payload = strchr(line, ' ');
  if (payload == NULL) exit(EXIT_FAILURE);
  int length = snprintf(request, sizeof request,
                        "POST /urhttp/%.*s HTTP/1.1\r\nHost: internal\r\nContent-Type: application/json\r\n"
                        "Content-Length: %zu\r\n\r\n%s",
                        (int)(payload - line), line, strlen(payload + 1), payload + 1);
  if (length < 0 || (size_t)length >= sizeof request || write(fd, request, (size_t)length) != length) fail("write");
}

static void take(int fd) {
  char response[4096];
  ssize_t size = read(fd, response, sizeof response - 1);
  if (size <= 0) fail("read");
  response[size] = '\0';
  // 410: the load generator cut its request at the end of a window.
  if (strncmp(response, "HTTP/1.1 200", 12) == 0 || strncmp(response, "HTTP/1.1 410", 12) == 0) return;
  fprintf(stderr, "%s\n", response);
  exit(EXIT_FAILURE);
}

/* The whole lines among the first `size` bytes; returns how many bytes these are. */
static size_t post_lines(size_t size) {
  size_t done = 0;
  for (;;) {
    int count = 0;
    char* end;
    while (count < CONNECTIONS && (end = memchr(lines + done, '\n', size - done)) != NULL) {
      *end = '\0';
      post(connections[count++], lines + done);
      done = (size_t)(end - lines) + 1;
    }
    if (count == 0) return done;
    char taken[CONNECTIONS] = {0};
    for (int i = 0; i < count; i++) take(connections[i]);
    if (write(STDOUT_FILENO, taken, (size_t)count) != count) fail("write");
  }
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  for (int i = 0; i < CONNECTIONS; i++) connections[i] = connect_to(argv[1]);
  size_t size = 0;
  for (;;) {
    ssize_t got = read(STDIN_FILENO, lines + size, ROOM - size);
    if (got <= 0) return got == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    size += (size_t)got;
    size_t done = post_lines(size);
    memmove(lines, lines + done, size - done);
    size -= done;
  }
}
