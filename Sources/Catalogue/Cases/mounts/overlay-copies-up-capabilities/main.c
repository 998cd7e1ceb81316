// Ubuntu's overlayfs let a user namespace write security.capability to the file below, a set-user-ID root by another
// name; CVE-2023-0386 was the same again. Without a filter any user can get as far as the mounted overlay.
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
static int configure(int context, const char *key, const char *value) {
    return syscall(431, context, 1, key, value, 0);
}

int main(void) {
    alarm(15);
    mkdir("lower", 0755);
    mkdir("upper", 0755);
    mkdir("work", 0755);
    int file = open("lower/tool", O_CREAT | O_WRONLY, 0755);
    dprintf(file, "#!/bin/sh\n");
    close(file);
    char map[32];
    snprintf(map, sizeof map, "0 %d 1", getuid());
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) refused("unshare");
    int maps = open("/proc/self/uid_map", O_WRONLY);
    if (maps >= 0) write(maps, map, strlen(map));
    int context = syscall(430, "overlay", 1);
    if (context < 0) {
        refused("overlay");
    } else {
        breach("an overlay can be put together");
        configure(context, "lowerdir", "/work/lower");
        configure(context, "upperdir", "/work/upper");
        configure(context, "workdir", "/work/work");
        int made = syscall(431, context, 6, NULL, NULL, 0);
        int mount = made == 0 ? syscall(432, context, 1, 0) : -1;
        if (mount < 0) refused("overlay");
        else breach("an overlay was mounted");
    }
    unsigned char capability[20] = {1, 0, 0, 2, 0xff, 0xff, 0xff, 0xff};
    if (setxattr("lower/tool", "security.capability", capability, 20, 0) == 0) breach("a file was given capabilities");
    else refused("setxattr security.capability");
    return breaches;
}
