// Whoever sends the same source next gets what was compiled before. If this run could change that file, it would choose
// what the next one does.
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
#include <sys/xattr.h>

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
    char path[256] = "";
    if (readlink("/proc/self/exe", path, 255) < 0) refused("readlink");
    const char *names[] = {"/proc/self/exe", path};
    for (int i = 0; i < 2; i++) {
        const int modes[] = {O_WRONLY, O_RDWR, O_WRONLY | O_TRUNC, O_WRONLY | O_APPEND};
        for (int m = 0; m < 4; m++) {
            int file = open(names[i], modes[m]);
            if (file >= 0) breach(names[i]);
            else refused(names[i]);
        }
        if (truncate(names[i], 0) == 0) breach("truncate");
        else refused("truncate");
        if (chmod(names[i], 04755) == 0) breach("chmod");
        else refused("chmod");
        if (setxattr(names[i], "user.mark", "x", 1, 0) == 0) breach("setxattr");
        else refused("setxattr");
    }
    if (unlink(path) == 0) breach("unlink");
    else refused("unlink");
    if (rename(path, "/work/other") == 0) breach("rename");
    else refused("rename");
    return breaches;
}
