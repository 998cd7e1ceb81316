// perf_event_open gave root to everybody once, and it is an exact clock for side channels.
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
#include <linux/perf_event.h>

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
    const struct { int type, configuration, cpu, pid; } events[] = {
        {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK, -1, 0}, {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, -1, 0},
        {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS, 0, -1}, {PERF_TYPE_TRACEPOINT, 1, 0, -1},
        {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_DUMMY, -1, @@VICTIM_PID@@}, {PERF_TYPE_HW_CACHE, 0, -1, 0},
    };
    for (int i = 0; i < 6; i++) {
        struct perf_event_attr event = {.type = events[i].type, .size = sizeof event, .config = events[i].configuration,
                                        .exclude_kernel = 1, .exclude_hv = 1, .disabled = 1};
        if (syscall(SYS_perf_event_open, &event, events[i].pid, events[i].cpu, -1, 0UL) >= 0) breach("an event");
        else refused("perf_event_open");
    }
    return breaches;
}
