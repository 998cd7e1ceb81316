// F_SETOWN with F_SETSIG sends SIGKILL to the owner in the kernel's name when the descriptor becomes ready.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t came;

static void count(int number) { came++; }

static int fire(pid_t owner, int number, const char *who) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return -1;
    for (int fd = -1; fd < 3; fd++) {
        int file = fd < 0 ? pair[0] : fd;
        if (fcntl(file, F_SETOWN, owner) != 0) {
            if (fd < 0) printf("refused: %s F_SETOWN %s\n", strerrorname_np(errno), who);
            continue;
        }
        fcntl(file, F_SETSIG, number);
        fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_ASYNC);
    }
    (void)!write(pair[1], "x", 1);
    usleep(20000);
    for (int fd = 0; fd < 3; fd++) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_ASYNC);
    close(pair[0]);
    close(pair[1]);
    return 0;
}

int main(void) {
    alarm(10);
    signal(SIGUSR1, count);
    fire(getpid(), SIGUSR1, "oneself");
    printf("came to oneself: %d\n", came > 0);
    fflush(stdout);
    fire(@@VICTIM_PID@@, SIGKILL, "victim");
    fire(1, SIGKILL, "init");
    // Which may be oneself.
    if (getpid() != 2) fire(2, SIGKILL, "its child");
    fflush(stdout);
    usleep(100000);
    printf("still here\n");
    return 0;
}
