// mount_setattr clears flags of a standing mount, which a filter on mount(2) with MS_REMOUNT never sees.
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
    const char *paths[] = {"/proc/sys", "/usr", "/", "/etc/ld.so.cache"};
    for (int i = 0; i < 4; i++) {
        struct { uint64_t set, clear, propagation, userns; } attributes = {.clear = 1 | 2 | 4};
        char what[64];
        snprintf(what, sizeof what, "mount_setattr %s", paths[i]);
        if (syscall(442, AT_FDCWD, paths[i], 0x8000, &attributes, sizeof attributes) == 0) breach(what);
        else refused(what);
    }
    int file = open("/proc/sys/kernel/ns_last_pid", O_WRONLY);
    if (file >= 0) breach("a file of /proc/sys is open for writing");
    else refused("open ns_last_pid");
    return breaches;
}
