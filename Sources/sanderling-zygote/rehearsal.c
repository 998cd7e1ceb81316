#define _GNU_SOURCE

#include "rehearsal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, RANGE_CAPACITY = 512, REHEARSED_BYTES = 1600 << 10 };
struct range {
    uintptr_t start, end;
};
static struct range ranges[RANGE_CAPACITY];
static size_t range_count, noted_bytes;
static int rehearsal = -1;

static bool is_own_page(uint64_t entry) {
    // Present, and mapped by nobody else; Documentation/admin-guide/mm/pagemap.rst in the kernel.
    return entry >> 63 && entry >> 56 & 1;
}

// Notes the pages from `start` to `end` that are this process's alone.
static void note_own_pages(int pagemap, uintptr_t start, uintptr_t end) {
    uint64_t entries[512];
    for (uintptr_t page = start; page < end && noted_bytes < REHEARSED_BYTES;) {
        size_t wanted = (end - page) / PAGE < 512 ? (end - page) / PAGE : 512;
        ssize_t size = pread(pagemap, entries, wanted * sizeof *entries, (off_t)(page / PAGE * sizeof *entries));
        if (size <= 0) return;
        for (size_t index = 0; index < (size_t)size / sizeof *entries; index++, page += PAGE) {
            if (!is_own_page(entries[index]) || noted_bytes >= REHEARSED_BYTES) continue;
            bool extends = range_count > 0 && ranges[range_count - 1].end == page;
            if (!extends && range_count == RANGE_CAPACITY) return;
            if (!extends) ranges[range_count++] = (struct range){page, page};
            ranges[range_count - 1].end = page + PAGE;
            noted_bytes += PAGE;
        }
    }
}

// The end of the rehearsal, by when the interpreter has taken itself apart.
static void report_rehearsal(void) {
    int place = openat(PROCESSES, "self/maps", O_RDONLY | O_CLOEXEC);
    int pagemap = openat(PROCESSES, "self/pagemap", O_RDONLY | O_CLOEXEC);
    FILE *maps = place < 0 ? NULL : fdopen(place, "r");
    if (!maps || pagemap < 0) _exit(1);
    char line[512];
    while (fgets(line, sizeof line, maps)) {
        uintptr_t start, end;
        char access[5];
        if (sscanf(line, "%lx-%lx %4s", &start, &end, access) == 3 && access[1] == 'w' && access[3] == 'p')
            note_own_pages(pagemap, start, end);
    }
    ssize_t size = (ssize_t)(range_count * sizeof *ranges);
    _exit(write(rehearsal, ranges, (size_t)size) == size ? 0 : 1);
}

bool rehearse(int control) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return false;
    pid_t copy = fork();
    if (copy == 0) {
        rehearsal = ends[1];
        close(ends[0]);
        close(control);
        int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
        for (int number = 0; number < 3; number++) dup2(nothing, number);
        // For an interpreter that does not end by itself.
        alarm(5);
        atexit(report_rehearsal);
        return true;
    }
    close(ends[1]);
    uint8_t *end = (uint8_t *)ranges;
    ssize_t received;
    while ((received = read(ends[0], end, (size_t)((uint8_t *)(ranges + RANGE_CAPACITY) - end))) > 0) end += received;
    close(ends[0]);
    while (copy > 0 && waitpid(copy, NULL, 0) < 0 && errno == EINTR) {}
    range_count = (size_t)(end - (uint8_t *)ranges) / sizeof *ranges;
    return false;
}

size_t rehearsed_bytes(void) {
    size_t bytes = 0;
    for (size_t index = 0; index < range_count; index++) bytes += ranges[index].end - ranges[index].start;
    return bytes;
}

void copy_rehearsed_pages(void) {
    for (size_t index = 0; index < range_count; index++)
        madvise((void *)ranges[index].start, ranges[index].end - ranges[index].start, MADV_POPULATE_WRITE);
}
