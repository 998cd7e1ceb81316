// A descriptor in flight is open though no process holds it, so RLIMIT_NOFILE alone is passed; each carries a filled memory file.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static int pass(int through, int what) {
    char byte = 0, control[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &what, sizeof what);
    return sendmsg(through, &message, MSG_DONTWAIT) == 1 ? 0 : -1;
}

int main(void) {
    alarm(12);
    static char data[1 << 16];
    memset(data, 's', sizeof data);
    int flying = 0;
    for (int round = 0; round < 20000; round++) {
        int pair[2], file = memfd_create("@@MARK@@", 0);
        if (file < 0 || socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0) break;
        (void)!write(file, data, sizeof data);
        int failed = pass(pair[0], file) || pass(pair[0], pair[1]) || pass(pair[1], pair[0]);
        close(file);
        close(pair[0]);
        close(pair[1]);
        if (failed) {
            printf("refused: %s sendmsg\n", strerrorname_np(errno));
            break;
        }
        flying += 3;
    }
    printf("in flight: %d\n", flying);
    return 0;
}
