// Init holds the sockets to the host, the listener that judges refused calls, and the record of them. A pidfd needs no
// permission; the call that copies a descriptor needs the right to trace.
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
    int held = open("/dev/zero", O_RDONLY);
    pid_t child = fork();
    if (child == 0) {
        sleep(3);
        _exit(0);
    }
    pid_t targets[] = {child, 1, getppid(), @@VICTIM_PID@@};
    for (int i = 0; i < 4; i++) {
        int process = syscall(SYS_pidfd_open, targets[i], 0);
        if (process < 0) {
            refused("pidfd_open");
            continue;
        }
        for (int number = 0; number < 32; number++) {
            if (syscall(438, process, number, 0) >= 0) breach("a descriptor was taken");
            else if (number < 2 || errno != EBADF) refused("pidfd_getfd");
        }
        close(process);
    }
    close(held);
    kill(child, SIGKILL);
    return breaches;
}
