// READ_IMPLIES_EXEC undoes non-executable memory, ADDR_COMPAT_LAYOUT and MMAP_PAGE_ZERO lay memory where null pointers
// lead, and both pass to what is started next.
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
#include <sys/mman.h>
#include <sys/personality.h>

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
    const unsigned long kinds[] = {READ_IMPLIES_EXEC, MMAP_PAGE_ZERO, ADDR_COMPAT_LAYOUT, ADDR_LIMIT_3GB, UNAME26, PER_LINUX32,
                                   STICKY_TIMEOUTS, WHOLE_SECONDS, SHORT_INODE, ADDR_NO_RANDOMIZE | READ_IMPLIES_EXEC,
                                   0x100000000UL | READ_IMPLIES_EXEC, PER_LINUX32 | 0xffffffff00000000UL};
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (syscall(SYS_personality, kinds[i]) >= 0) breach("personality");
        else refused("personality");
    }
    void *zero = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (zero == NULL) breach("memory at address 0");
    else refused("mmap at 0");
    long now = syscall(SYS_personality, 0xffffffffUL);
    if (now & ~0x40000L) breach("another personality");
    return breaches;
}
