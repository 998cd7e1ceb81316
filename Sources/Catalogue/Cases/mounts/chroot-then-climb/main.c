// chroot(2) says itself how to leave it: the current directory stays outside, and .. from there has no end at the root.
// In a user namespace of its own every program may call it.
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
    mkdir("/work/jail", 0755);
    int outside = open("/", O_RDONLY | O_DIRECTORY);
    if (unshare(CLONE_NEWUSER) != 0) refused("unshare");
    if (chroot("/work/jail") != 0) refused("chroot");
    else breach("the root was changed");
    fchdir(outside);
    for (int i = 0; i < 64; i++) chdir("..");
    if (chroot(".") != 0) refused("chroot");
    int file = open("@@SECRET_PATH@@", O_RDONLY);
    if (file < 0) file = open(&"@@SECRET_PATH@@"[1], O_RDONLY);
    char text[128];
    ssize_t size = file < 0 ? -1 : read(file, text, sizeof text);
    if (size > 0) {
        write(1, text, size);
        breach("the host's file is above the root");
    } else {
        refused("open secret");
    }
    return breaches;
}
