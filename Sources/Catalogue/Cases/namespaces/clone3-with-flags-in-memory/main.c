// clone3 takes its flags by pointer: a filter has to refuse the call whole, and with ENOSYS, or new libcs stop working.
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
#include <linux/sched.h>
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
    const uint64_t forms[] = {CLONE_NEWUSER, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID, CLONE_INTO_CGROUP | CLONE_NEWUSER, 0};
    for (int i = 0; i < 4; i++) {
        struct clone_args arguments = {.flags = forms[i], .exit_signal = SIGCHLD};
        size_t size = 64;
        if (forms[i] & CLONE_INTO_CGROUP) {
            arguments.cgroup = open("/sys/fs/cgroup", O_PATH | O_DIRECTORY);
            size = sizeof arguments;
        }
        long child = syscall(435, &arguments, size);
        if (child == 0) _exit(0);
        if (child < 0) refused("clone3");
        else breach("a child by clone3");
        if (child > 0) waitpid(child, NULL, 0);
    }
    return breaches;
}
