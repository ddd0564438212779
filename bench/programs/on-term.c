/*
 * Waits for SIGTERM and prints two moments of CLOCK_MONOTONIC in nanoseconds: when we began, and when SIGTERM reached
 * us. The handler notes the time itself, so that nothing but the wait for a CPU stands between.
 */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <time.h>

static struct timespec at_term;
static volatile sig_atomic_t got_term;

static void on_term(int number) {
  (void)number;
  clock_gettime(CLOCK_MONOTONIC, &at_term);
  got_term = 1;
}

static long long nanoseconds(struct timespec at) { return at.tv_sec * 1000000000LL + at.tv_nsec; }

int main(void) {
  struct timespec begin;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  struct sigaction action = {.sa_handler = on_term};
  sigaction(SIGTERM, &action, NULL);

  sigset_t term, before;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigprocmask(SIG_BLOCK, &term, &before);
  while (!got_term) sigsuspend(&before);
  printf("%lld %lld\n", nanoseconds(begin), nanoseconds(at_term));
  return 0;
}
