// Tracing for everybody, a map of one's own memory that lies, merged pages (a side channel), a core shared with whom one
// likes, and the high halves of the option that the kernel does not read.
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
#include <sys/prctl.h>

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
    const struct { const char *name; unsigned long option, a, b, c; } tries[] = {
        {"PR_SET_PTRACER", 0x59616d61, -1UL, 0, 0}, {"PR_SET_MEMORY_MERGE", 67, 1, 0, 0},
        {"PR_SCHED_CORE", 62, 1, 0, 0}, {"PR_SET_IO_FLUSHER", 57, 1, 0, 0}, {"PR_SET_SYSCALL_USER_DISPATCH", 59, 0, 0, 0},
        {"PR_SET_MM", 35, 13, 0, 0}, {"PR_SET_FPEMU", 10, 1, 0, 0}, {"PR_MCE_KILL", 33, 0, 0, 0}, {"PR_SET_TSC", 26, 1, 0, 0},
        {"PR_SET_SPECULATION_CTRL", 53, 0, 2, 0}, {"PR_SET_MEMORY_MERGE with high bits", 0x100000043, 1, 0, 0},
        {"PR_SCHED_CORE with high bits", 0xffffffff0000003e, 1, 0, 0}, {"PR_SET_SECUREBITS", 28, 0, 0, 0},
        {"PR_GET_IO_FLUSHER", 58, 0, 0, 0}, {"PR_FUTEX_HASH", 78, 1, 4, 0},
    };
    for (unsigned i = 0; i < sizeof tries / sizeof *tries; i++) {
        char what[64];
        snprintf(what, sizeof what, "prctl %s", tries[i].name);
        if (syscall(SYS_prctl, tries[i].option, tries[i].a, tries[i].b, tries[i].c, 0UL) >= 0) breach(what);
        else refused(what);
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0) breach("privileges may be gained again");
    else refused("prctl PR_SET_NO_NEW_PRIVS 0");
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) breach("privileges may be gained");
    return breaches;
}
