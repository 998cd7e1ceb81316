// Takes memory and processor time, and writes what it has used by its own accounts: nanoseconds, then bytes.
// Usage: consume MILLISECONDS MEGABYTES
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static long long used(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000LL +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000LL;
}

/// The most memory that was resident. Not ru_maxrss: that remembers what the process was before it ran this program.
static long long peak(void) {
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long long kibibytes = -1;
    while (status && fgets(line, sizeof line, status)) {
        if (sscanf(line, "VmHWM: %lld", &kibibytes) == 1) {
            break;
        }
    }
    return kibibytes * 1024;
}

int main(int count, char **arguments) {
    if (count != 3) {
        return 64;
    }
    size_t size = (size_t)atoll(arguments[2]) * 1000000;
    char *memory = malloc(size);
    if (!memory) {
        return 1;
    }
    memset(memory, 1, size);
    // Keeps the compiler from seeing that nothing reads it.
    __asm__ volatile("" : : "r"(memory) : "memory");
    long long resident = peak();
    // Or the end of the process would take its time over it, after the last look at the accounts.
    free(memory);
    long long wanted = atoll(arguments[1]) * 1000000;
    while (used() < wanted) {
        for (volatile int turn = 0; turn < 10000; turn++) {
        }
    }
    printf("%lld %lld\n", used(), resident);
    return resident < 0;
}
