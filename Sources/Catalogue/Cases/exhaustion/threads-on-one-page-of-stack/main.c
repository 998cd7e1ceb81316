// A limit on processes alone, or one on memory alone, lets thousands of threads be: each takes a number and kernel memory.
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char stacks[200][4096] __attribute__((aligned(16)));

static int wait_for_ever(void *unused) {
    for (;;) syscall(SYS_pause);
    return 0;
}

int main(void) {
    alarm(10);
    int count = 0, error = 0;
    for (; count < 200; count++) {
        int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
        if (clone(wait_for_ever, stacks[count] + 4096, flags, NULL) < 0) {
            error = errno;
            break;
        }
    }
    if (error) printf("refused: %s clone\n", strerrorname_np(error));
    else printf("BREACH: %d threads\n", count);
    printf("threads: %d\n", count);
    fflush(stdout);
    syscall(SYS_exit_group, 0);
}
