// RLIMIT_CPU begins at zero in every child, and what an orphan used is added to no parent that is watched.
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
static void burn(void) {
    while (clock() < CLOCKS_PER_SEC / 10) {}
    _exit(0);
}

int main(void) {
    alarm(15);
    signal(SIGCHLD, SIG_IGN);
    for (int life = 0; life < 80; life++) {
        pid_t middle = fork();
        if (middle == 0) {
            // Its child is an orphan from the first.
            if (fork() == 0) burn();
            _exit(0);
        }
        usleep(100000);
        printf("lives: %d\n", life);
        fflush(stdout);
    }
    breach("eight seconds of processor time under a limit of one");
    return breaches;
}
