// getpgid, getsid and sched_getscheduler answer for everybody's processes, hidden or not: only numbers that do not exist
// here say nothing.
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
    int victim = @@VICTIM_PID@@, seen = 0;
    cpu_set_t processors;
    if (getpgid(victim) >= 0) breach("the victim's group");
    else refused("getpgid");
    if (getsid(victim) >= 0) breach("the victim's session");
    else refused("getsid");
    if (sched_getscheduler(victim) >= 0) breach("the victim's scheduler");
    else refused("sched_getscheduler");
    if (sched_getaffinity(victim, sizeof processors, &processors) >= 0) breach("the victim's processors");
    else refused("sched_getaffinity");
    if (kill(victim, 0) == 0 || errno == EPERM) breach("the victim exists");
    else refused("kill");
    if (syscall(SYS_pidfd_open, victim, 0) >= 0) breach("the victim by a pidfd");
    else refused("pidfd_open");
    for (int pid = 2; pid < 40000; pid++)
        if (pid != getpid() && getsid(pid) >= 0) seen++;
    printf("seen: %d\n", seen);
    if (seen > 8) breach("many processes");
    return breaches;
}
