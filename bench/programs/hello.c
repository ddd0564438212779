/*
 * The same tiny program for every server: a CGI program that answers hello. One write, no input. Whoever does not read
 * the head of a CGI answer hands it on with the rest.
 */
#include <unistd.h>

int main(void) {
  static const char answer[] = "Content-Type: text/plain\r\n\r\nhello\n";
  return write(STDOUT_FILENO, answer, sizeof answer - 1) == sizeof answer - 1 ? 0 : 1;
}
