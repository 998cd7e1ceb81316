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
    if (setrlimit(RLIMIT_CORE, &limit) == 0) printf("BREACH: a core dump may have any size\n");
    else printf("refused: %s setrlimit RLIMIT_CORE\n", strerrorname_np(errno));
    fflush(stdout);
    char *memory = malloc(150 << 20);
    memset(memory, 'c', 150 << 20);
    abort();
}
