// Four hundred processes, one after the other, and as many queues made and removed: each takes the next number.
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 400; i++) {
        if (fork() == 0) _exit(0);
        wait(NULL);
        int queue = msgget(IPC_PRIVATE, 0600);
        if (queue >= 0) msgctl(queue, IPC_RMID, NULL);
    }
    printf("used\n");
    return 0;
}
