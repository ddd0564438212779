/*
 * A slow script: waits for as long as somebody holds the named pipe GATE (given to the compiler) open for writing, then
 * answers like hello. So all of them end with the program that holds it, and none polls.
 */
#include <fcntl.h>
#include <unistd.h>

int main(void) {
  static const char answer[] = "Content-Type: text/plain\r\n\r\nhello\n";
  char byte;
  int gate = open(GATE, O_RDONLY | O_CLOEXEC);
  if (gate < 0 || read(gate, &byte, 1) != 0) return 1;
  return write(STDOUT_FILENO, answer, sizeof answer - 1) == sizeof answer - 1 ? 0 : 1;
}
