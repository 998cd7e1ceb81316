// An idle init does not run while the program's threads do: it reaps, reports and collects when they let it.
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
#include <sched.h>
#include <sys/resource.h>

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
    const int targets[] = {1, getppid()};
    for (int i = 0; i < 2; i++) {
        if (targets[i] <= 0) continue;
        struct sched_param none = {0};
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(0, &one);
        if (setpriority(PRIO_PROCESS, targets[i], 19) == 0) breach("setpriority of init");
        else refused("setpriority of init");
        if (sched_setscheduler(targets[i], SCHED_IDLE, &none) == 0) breach("sched_setscheduler of init");
        else refused("sched_setscheduler of init");
        if (sched_setaffinity(targets[i], sizeof one, &one) == 0) breach("sched_setaffinity of init");
        else refused("sched_setaffinity of init");
        if (syscall(SYS_ioprio_set, 1, targets[i], 3 << 13) == 0) breach("ioprio_set of init");
        else refused("ioprio_set of init");
        if (setpgid(targets[i], 0) == 0) breach("setpgid of init");
        else refused("setpgid of init");
    }
    return breaches;
}
