// Whoever on the host locks the same file waits until the program ends, and two sandboxes talk by which files are locked.
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
#include <sys/file.h>

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
    const char *names[] = {"/usr/bin/env", "/usr/bin/id", "/etc/ld.so.cache", "/usr/lib", "/dev/null", "/usr/share/zoneinfo/Etc/UTC"};
    int locked = 0;
    for (int i = 0; i < 6; i++) {
        int file = open(names[i], O_RDONLY);
        if (file < 0 || flock(file, LOCK_EX | LOCK_NB) != 0) refused(names[i]);
        else locked++;
    }
    printf("locked: %d files\n", locked);
    fflush(stdout);
    sleep(4);
    return 0;
}
