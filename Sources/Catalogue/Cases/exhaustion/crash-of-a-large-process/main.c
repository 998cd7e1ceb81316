// A core file is written by the kernel, under no limit but RLIMIT_CORE, where core_pattern says: perhaps outside.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void) {
    alarm(10);
    prctl(PR_SET_NAME, "@@MARK@@");
    prctl(PR_SET_DUMPABLE, 1);
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    // An answer of success is worth what the limit is afterwards: one byte is none for a core file.
    int answer = setrlimit(RLIMIT_CORE, &limit);
    const char *said = answer == 0 ? "nothing" : strerrorname_np(errno);
    if (getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_cur > 1) printf("BREACH: a core dump may have any size\n");
    else printf("refused: %s setrlimit RLIMIT_CORE, which is %d\n", said, (int)limit.rlim_cur);
    fflush(stdout);
    char *memory = malloc(150 << 20);
    memset(memory, 'c', 150 << 20);
    abort();
}
