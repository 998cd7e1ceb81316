// /dev/null inside is the host's inode, and its time stamps are the host's: a mark that outlives the program, and a channel
// to others that no namespace separates.
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
#include <sys/time.h>
#include <utime.h>

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
        if (futimens(device, NULL) != 0) refused(names[i]);
        if (utimensat(AT_FDCWD, names[i], NULL, 0) != 0) refused(names[i]);
        if (utime(names[i], NULL) != 0) refused(names[i]);
        if (utimes(names[i], NULL) != 0) refused(names[i]);
        stat(names[i], &after);
        if (before.st_mtim.tv_sec != after.st_mtim.tv_sec || before.st_mtim.tv_nsec != after.st_mtim.tv_nsec) breach(names[i]);
        close(device);
    }
    return breaches;
}
