// fork(2) fails with EAGAIN for RLIMIT_NPROC and for pids.max alike; the program chooses which one it was.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void) {
    alarm(5);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_NPROC, &none);
    pid_t child = fork();
    if (child == 0) _exit(0);
    if (child > 0) printf("BREACH: a process beyond the limit of none\n");
    else printf("refused: %s fork\n", strerrorname_np(errno));
    fprintf(stderr, "fork: Resource temporarily unavailable\n");
    return 1;
}
