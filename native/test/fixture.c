// The child that the tests start: `fixture WHAT [ARGUMENT...]`. Descriptor 3, where a test gives one, is its tether:
// nobody writes to it, and its other end sees end-of-file once no process of the family is left. Descriptor 4 is a
// gate: reading from it returns when the test opens it by closing the other end.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { kGate = 4 };

static int exit_code_on_term = -1;  // -1: carry on

static void say(const char* text) {
  if (write(1, text, strlen(text)) < 0) _exit(99);
}

static void on_term(int number) {
  (void)number;
  say("term\n");
  if (exit_code_on_term >= 0) _exit(exit_code_on_term);
}

// No test may leave a process behind, not even one that crashed half-way.
static void limit_life(void) { alarm(120); }

static void sleep_forever(void) {
  for (;;) pause();
}

static void wait_for_gate(void) {
  char byte;
  while (read(kGate, &byte, 1) < 0 && errno == EINTR) {
  }
}

static void handle_term(const char* code) {
  exit_code_on_term = atoi(code);
  signal(SIGTERM, on_term);
}

static int count_input(void) {
  static char buffer[65536];
  uint64_t total = 0, hash = 1469598103934665603u;  // FNV-1a
  ssize_t size;
  while ((size = read(0, buffer, sizeof buffer)) > 0) {
    total += (uint64_t)size;
    for (ssize_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)buffer[i]) * 1099511628211u;
  }
  printf("%llu %llx", (unsigned long long)total, (unsigned long long)hash);
  return 0;
}

static int flood(long bytes) {
  static char buffer[65536];
  for (size_t i = 0; i < sizeof buffer; i++) buffer[i] = (char)('a' + i % 26);
  while (bytes > 0) {
    ssize_t size = write(1, buffer, (size_t)bytes < sizeof buffer ? (size_t)bytes : sizeof buffer);
    if (size < 0) return 1;
    bytes -= size;
  }
  return 0;
}

// One line for each open descriptor: number, device:inode, close-on-exec.
static int list_descriptors(void) {
  DIR* directory = opendir("/proc/self/fd");
  struct dirent* entry;
  while ((entry = readdir(directory)) != NULL) {
    int fd = atoi(entry->d_name);
    struct stat info;
    if (entry->d_name[0] == '.' || fd == dirfd(directory) || fstat(fd, &info) != 0) continue;
    printf("%d %llu:%llu %d\n", fd, (unsigned long long)info.st_dev, (unsigned long long)info.st_ino,
           fcntl(fd, F_GETFD) & FD_CLOEXEC);
  }
  return 0;
}

static int burn(double seconds) {
  struct timespec used;
  do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  while ((double)used.tv_sec + (double)used.tv_nsec / 1e9 < seconds);
  return 0;
}

// What a child of the fixture does with its life.
static void live(const char* what) {
  limit_life();
  signal(SIGTERM, SIG_DFL);
  if (strcmp(what, "stubborn") == 0) signal(SIGTERM, SIG_IGN);
  if (strcmp(what, "polite") == 0) handle_term("0");
  if (strcmp(what, "brief") == 0) _exit(0);
  if (strcmp(what, "gated") == 0) {
    wait_for_gate();
    _exit(0);
  }
  if (strcmp(what, "late") == 0) {
    wait_for_gate();
    say("late");
    _exit(0);
  }
  if (strcmp(what, "late-flood") == 0) {
    wait_for_gate();
    _exit(flood(1 << 20));
  }
  if (strcmp(what, "chatty") == 0) {
    for (;;) say("chatter\n");
  }
  sleep_forever();
}

