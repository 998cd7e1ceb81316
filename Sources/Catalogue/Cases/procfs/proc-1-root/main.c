// The link of a process outside the tree leads outside: /proc/1/root/etc/shadow is the oldest way out of a chroot.
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
    const char *doors[] = {"root", "cwd", "exe", "environ", "mem", "maps", "fd", "ns/mnt", "cwd/../../../../../.."};
    int self = getpid(), found = 0;
    int fixed[] = {1, getppid(), @@VICTIM_PID@@};
    for (int i = 0; i < 512; i++) {
        int pid = i < 3 ? fixed[i] : i;
        if (pid == self || pid == 0) continue;
        for (int d = 0; d < 9; d++) {
            char path[64];
            snprintf(path, sizeof path, "/proc/%d/%s", pid, doors[d]);
            int file = open(path, O_RDONLY);
            if (file >= 0) breach(path);
            else if (i < 3 || errno != ENOENT) refused(path);
            close(file);
        }
        char path[4096];
        snprintf(path, sizeof path, "/proc/%d/root@@SECRET_PATH@@", pid);
        int file = open(path, O_RDONLY);
        char text[128];
        ssize_t size = file < 0 ? -1 : read(file, text, sizeof text);
        if (size > 0) {
            write(1, text, size);
            found = 1;
        }
    }
    if (found) breach("the host's file through another process's root");
    return breaches;
}
