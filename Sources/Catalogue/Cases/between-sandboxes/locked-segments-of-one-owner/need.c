// One page, twenty times over.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

int main(void) {
    int failed = 0;
    for (int i = 0; i < 20; i++) {
        int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
        if (segment < 0 || shmctl(segment, SHM_LOCK, NULL) != 0) failed = errno;
        shmctl(segment, IPC_RMID, NULL);
        usleep(100000);
    }
    if (failed) printf("BREACH: starved by the other sandbox: %s\n", strerrorname_np(failed));
    else printf("locked a page every time\n");
    return 0;
}
