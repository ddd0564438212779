/*
 * The least that a process of the gateway does: posts its last argument as the answer to $REQUEST_ID on
 * $UROCKET_SOCKET and ends with 0 when it was taken. One write and one read, no allocation.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int fail(const char* step) {
  perror(step);
  return EXIT_FAILURE;
}

int main(int argc, char** argv) {
  const char *payload = argv[argc - 1], *path = getenv("UROCKET_SOCKET"), *id = getenv("REQUEST_ID");
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (path == NULL || id == NULL || strlen(path) >= sizeof address.sun_path) return EXIT_FAILURE;
  strcpy(address.sun_path, path);

  char request[4096], response[4096];
  int length = snprintf(request, sizeof request,
                        "POST /urhttp/%s HTTP/1.1\r\nHost: internal\r\nConnection: close\r\n"
                        "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                        id, strlen(payload), payload);
  if (length < 0 || (size_t)length >= sizeof request) return EXIT_FAILURE;

  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return fail("socket");
  if (connect(fd, (struct sockaddr*)&address, sizeof address) != 0) return fail("connect");
  if (write(fd, request, (size_t)length) != length) return fail("write");
  ssize_t size = read(fd, response, sizeof response - 1);
  if (size <= 0) return fail("read");
  response[size] = '\0';
  if (strncmp(response, "HTTP/1.1 200", 12) == 0) return EXIT_SUCCESS;
  fprintf(stderr, "%s\n", response);
  return EXIT_FAILURE;
}
