// Kernels before 5.15 charged these to nobody: one process could take all memory with objects that outlive it.
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <unistd.h>

int main(void) {
    alarm(12);
    long kept = 0;
    for (int i = 0; i < 1000; i++) {
        if (semget(IPC_PRIVATE, 32000, IPC_CREAT | 0600) < 0) break;
        kept += 32000 * 64L;
        if (kept > 1900000000) break;
    }
    printf("kept %ld MB of semaphores\n", kept >> 20);
    return 0;
}
