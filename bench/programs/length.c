/*
 * Reads the whole payload, however it comes, and answers with its length in bytes.
 *
 * usage: length stdin | cmdline PAYLOAD | env | file PATH
 * Without an argument it is a CGI program: the payload is what CONTENT_LENGTH says of standard input.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Not more than `most`: a CGI server need not close its end of standard input. */
static size_t read_all(int fd, size_t most) {
  static char room[65536];
  size_t sum = 0;
  while (sum < most) {
    ssize_t got = read(fd, room, sizeof room);
    if (got < 0) exit(EXIT_FAILURE);
    if (got == 0) break;
    sum += (size_t)got;
  }
  return sum;
}

static size_t length_of(int argc, char** argv) {
  const char* way = argc > 1 ? argv[1] : "cgi";
  if (strcmp(way, "stdin") == 0) return read_all(STDIN_FILENO, SIZE_MAX);
  if (strcmp(way, "cmdline") == 0) return strlen(argv[argc - 1]);
  const char* value = getenv(strcmp(way, "env") == 0 ? "JSONPAYLOAD" : "CONTENT_LENGTH");
  if (strcmp(way, "file") == 0) return read_all(open(argv[argc - 1], O_RDONLY | O_CLOEXEC), SIZE_MAX);
  if (value == NULL) exit(EXIT_FAILURE);
  return strcmp(way, "env") == 0 ? strlen(value) : read_all(STDIN_FILENO, strtoull(value, NULL, 10));
}

int main(int argc, char** argv) {
  char answer[128];
  int size = snprintf(answer, sizeof answer, "Content-Type: text/plain\r\n\r\nlength %zu\n", length_of(argc, argv));
  return write(STDOUT_FILENO, answer, (size_t)size) == size ? EXIT_SUCCESS : EXIT_FAILURE;
}
