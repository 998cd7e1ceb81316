// MADV_FREE moves private pages to the list of inactive files. A write takes the permission back, and leaves the page there.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    const size_t part = 1 << 20;
    for (int number = 1; number <= 110; number++) {
        char *memory = mmap(NULL, part, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) {
            perror("refused");
            return 1;
        }
        memset(memory, 1, part);
        madvise(memory, part, MADV_FREE);
        memset(memory, 2, part);
    }
    sleep(1);
    printf("BREACH: kept 110 MB of memory under a limit of 64 MB\n");
    return 0;
}
