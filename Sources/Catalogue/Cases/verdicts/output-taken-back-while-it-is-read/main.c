// select(2), BUGS: a descriptor that is reported as ready may block all the same. Whoever then waits in read has no clock and no
// other stream any more: what is written to standard error stays in its pipe. A further byte lets it go on.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

// Whether what is in the pipe of standard error stays there for so many seconds.
static int stays(double seconds) {
    int left = 1;
    for (double end = now() + seconds; left > 0 && now() < end; usleep(1000)) ioctl(2, FIONREAD, &left);
    return left > 0;
}

int main(void) {
    int back = open("/proc/self/fd/1", O_RDONLY | O_NONBLOCK);
    if (back < 0) {
        printf("refused: %s opening the pipe\n", strerrorname_np(errno));
        return 0;
    }
    int count = 0;
    unsigned pause = 1;
    for (double end = now() + 5; now() < end && count < 100000; count++) {
        char byte;
        if (write(1, "x", 1) != 1) return 1;
        pause = pause * 1664525 + 1013904223;
        for (volatile unsigned wait = pause >> 18; wait > 0; wait--) {}
        if (read(back, &byte, 1) != 1) continue;
        if (write(2, ".", 1) != 1) return 1;
        if (!stays(4)) continue;
        dprintf(1, "\nBREACH: nobody has looked at standard error for 4 s\n");
        break;
    }
    dprintf(1, "\ntried %d times\n", count);
    return 0;
}
