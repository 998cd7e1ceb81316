// A key is a number that everybody in the namespace can name; the objects have rights for all.
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

int main(void) {
    struct { long kind; char text[32]; } message = {1, "from the first"};
    int memory = shmget(0x5ade711, 4096, IPC_CREAT | 0666), queue = msgget(0x5ade712, IPC_CREAT | 0666);
    char *shared = shmat(memory, NULL, 0);
    if (shared != (char *)-1) strcpy(shared, "from the first");
    int left = (memory >= 0) + (msgsnd(queue, &message, 32, 0) == 0) + (semget(0x5ade713, 1, IPC_CREAT | 0666) >= 0);
    printf("left %s\n", left == 3 ? "three" : "fewer");
    fflush(stdout);
    sleep(2);
    return 0;
}
