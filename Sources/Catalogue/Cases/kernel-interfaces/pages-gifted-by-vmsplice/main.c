// A page that lies in a pipe and in a child's memory at once let the child see what the parent wrote later.
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
#include <sys/uio.h>

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
    int ends[2];
    if (pipe(ends) != 0) return 2;
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(page, "of the parent");
    struct iovec vector = {page, 4096};
    const unsigned flags[] = {0, 8, 2};
    for (int i = 0; i < 3; i++) {
        if (syscall(SYS_vmsplice, ends[1], &vector, 1UL, flags[i]) > 0) breach("vmsplice");
        else refused("vmsplice");
    }
    int file = memfd_create("pages", 0);
    ftruncate(file, 8192);
    char *mapping = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (syscall(SYS_remap_file_pages, mapping, 4096UL, 0UL, 1UL, 0UL) == 0) breach("remap_file_pages");
    else refused("remap_file_pages");
    if (syscall(447, 0) >= 0) breach("memfd_secret");
    else refused("memfd_secret");
    return breaches;
}
