// A tracer sees every call after the filter has passed it and can make it another (before Linux 4.8 that was a way
// round any filter). Also asked for: init, the parent and the victim.
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
#include <sys/ptrace.h>
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
        // PTRACE_O_SUSPEND_SECCOMP with and without.
        if (ptrace(PTRACE_SEIZE, targets[i], NULL, 1 << 21) == 0) breach("PTRACE_SEIZE without filters");
        else refused("PTRACE_SEIZE");
        if (ptrace(PTRACE_SEIZE, targets[i], NULL, 0) == 0) breach("PTRACE_SEIZE");
        else refused("PTRACE_SEIZE");
        if (ptrace(PTRACE_ATTACH, targets[i], NULL, NULL) == 0) breach("PTRACE_ATTACH");
        else refused("PTRACE_ATTACH");
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    child = fork();
    if (child == 0) {
        long traced = ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        if (traced == 0) breach("PTRACE_TRACEME");
        else refused("PTRACE_TRACEME");
        _exit(breaches);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return breaches || status;
}
