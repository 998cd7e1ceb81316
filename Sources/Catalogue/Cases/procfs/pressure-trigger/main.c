// A trigger in /proc/pressure wakes the program whenever any neighbour works hard: a clock for side channels, and a
// kernel thread per trigger.
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
    const char *paths[] = {"/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io", "/sys/fs/cgroup/cpu.pressure"};
    for (int i = 0; i < 4; i++) {
        int file = open(paths[i], O_RDWR | O_NONBLOCK);
        if (file < 0) {
            refused(paths[i]);
            file = open(paths[i], O_RDONLY);
            char text[64];
            if (file >= 0 && read(file, text, 64) > 0) breach(paths[i]);
            continue;
        }
        const char trigger[] = "some 500000 2000000";
        if (write(file, trigger, sizeof trigger) > 0) breach(paths[i]);
        else refused(paths[i]);
    }
    return breaches;
}
