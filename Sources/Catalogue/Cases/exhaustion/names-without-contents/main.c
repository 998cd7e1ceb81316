// An empty file takes no block, so a limit on bytes never counts it; its inode and its name are kernel memory.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int make(int kind, const char *name) {
    switch (kind) {
    case 0: return mkdir(name, 0700);
    case 1: return mkfifo(name, 0600);
    default: return link("seed", name);
    }
}

int main(void) {
    alarm(14);
    static const char *const kinds[] = {"mkdir", "mkfifo", "link"};
    close(open("seed", O_CREAT | O_WRONLY, 0600));
    for (int kind = 0; kind < 3; kind++) {
        int count = 0;
        for (; count < 400000; count++) {
            char name[200];
            snprintf(name, sizeof name, "%d-%d-%0150d", kind, count, count);
            if (make(kind, name) != 0) break;
        }
        if (count == 400000) printf("BREACH: %d times %s\n", count, kinds[kind]);
        else printf("refused: %s %s after %d\n", strerrorname_np(errno), kinds[kind], count);
        fflush(stdout);
        while (count-- > 0) {
            char name[200];
            snprintf(name, sizeof name, "%d-%d-%0150d", kind, count, count);
            if (kind == 0) rmdir(name);
            else unlink(name);
        }
    }
    return 0;
}
