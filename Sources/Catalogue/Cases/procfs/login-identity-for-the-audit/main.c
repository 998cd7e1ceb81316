// What runs below a daemon has no login id. Once set it goes with every child and every audit record, as if that user had logged in.
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
    int file = open("/proc/self/loginuid", O_WRONLY);
    if (file < 0) {
        if (errno == ENOENT) printf("absent: /proc/self/loginuid\n");
        else refused("/proc/self/loginuid");
        return 0;
    }
    const char *ids[] = {"0", "1000", "65534"};
    for (int i = 0; i < 3; i++) {
        if (pwrite(file, ids[i], strlen(ids[i]), 0) > 0) breach("the login id was set");
        else refused("/proc/self/loginuid");
    }
    return breaches;
}
