// kcmp orders kernel pointers: it tells whether two processes share a file, and helps to guess where objects lie.
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
    pid_t child = fork();
    if (child == 0) {
        sleep(2);
        _exit(0);
    }
    pid_t targets[] = {child, 1, getppid()};
    for (int i = 0; i < 3; i++) {
        for (int kind = 0; kind < 7; kind++) {
            long order = syscall(SYS_kcmp, getpid(), targets[i], kind, 0L, 1L);
            if (order >= 0) breach("kcmp");
            else refused("kcmp");
        }
    }
    kill(child, SIGKILL);
    return breaches;
}
