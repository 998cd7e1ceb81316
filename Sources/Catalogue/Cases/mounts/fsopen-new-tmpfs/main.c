// A tmpfs of one's own, without a size, is room that no disk limit counts. It never goes through mount(2).
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
#include <sched.h>

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
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) refused("unshare");
    const char *types[] = {"tmpfs", "ramfs", "mqueue", "devpts"};
    for (int i = 0; i < 4; i++) {
        int context = syscall(430, types[i], 1);
        if (context < 0) {
            refused("fsopen");
            continue;
        }
        if (syscall(431, context, 6, NULL, NULL, 0) != 0) {
            refused("fsconfig");
            continue;
        }
        int mount = syscall(432, context, 1, 0);
        if (mount < 0) {
            refused("fsmount");
            continue;
        }
        breach(types[i]);
        int file = openat(mount, "room", O_CREAT | O_RDWR, 0600);
        if (file >= 0) breach("and wrote a file into it");
    }
    return breaches;
}
