// Reading maps the one zero page everywhere: RSS counts none of it, and every read takes a table of 4 kB.
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    alarm(12);
    unsigned long step = 2UL << 20, size = 500000 * step;  // 1 TiB of addresses, 2 GB of tables
    volatile char *memory = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    madvise((void *)memory, size, MADV_NOHUGEPAGE);
    unsigned long sum = 0;
    for (unsigned long at = 0; at < size; at += step) sum += memory[at];
    printf("BREACH: 2 GB of page tables %lu\n", sum);
    return 0;
}
