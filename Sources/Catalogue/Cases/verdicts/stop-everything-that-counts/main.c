// SIGSTOP cannot be caught. A watchdog that shares the process table with the program can be frozen by kill(-1, SIGSTOP).
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    prctl(PR_SET_NAME, "@@MARK@@");
    for (int i = 0; i < 4; i++)
        if (fork() == 0) {
            setsid();
            for (;;) pause();
        }
    printf("stopping\n");
    fflush(stdout);
    kill(@@VICTIM_PID@@, SIGSTOP);
    kill(getppid(), SIGSTOP);
    kill(1, SIGSTOP);
    kill(2, SIGSTOP);
    kill(-1, SIGSTOP);
    for (;;) raise(SIGSTOP);
}
