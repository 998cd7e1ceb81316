// Time has no namespace for the wall clock. Reading through adjtimex needs nothing and shows the state of the host's NTP;
// each value set is the one that is there.
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
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

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
    struct timex state = {.modes = 0};
    if (syscall(SYS_adjtimex, &state) >= 0) breach("the state of the host's clock");
    else refused("adjtimex");
    if (syscall(SYS_clock_adjtime, CLOCK_REALTIME, &state) >= 0) breach("clock_adjtime");
    else refused("clock_adjtime");
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (syscall(SYS_clock_settime, CLOCK_REALTIME, &now) == 0) breach("clock_settime");
    else refused("clock_settime");
    struct timeval same = {now.tv_sec, now.tv_nsec / 1000};
    if (syscall(SYS_settimeofday, &same, NULL) == 0) breach("settimeofday");
    else refused("settimeofday");
    if (open("/dev/rtc0", O_RDONLY) >= 0 || open("/dev/ptp0", O_RDWR) >= 0) breach("a clock device");
    else refused("/dev/rtc0");
    return breaches;
}
