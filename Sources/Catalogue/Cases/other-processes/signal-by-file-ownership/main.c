// No call that sends a signal is made: the file does it, when data comes, to its owner, who may be anybody.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>
#include <time.h>

static int breaches;

static void breach(const char *what) {
    printf("BREACH: %s\n", what);
    fflush(stdout);
    breaches = 1;
}

static void refused(const char *what) {
    const char *name = strerrorname_np(errno);
    printf("refused: %s %s\n", name ? name : "E?", what);
    fflush(stdout);
}
int main(void) {
    alarm(15);
    pid_t owners[] = {@@VICTIM_PID@@, -@@VICTIM_PID@@};
    int ends[2];
    if (pipe(ends) != 0) return 2;
    for (int i = 0; i < 2; i++) {
        if (fcntl(ends[0], F_SETOWN, owners[i]) == 0 && fcntl(ends[0], F_GETOWN) == owners[i]) {
            breach("the victim owns a file here");
            fcntl(ends[0], F_SETSIG, SIGSTOP);
            fcntl(ends[0], F_SETFL, O_ASYNC | O_NONBLOCK);
            write(ends[1], "x", 1);
        } else {
            refused("F_SETOWN of the victim");
        }
    }
    struct { int type; int pid; } owner = {1, @@VICTIM_PID@@};
    if (fcntl(ends[0], F_SETOWN_EX, &owner) == 0) breach("F_SETOWN_EX of the victim");
    else refused("F_SETOWN_EX of the victim");
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGSTOP};
    event._sigev_un._tid = @@VICTIM_PID@@;
    timer_t timer;
    if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) == 0) breach("a timer for the victim");
    else refused("timer_create for the victim");
    // A clock of another process tells how hard it works.
    struct timespec used;
    if (clock_gettime((~(clockid_t)@@VICTIM_PID@@ << 3) | 2, &used) == 0) breach("the victim's processor time");
    else refused("clock_gettime of the victim");
    return breaches;
}
