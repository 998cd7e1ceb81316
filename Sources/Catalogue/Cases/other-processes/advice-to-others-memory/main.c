// MADV_PAGEOUT on another's pages is a clock for what it touches, and a way to slow it down.
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
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/wait.h>

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
    static char page[8192] __attribute__((aligned(4096)));
    page[0] = 1;
    pid_t child = fork();
    if (child == 0) {
        page[0] = 2;
        sleep(2);
        _exit(0);
    }
    pid_t targets[] = {child, 1, @@VICTIM_PID@@};
    for (int i = 0; i < 3; i++) {
        int process = syscall(SYS_pidfd_open, targets[i], 0);
        if (process < 0) {
            refused("pidfd_open");
            continue;
        }
        struct iovec there = {page, 4096};
        if (syscall(440, process, &there, 1UL, MADV_COLD, 0) > 0) breach("process_madvise");
        else refused("process_madvise");
        if (targets[i] == child) kill(child, SIGKILL);
        if (syscall(448, process, 0) == 0) breach("process_mrelease");
        else refused("process_mrelease");
    }
    return breaches;
}
