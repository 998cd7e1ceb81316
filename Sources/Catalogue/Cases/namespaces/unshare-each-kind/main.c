// A new user namespace gives every capability inside it, and with them a hundred kernel interfaces that only root could
// reach before. Each other kind is asked for with it and alone.
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
    const struct { const char *name; int flag; } kinds[] = {
        {"user", CLONE_NEWUSER}, {"mount", CLONE_NEWNS}, {"pid", CLONE_NEWPID}, {"network", CLONE_NEWNET},
        {"ipc", CLONE_NEWIPC}, {"uts", CLONE_NEWUTS}, {"cgroup", CLONE_NEWCGROUP}, {"time", 0x80},
    };
    for (int i = 0; i < 8; i++) {
        if (strcmp(kinds[i].name, "@@EACH@@")) continue;
        // The kernel reads 32 bits of the argument; a filter that compares 64 can be led astray by the others.
        for (int high = 0; high < 2; high++) {
            for (int user = 1; user >= 0; user--) {
                long flags = kinds[i].flag | (user ? CLONE_NEWUSER : 0) | (high ? 0x100000000L : 0);
                if (syscall(SYS_unshare, flags) == 0) breach("unshare @@EACH@@");
                else refused("unshare @@EACH@@");
            }
        }
    }
    return breaches;
}
