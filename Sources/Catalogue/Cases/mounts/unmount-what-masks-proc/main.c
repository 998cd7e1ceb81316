// Masks are only mounts: one umount2 with MNT_DETACH and /proc/kallsyms or /proc/kmsg is there again (CVE-2025-31133
// reached the same by other means).
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
static void uncover(const char *path) {
    char what[80];
    snprintf(what, sizeof what, "umount2 %s", path);
    if (umount2(path, MNT_DETACH) == 0) breach(what);
    else refused(what);
    char text[64];
    int file = open(path, O_RDONLY | O_NONBLOCK);
    if (file >= 0 && read(file, text, sizeof text) > 0) breach(path);
    if (file >= 0) close(file);
}

int main(void) {
    alarm(15);
    const char *paths[] = {"/proc/kallsyms", "/proc/timer_list", "/proc/keys", "/proc/cmdline", "/proc/interrupts"};
    for (int i = 0; i < 5; i++) uncover(paths[i]);
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) refused("unshare");
    for (int i = 0; i < 5; i++) uncover(paths[i]);
    return breaches;
}
