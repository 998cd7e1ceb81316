// Most kernel exploits of the last years begin with this call (CVE-2022-0185, CVE-2023-32233, CVE-2024-1086). Signals
// in the low byte and garbage above 32 bits must not let it through.
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
#include <sched.h>
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
    const unsigned long forms[] = {
        CLONE_NEWUSER | SIGCHLD, CLONE_NEWUSER | CLONE_NEWNET | SIGCHLD, CLONE_NEWUSER | CLONE_NEWNS | 0xdead00000000UL | SIGCHLD,
        CLONE_NEWUSER | CLONE_VM | CLONE_VFORK, CLONE_NEWPID | CLONE_NEWUSER, CLONE_NEWUSER | CLONE_FILES | CLONE_IO | 17,
        0xffffffff00000000UL | CLONE_NEWUSER | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP,
    };
    for (int i = 0; i < 7; i++) {
        unsigned long flags = forms[i] & ~(unsigned long)CLONE_VM;
        long child = syscall(SYS_clone, flags, 0, 0, 0, 0);
        if (child == 0) _exit(0);
        if (child < 0) refused("clone");
        else breach("a child in a namespace of its own");
        if (child > 0) waitpid(child, NULL, __WALL);
    }
    return breaches;
}
