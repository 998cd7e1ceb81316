// Each touched page costs a page table of the same size, which resident size does not show.
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
#include <sys/mman.h>

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
    size_t step = 2 << 20, count = 15000;
    char *space = mmap(NULL, step * count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (space == MAP_FAILED) {
        refused("mmap");
        return 1;
    }
    madvise(space, step * count, MADV_NOHUGEPAGE);
    for (size_t i = 0; i < count; i++) {
        space[i * step] = 1;
        if (i % 1000 == 0) {
            printf("touched: %zu\n", i);
            fflush(stdout);
        }
    }
    breach("117 MB of pages and tables under a limit of 64");
    return breaches;
}
