// Rowhammer needs to know which pages lie side by side; before Linux 4.0 every program could read it here.
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
    int file = open("/proc/self/pagemap", O_RDONLY);
    if (file < 0) {
        refused("open pagemap");
        printf("hidden: page frame\n");
        return 0;
    }
    int seen = 0;
    for (int i = 0; i < 64; i++) {
        char *page = aligned_alloc(4096, 4096);
        memset(page, i + 1, 4096);
        uint64_t entry = 0;
        if (pread(file, &entry, 8, (uintptr_t)page / 4096 * 8) != 8) refused("read pagemap");
        else if ((entry >> 63) && (entry & ((1ULL << 55) - 1))) seen++;
    }
    const char *whole[] = {"/proc/kpageflags", "/proc/kpagecount", "/proc/kpagecgroup"};
    for (int i = 0; i < 3; i++) {
        uint64_t word;
        int kernel = open(whole[i], O_RDONLY);
        if (kernel < 0) refused(whole[i]);
        else if (read(kernel, &word, 8) == 8) breach(whole[i]);
    }
    if (seen) breach("page frame numbers");
    else printf("hidden: page frame\n");
    return breaches;
}
