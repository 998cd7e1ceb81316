// Its own nice value, class and signals are watched while the other one tries.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile sig_atomic_t signals;

static void count(int number) { signals++; }

int main(void) {
    signal(SIGUSR1, count);
    int nice = getpriority(PRIO_PROCESS, 0);
    long class = syscall(SYS_ioprio_get, 1, 0);
    int felt = 0;
    for (int i = 0; i < 30; i++) {
        felt |= getpriority(PRIO_PROCESS, 0) != nice || syscall(SYS_ioprio_get, 1, 0) != class || signals;
        usleep(100000);
    }
    printf(felt ? "BREACH: the other sandbox reached this one\n" : "felt nothing\n");
    return 0;
}
