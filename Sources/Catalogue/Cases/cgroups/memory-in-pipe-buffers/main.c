// What lies in a pipe is no process's memory: a limit on resident or virtual size counts none of it.
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
    static char block[65536];
    memset(block, 7, sizeof block);
    long held = 0;
    for (int i = 0; i < 110; i++) {
        int ends[2];
        if (pipe2(ends, O_NONBLOCK) != 0) {
            refused("pipe2");
            break;
        }
        if (fcntl(ends[1], F_SETPIPE_SZ, 1 << 20) < 0) refused("F_SETPIPE_SZ");
        for (ssize_t size; (size = write(ends[1], block, sizeof block)) > 0;) held += size;
    }
    printf("held: %ld\n", held);
    if (held > 40 << 20) breach("more is held than the limit");
    return breaches;
}
