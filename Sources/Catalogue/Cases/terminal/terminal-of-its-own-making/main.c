// New pairs come out of the host's devpts when that is reachable, and with them the terminals of everybody else.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static void refused(const char *what) {
    printf("refused: %s %s\n", strerrorname_np(errno), what);
    fflush(stdout);
}

static void try_with(const char *path) {
    int master = open(path, O_RDWR | O_NOCTTY);
    if (master < 0) {
        char what[64];
        snprintf(what, sizeof what, "open %s", path);
        refused(what);
        return;
    }
    int unlocked = 0;
    ioctl(master, TIOCSPTLCK, &unlocked);
    int slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY);
    if (slave < 0) {
        refused("TIOCGPTPEER");
        return;
    }
    if (fork() == 0) {
        setsid();
        ioctl(slave, TIOCSCTTY, 0);
        char key = '\n', back = 0;
        if (ioctl(slave, TIOCSTI, &key) == 0 && read(slave, &back, 1) == 1)
            printf("BREACH: typed into %s\n", ttyname(slave) ? ttyname(slave) : "a terminal");
        else refused("TIOCSTI");
        fflush(stdout);
        _exit(0);
    }
    sleep(1);
}

int main(void) {
    alarm(10);
    try_with("/dev/ptmx");
    try_with("/dev/pts/ptmx");
    if (mknod("/tmp/ptmx", S_IFCHR | 0666, makedev(5, 2)) != 0) refused("mknod 5:2");
    else try_with("/tmp/ptmx");
    mkdir("/tmp/pts", 0755);
    if (mount("devpts", "/tmp/pts", "devpts", 0, "newinstance,ptmxmode=0666") != 0) refused("mount devpts");
    else try_with("/tmp/pts/ptmx");
    return 0;
}
