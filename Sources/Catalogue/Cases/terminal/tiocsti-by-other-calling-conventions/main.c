// ioctl is 54 for int 0x80 and 514 with bit 30 for x32: a filter that compares 64-bit numbers alone sees another call.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void said(long result, const char *what) {
    if (result >= 0) printf("BREACH: %s\n", what);
    else printf("refused: %s %s\n", strerrorname_np((int)-result), what);
    fflush(stdout);
}

int main(void) {
    char key = '!';
    long result = syscall(0x40000000L + 514, 0, 0x5412, &key);
    said(result < 0 ? -errno : result, "x32 ioctl");
    result = syscall(0x40000000L + SYS_ioctl, 0, 0x5412, &key);
    said(result < 0 ? -errno : result, "x32 ioctl by its 64-bit number");
#ifdef __x86_64__
    // The address must fit into 32 bits.
    char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    if (low != MAP_FAILED) {
        *low = '!';
        int answer;
        __asm__ volatile("int $0x80" : "=a"(answer) : "a"(54), "b"(0), "c"(0x5412), "d"((int)(long)low) : "memory", "r8", "r9", "r10", "r11");
        said(answer, "32-bit ioctl");
    }
#else
    printf("no other entrance\n");
#endif
    return 0;
}
