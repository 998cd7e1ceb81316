// A spinning SCHED_FIFO or SCHED_DEADLINE thread on each processor keeps ordinary processes, the watchdog too, from running.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static void said(int result, const char *what) {
    if (result == 0) printf("BREACH: %s\n", what);
    else printf("refused: %s %s\n", strerrorname_np(errno), what);
    fflush(stdout);
}

static void *spin(void *unused) {
    for (volatile unsigned long i = 0;; i++) {}
    return unused;
}

int main(void) {
    alarm(12);
    struct sched_param best = {.sched_priority = 1};
    said(sched_setscheduler(0, SCHED_FIFO, &best), "sched_setscheduler SCHED_FIFO");
    said(sched_setscheduler(0, SCHED_RR | 0x40000000, &best), "sched_setscheduler SCHED_RR");
    struct { uint32_t size, policy; uint64_t flags; int32_t nice; uint32_t priority; uint64_t runtime, deadline, period; }
        deadline = {48, 6, 0, 0, 0, 90000000, 100000000, 100000000};
    said(syscall(SYS_sched_setattr, 0, &deadline, 0), "sched_setattr SCHED_DEADLINE");
    said(setpriority(PRIO_PROCESS, 0, -20), "setpriority -20");
    struct rlimit limit = {99, 99};
    said(setrlimit(RLIMIT_RTPRIO, &limit), "setrlimit RLIMIT_RTPRIO");
    pthread_t threads[8];
    for (int i = 0; i < 8; i++) pthread_create(&threads[i], NULL, spin, NULL);
    spin(NULL);
}
