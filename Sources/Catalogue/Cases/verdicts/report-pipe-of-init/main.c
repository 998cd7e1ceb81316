// The end of a program is told by somebody: whoever holds that pipe can tell another end. Init and its parent have numbers.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int ended;

static void forge(int fd, const char *where) {
    static const char zeros[64];
    if (write(fd, zeros, sizeof zeros) > 0) {
        printf("BREACH: wrote into %s\n", where);
        fflush(stdout);
    }
    close(fd);
}

int main(void) {
    alarm(10);
    for (int pid = 1; pid <= 2; pid++) {
        int pidfd = syscall(SYS_pidfd_open, pid, 0), last = 0;
        for (int fd = 0; fd < 64; fd++) {
            int taken = pidfd < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
            if (taken >= 0) forge(taken, "a descriptor by pidfd_getfd");
            else last = errno;
            char path[64];
            snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, fd);
            int opened = open(path, O_WRONLY | O_NONBLOCK);
            if (opened >= 0) forge(opened, path);
        }
        printf("refused: %s pidfd_getfd %d\n", strerrorname_np(last), pid);
        ended++;
    }
    printf("tried %d processes\n", ended);
    fflush(stdout);
    _exit(3);
}
