// stat(2) of a name of 250 letters leaves a negative dentry with a name of its own. The directory belongs to the host.
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    alarm(12);
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    long count = 0;
    do {
        for (int i = 0; i < 1000; i++) {
            char name[300];
            struct stat status;
            snprintf(name, sizeof name, "/usr/lib/%0240ld", count++);
            stat(name, &status);
        }
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (now.tv_sec - start.tv_sec < 3 && count < 3000000);
    printf("looked up %ld names\n", count);
    return 0;
}
