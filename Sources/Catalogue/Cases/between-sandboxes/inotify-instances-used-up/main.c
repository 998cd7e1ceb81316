// Node's file watching, udev and systemd of the same user fail with EMFILE for as long as one program holds them all.
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
#include <sys/inotify.h>

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
    int made = 0;
    while (made < 240 && inotify_init1(IN_CLOEXEC) >= 0) made++;
    if (made < 240) refused("inotify_init1");
    printf("made: %d\n", made);
    fflush(stdout);
    sleep(4);
    return 0;
}
