/*
 * Gives a receipt for whatever it is sent: size, CRC-32, and the payload itself.
 *
 * Build:  cc -O2 -Wall -Wextra -o answer-c answer.c
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int fail(const char *expected) {
  fprintf(stderr, "expected %s\n", expected);
  return EXIT_FAILURE;
}

static uint32_t crc32(const char *text) {
  uint32_t crc = ~0u;
  for (; *text != '\0'; text++) {
    crc ^= (unsigned char)*text;
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
  }
  return ~crc;
}

static void write_json_string(FILE *out, const char *text) {
  fputc('"', out);
  for (; *text != '\0'; text++) {
    unsigned char byte = (unsigned char)*text;
    if (byte == '"' || byte == '\\') fputc('\\', out);
    if (byte < 0x20)
      fprintf(out, "\\u%04x", byte);
    else
      fputc(byte, out);
  }
  fputc('"', out);
}

/* Posts a body of JSON as the answer to this request; the HTTP status, or 0 when there is none. */
static int post_answer(const char *body, size_t length) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const char *path = getenv("UROCKET_SOCKET"), *id = getenv("REQUEST_ID");
  if (path == NULL || id == NULL || strlen(path) >= sizeof address.sun_path) return 0;
  strcpy(address.sun_path, path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return 0;
  int status = 0;
  FILE *gateway = connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fdopen(fd, "r+") : NULL;
  if (gateway == NULL) {
    close(fd);
    return 0;
  }
  fprintf(gateway, "POST /urhttp/%s HTTP/1.1\r\nHost: internal\r\nConnection: close\r\n", id);
  fprintf(gateway, "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n", length);
  fwrite(body, 1, length, gateway);
  if (fflush(gateway) != 0 || fscanf(gateway, "HTTP/1.1 %d", &status) != 1) status = 0;
  fclose(gateway);
  return status;
}

int main(int argc, char **argv) {
  const char *payload = argv[argc - 1]; /* The payload is the last argument. */
  char *body = NULL;
  size_t length = 0;
  FILE *out = open_memstream(&body, &length);
  if (out == NULL) return fail("memory for the answer, got none");
  fprintf(out, "{\"bytes\":%zu,\"crc32\":\"%08x\",\"payload\":", strlen(payload), crc32(payload));
  write_json_string(out, payload);
  fputc('}', out);
  if (fclose(out) != 0) return fail("memory for the answer, got none");

  int status = post_answer(body, length);
  free(body);
  if (status == 200) return EXIT_SUCCESS;
  if (status == 0) return fail("the answer to be taken, got no response");
  fprintf(stderr, "expected the answer to be taken, got %d\n", status);
  return EXIT_FAILURE;
}
