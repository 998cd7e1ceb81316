// A second map would make the program root of the host's ids; a lower score would make the out-of-memory killer take
// the host's processes first.
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
static void put(const char *path, const char *text) {
    int file = open(path, O_WRONLY);
    if (file < 0) {
        refused(path);
        return;
    }
    if (write(file, text, strlen(text)) < 0) refused(path);
    else breach(path);
    close(file);
}

int main(void) {
    alarm(15);
    put("/proc/self/uid_map", "0 0 4294967295\n");
    put("/proc/self/uid_map", "0 0 1\n");
    put("/proc/self/gid_map", "0 0 4294967295\n");
    put("/proc/self/projid_map", "0 0 4294967295\n");
    put("/proc/self/setgroups", "allow");
    put("/proc/self/oom_score_adj", "-1000\n");
    put("/proc/self/oom_adj", "-17\n");
    put("/proc/self/timens_offsets", "monotonic 864000 0\n");
    return breaches;
}
