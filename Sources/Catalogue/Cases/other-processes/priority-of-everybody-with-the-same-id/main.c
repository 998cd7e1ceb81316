// PRIO_USER is the one way to change others without naming them: all processes with the caller's id, in every sandbox
// that runs under it.
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
    pid_t victim = @@VICTIM_PID@@;
    if (setpriority(PRIO_PROCESS, victim, 19) == 0) breach("setpriority of the victim");
    else refused("setpriority of the victim");
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    if (sched_setaffinity(victim, sizeof one, &one) == 0) breach("sched_setaffinity of the victim");
    else refused("sched_setaffinity of the victim");
    struct sched_param idle = {0};
    if (sched_setscheduler(victim, SCHED_IDLE, &idle) == 0) breach("sched_setscheduler of the victim");
    else refused("sched_setscheduler of the victim");
    if (syscall(SYS_ioprio_set, 1, victim, 3 << 13) == 0) breach("ioprio_set of the victim");
    else refused("ioprio_set of the victim");
    setpriority(PRIO_USER, 0, 19);
    syscall(SYS_ioprio_set, 3, getuid(), 3 << 13);
    errno = 0;
    if (getpriority(PRIO_PROCESS, victim) != -1 || errno == 0) breach("the victim's priority");
    printf("tried: the whole user\n");
    if (setpriority(PRIO_PROCESS, 0, -20) == 0) breach("a priority above the host's");
    else refused("setpriority -20");
    struct sched_param first = {99};
    if (sched_setscheduler(0, SCHED_FIFO, &first) == 0) breach("real-time scheduling");
    else refused("sched_setscheduler SCHED_FIFO");
    return breaches;
}
