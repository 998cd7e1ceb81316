// Each queued signal is a structure in kernel memory. The number is counted for the user, so many receivers gain nothing.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    alarm(10);
    struct rlimit limit = {1 << 30, 1 << 30};
    if (setrlimit(RLIMIT_SIGPENDING, &limit) == 0) printf("BREACH: raised the limit\n");
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    pid_t receivers[16];
    for (int i = 0; i < 16; i++) {
        receivers[i] = fork();
        if (receivers[i] == 0) {
            sleep(5);
            _exit(0);
        }
    }
    int sent = 0;
    for (int i = 0; i < 16; i++)
        for (int more = 0; more < 20000; more++, sent++)
            if (sigqueue(receivers[i], SIGRTMIN + more % 30, (union sigval){.sival_int = more}) != 0) break;
    int error = errno;
    for (int i = 0; i < 16; i++) kill(receivers[i], SIGKILL);
    while (wait(NULL) > 0) {}
    printf("refused: %s sigqueue after %d\n", strerrorname_np(error), sent);
    return 0;
}
