// A new namespace begins to count at 1.
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    wait(NULL);
    int queue = msgget(IPC_PRIVATE, 0600);
    if (child > 100 || getpid() > 100) printf("BREACH: processes are at %d\n", (int)child);
    else if (queue > 10) printf("BREACH: queues are at %d\n", queue);
    else printf("first numbers\n");
    return 0;
}
