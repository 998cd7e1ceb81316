// Segments are no process's memory: nothing in any address space shows them, and they stay until somebody removes them.
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

int main(void) {
    alarm(14);
    for (int i = 0; i < 24; i++) {
        int segment = shmget(IPC_PRIVATE, 64 << 20, IPC_CREAT | 0666);
        if (segment < 0) {
            perror("shmget");
            return 1;
        }
        char *memory = shmat(segment, NULL, 0);
        if (memory == (char *)-1) return 1;
        memset(memory, i + 1, 64 << 20);
        shmdt(memory);
    }
    printf("BREACH: filled 1.5 GB\n");
    return 0;
}
