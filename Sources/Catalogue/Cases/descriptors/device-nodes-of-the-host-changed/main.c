// /dev/null inside is the host's inode. If its mode, owner or place could be changed, every program of the host would
// feel it (CVE-2025-31133 and CVE-2025-52565 abused just these nodes).
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
#include <sys/xattr.h>

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
    const char *names[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
    for (int i = 0; i < 5; i++) {
        struct stat before, after;
        stat(names[i], &before);
        int device = open(names[i], O_RDWR);
        // The mode it has already, so that nothing changes where the wall is down.
        if (fchmod(device, before.st_mode & 07777) == 0) breach("fchmod");
        else refused("fchmod");
        if (fchown(device, getuid(), getgid()) == 0) breach("fchown");
        else refused("fchown");
        if (fsetxattr(device, "user.mark", "x", 1, 0) == 0) breach("fsetxattr");
        else refused("fsetxattr");
        char other[64];
        snprintf(other, sizeof other, "%s.@@MARK@@", names[i]);
        if (link(names[i], other) == 0) breach("link");
        else refused("link");
        int count = 4096;
        if (ioctl(device, 0x40045201, &count) == 0) breach("the count of entropy was changed");
        if (stat(names[i], &after) == 0 && (after.st_mode != before.st_mode || after.st_uid != before.st_uid)) breach("changed");
    }
    if (mknod("/dev/@@MARK@@", S_IFCHR | 0666, 0x103) == 0) breach("a node was made");
    else refused("mknod");
    return breaches;
}
