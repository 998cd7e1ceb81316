// Messages wait in kernel memory for a reader that never comes. POSIX queues have names, which the next program could open.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

int main(void) {
    alarm(12);
    static struct { long kind; char text[8192]; } message = {1, "m"};
    long kept = 0;
    struct mq_attr wish = {.mq_maxmsg = 10, .mq_msgsize = 8192};
    for (int i = 0; i < 300; i++) {
        char name[64];
        snprintf(name, sizeof name, "/@@MARK@@-%d", i);
        mqd_t queue = mq_open(name, O_CREAT | O_RDWR | O_NONBLOCK, 0666, &wish);
        if (queue < 0) {
            printf("refused: %s mq_open after %d\n", strerrorname_np(errno), i);
            break;
        }
        while (mq_send(queue, message.text, sizeof message.text, 0) == 0) kept += sizeof message.text;
        mq_close(queue);
    }
    fflush(stdout);
    for (int i = 0; i < 12000; i++) {
        int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0666);
        if (queue < 0) {
            printf("refused: %s msgget after %d\n", strerrorname_np(errno), i);
            break;
        }
        while (msgsnd(queue, &message, sizeof message.text, IPC_NOWAIT) == 0) kept += sizeof message.text;
    }
    printf("kept %ld MB in queues\n", kept >> 20);
    return 0;
}
