// Spins, and once a clock is beyond its limit writes by how much, in nanoseconds, ten times a millisecond.
// Usage: overrun wall|cpu MILLISECONDS
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long long now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int count, char **arguments) {
    if (count != 3) {
        return 64;
    }
    int is_wall = strcmp(arguments[1], "wall") == 0;
    clockid_t clock = is_wall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
    // The processor clock began with the process; the wall clock, for want of better, begins here.
    long long limit = (is_wall ? now(clock) : 0) + atoll(arguments[2]) * 1000000;
    for (long long next = limit;;) {
        long long time = now(clock);
        if (time >= next) {
            char line[32];
            int length = snprintf(line, sizeof line, "%lld\n", time - limit);
            if (write(STDOUT_FILENO, line, (size_t)length) < 0) {
                return 1;
            }
            next = time + 100000;
        }
    }
}
