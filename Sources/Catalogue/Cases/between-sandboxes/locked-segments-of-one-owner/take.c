// Segments of 64 kB are locked until no more may be.
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

int main(void) {
    int taken = 0;
    for (int i = 0; i < 1000; i++) {
        int segment = shmget(IPC_PRIVATE, 65536, IPC_CREAT | 0600);
        if (segment < 0 || shmctl(segment, SHM_LOCK, NULL) != 0) break;
        taken += 64;
    }
    printf("took %d kB\n", taken);
    fflush(stdout);
    sleep(3);
    return 0;
}
