/*
 * What the kernel can do: every thread starts a program and waits for it, again and again. Its output goes where ours
 * goes (the bench gives us /dev/null). Prints how many ended per second on descriptor 3.
 *
 * usage: limit MILLISECONDS THREADS PROGRAM [ARGUMENT ...]
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_THREADS = 256 };

static double warm_until, end;
static atomic_long ended;
static char** program;

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

static void* loop(void* unused) {
  static char* const envp[] = {NULL};
  while (now() < end) {
    pid_t pid = vfork();
    if (pid == 0) {
      execve(program[0], program, envp);
      _exit(127);
    }
    int status;
    struct rusage usage;
    if (pid < 0 || wait4(pid, &status, 0, &usage) != pid || status != 0) {
      fprintf(stderr, "expected %s to run and end with 0, got status %d\n", program[0], status);
      exit(1);
    }
    double at = now();
    if (at >= warm_until && at < end) ended++;
  }
  return unused;
}

int main(int argc, char** argv) {
  pthread_t threads[MOST_THREADS];
  double length = argc > 3 ? atof(argv[1]) : 0;
  int count = argc > 3 ? atoi(argv[2]) : 0;
  if (length <= 0 || count < 1 || count > MOST_THREADS) {
    fprintf(stderr, "usage: limit MILLISECONDS THREADS PROGRAM [ARGUMENT ...]\n");
    return 2;
  }
  program = argv + 3;
  warm_until = now() + (length / 4 > 300 ? length / 4 : 300);
  end = warm_until + length;
  for (int i = 0; i < count; i++) {
    if (pthread_create(&threads[i], NULL, loop, NULL) != 0) return 1;
  }
  for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
  dprintf(3, "{\"perSecond\": %.3f}\n", ended * 1e3 / length);
  return 0;
}