// Starts a child that lives as `what` says and tells its pid once it does; `escapes` takes it out of our session.
static void have_child(const char* what, int escapes) {
  int ready[2];
  char byte;
  if (pipe2(ready, O_CLOEXEC) != 0) _exit(98);
  pid_t pid = fork();
  if (pid < 0) _exit(97);
  if (pid == 0) {
    if (escapes) setsid();
    // The end of the pipe is closed only after the signal handler of `live` stands: see the byte below.
    if (strcmp(what, "polite") == 0) handle_term("0");
    if (strcmp(what, "stubborn") == 0) signal(SIGTERM, SIG_IGN);
    if (write(ready[1], "r", 1) != 1) _exit(96);
    close(ready[0]);
    close(ready[1]);
    live(what);
  }
  close(ready[1]);
  if (read(ready[0], &byte, 1) != 1) _exit(95);
  close(ready[0]);
  char line[32];
  snprintf(line, sizeof line, "%d\n", pid);
  say(line);
}

int main(int count, char** words) {
  limit_life();
  const char* what = count > 1 ? words[1] : "";
  const char* argument = count > 2 ? words[2] : "";
  if (strcmp(what, "exit") == 0) return atoi(argument);
  if (strcmp(what, "raise") == 0) return raise(atoi(argument));
  if (strcmp(what, "count") == 0) return count_input();
  if (strcmp(what, "flood") == 0) return flood(atol(argument));
  if (strcmp(what, "descriptors") == 0) return list_descriptors();
  if (strcmp(what, "burn") == 0) return burn(atof(argument));
  if (strcmp(what, "arguments") == 0) {
    for (int i = 0; i < count; i++) fwrite(words[i], 1, strlen(words[i]) + 1, stdout);
    return 0;
  }
  if (strcmp(what, "death-signal") == 0) {
    int number = 0;
    prctl(PR_GET_PDEATHSIG, &number);
    return number;
  }
  if (strcmp(what, "both") == 0) {  // alternates between standard output and error
    for (const char* at = argument; *at != '\0'; at++) {
      if (write(1 + (at - argument) % 2, at, 1) != 1) return 1;
    }
    return 0;
  }
  if (strcmp(what, "gate") == 0) {  // says one word, and a second one once the gate is open
    say(argument);
    wait_for_gate();
    say(count > 3 ? words[3] : "");
    return 0;
  }
  if (strcmp(what, "gated-count") == 0) {
    wait_for_gate();
    return count_input();
  }
  if (strcmp(what, "close-input") == 0) {
    close(0);
    say("closed\n");
    wait_for_gate();
    return 0;
  }
  if (strcmp(what, "write-input") == 0) return write(0, "x", 1) == 1 ? 0 : errno;
  if (strcmp(what, "wait") == 0) {  // `wait CODE`: ends with that code on SIGTERM; `wait -1`: outlives it
    if (*argument != '\0') handle_term(argument);
    say("ready\n");
    sleep_forever();
  }
  if (strcmp(what, "join-parents-group") == 0) {
    if (setpgid(0, getpgid(getppid())) != 0) return errno;
    say("ready\n");
    sleep_forever();
  }
  if (strcmp(what, "stop") == 0) {
    if (*argument != '\0') handle_term(argument);
    say("ready\n");
    raise(SIGSTOP);
    sleep_forever();
  }
  if (strcmp(what, "trace") == 0) {  // takes a process as a debugger does: its end is told to us before its parent
    if (ptrace(PTRACE_SEIZE, atoi(argument), NULL, NULL) != 0) return 93;
    say("traced\n");
    wait_for_gate();
    return 0;
  }
  if (strcmp(what, "orphan") == 0) {  // a daemon's double fork
    if (fork() == 0) {
      have_child(argument, 1);
      _exit(0);
    }
    sleep_forever();
  }
  if (strcmp(what, "leave") == 0 || strcmp(what, "family") == 0) {
    // leave WHAT [escaped]: a child lives on when we end. family WHAT CODE: we wait for SIGTERM beside it.
    have_child(argument, count > 3 && strcmp(words[3], "escaped") == 0);
    if (*what == 'l') return 0;
    if (count > 3) handle_term(words[3]);
    say("ready\n");
    sleep_forever();
  }
  fprintf(stderr, "fixture: unknown word %s\n", what);
  return 94;
}
