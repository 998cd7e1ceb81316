// A processor-time limit of one second on whoever watches the program would end the watching.
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
#include <sys/resource.h>
#include <sys/wait.h>

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
    pid_t child = fork();
    if (child == 0) {
        sleep(2);
        _exit(0);
    }
    pid_t targets[] = {child, 1, getppid(), @@VICTIM_PID@@};
    for (int i = 0; i < 4; i++) {
        struct rlimit limit = {0, 0}, old;
        if (syscall(SYS_prlimit64, targets[i], RLIMIT_NOFILE, NULL, &old) == 0) breach("limits read");
        else refused("prlimit64");
        if (syscall(SYS_prlimit64, targets[i] | 0x100000000L, RLIMIT_CORE, &limit, NULL) == 0) breach("limits set");
        else refused("prlimit64");
    }
    struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    // An answer of success is worth what the limit is afterwards: one byte is none for a core file.
    struct rlimit core;
    if (setrlimit(RLIMIT_CORE, &more) != 0) refused("setrlimit RLIMIT_CORE");
    else if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur > 1) breach("core files may be written");
    if (setrlimit(RLIMIT_NOFILE, &more) == 0) breach("any number of descriptors");
    else refused("setrlimit RLIMIT_NOFILE");
    kill(child, SIGKILL);
    return breaches;
}
