// Loops over one system call each, and writes what a call takes: "NAME NANOSECONDS", a line for each loop.
// Usage: calls COUNT
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *const file = "/usr/bin/env";
static int zero;

static void read_byte(void) {
    char byte;
    if (read(zero, &byte, 1) != 1) {
        exit(1);
    }
}

static void stat_file(void) {
    struct stat status;
    if (stat(file, &status) < 0) {
        exit(1);
    }
}

static void open_and_close(void) {
    int descriptor = open(file, O_RDONLY);
    if (descriptor < 0) {
        exit(1);
    }
    close(descriptor);
}

static double measure(void (*call)(void), long count) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (long turn = 0; turn < count; turn++) {
        call();
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    return ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) / (double)count;
}

int main(int argument_count, char **arguments) {
    long count = argument_count == 2 ? atol(arguments[1]) : 0;
    zero = open("/dev/zero", O_RDONLY);
    if (zero < 0 || count <= 0) {
        return 1;
    }
    for (int turn = 0; turn < 5; turn++) {
        printf("read %.1f\n", measure(read_byte, count));
        printf("stat %.1f\n", measure(stat_file, count));
        printf("open_close %.1f\n", measure(open_and_close, count));
    }
    return 0;
}
