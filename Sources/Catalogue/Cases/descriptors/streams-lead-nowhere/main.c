// A stream that is a socket gives its peer's pidfd and takes descriptors; a file can be truncated; a terminal can be
// typed into; a directory is a way to /.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>

static int breaches;

static void breach(const char *what) {
    printf("BREACH: %s\n", what);
    fflush(stdout);
    breaches = 1;
}

static void refused(const char *what) {
    const char *name = strerrorname_np(errno);
    printf("refused: %s %s\n", name ? name : "E?", what);
    fflush(stdout);
}
int main(void) {
    alarm(15);
    for (int stream = 0; stream < 3; stream++) {
        struct stat status;
        if (fstat(stream, &status) != 0) continue;
        if (!S_ISFIFO(status.st_mode) && !(S_ISCHR(status.st_mode) && status.st_rdev == 0x103)) breach("neither a pipe nor /dev/null");
        if (isatty(stream)) breach("a terminal");
        int number = -1;
        socklen_t size = sizeof number;
        if (getsockopt(stream, SOL_SOCKET, 77, &number, &size) == 0) breach("the pidfd of the other end");
        else refused("SO_PEERPIDFD");
        if (openat(stream, "..", O_RDONLY) >= 0) breach("a directory");
        else refused("openat");
        if (fchdir(stream) == 0) breach("a directory");
        else refused("fchdir");
        char type = 'x';
        if (ioctl(stream, TIOCGPGRP, &number) == 0 || ioctl(stream, TIOCSCTTY, 0) == 0) breach("a terminal to take");
        else refused("TIOCSCTTY");
        (void)type;
    }
    if (ftruncate(1, 0) == 0 || ftruncate(2, 0) == 0) breach("the caller's file was cut");
    else refused("ftruncate");
    if (lseek(1, 0, SEEK_SET) == 0 || lseek(0, 0, SEEK_SET) > 0) breach("the caller's file was wound back");
    else refused("lseek");
    int terminal = open("/dev/tty", O_RDWR);
    if (terminal >= 0) breach("/dev/tty");
    else refused("/dev/tty");
    return breaches;
}
