// Started by one ordinary user, all sandboxes run as that user: calls that go by user id reach across unless the kernel looks at namespaces.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    signal(SIGUSR1, SIG_IGN);
    for (int i = 0; i < 30; i++) {
        setpriority(PRIO_USER, 0, 11);
        setpriority(PRIO_USER, getuid(), 11);
        syscall(SYS_ioprio_set, 3, 0, 2 << 13 | 6);
        kill(-1, SIGUSR1);
        for (int pid = 3; pid < 40; pid++) {
            if (pid == getpid()) continue;
            union sigval value = {.sival_int = i};
            sigqueue(pid, SIGUSR1, value);
        }
        usleep(100000);
    }
    printf("changed\n");
    return 0;
}
