// After pivot_root(".", ".") the old root lies under the new one; detaching the upper leads to whatever the sandbox
// was built from, the host's tree included where that was not let go.
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
#include <sys/mount.h>

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
    mkdir("/work/root", 0755);
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) refused("unshare");
    if (mount("none", "/work/root", "tmpfs", 0, "") != 0) refused("mount tmpfs");
    else breach("a tmpfs was mounted");
    if (mount("/work/root", "/work/root", NULL, MS_BIND | MS_REC, NULL) != 0) refused("mount bind");
    else breach("a directory was bound");
    chdir("/work/root");
    if (syscall(SYS_pivot_root, ".", ".") != 0) refused("pivot_root");
    else breach("the root was changed");
    umount2(".", MNT_DETACH);
    int file = open("@@SECRET_PATH@@", O_RDONLY);
    char text[128];
    ssize_t size = file < 0 ? -1 : read(file, text, sizeof text);
    if (size > 0) {
        write(1, text, size);
        breach("the host's file is below the old root");
    }
    return breaches;
}
