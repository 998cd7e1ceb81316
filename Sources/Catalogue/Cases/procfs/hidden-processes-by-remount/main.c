// hidepid is an option of the mount, and each new procfs has its own.
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
#include <sys/mount.h>

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
    struct stat status;
    for (int round = 0; round < 2; round++) {
        if (mount(NULL, "/proc", NULL, MS_REMOUNT, "hidepid=0") == 0) breach("mount hidepid=0");
        else refused("mount hidepid=0");
        if (mount("proc", "/tmp", "proc", 0, NULL) == 0) breach("mount proc");
        else refused("mount proc");
        int context = syscall(430, "proc", 1);
        if (context < 0) refused("fsopen proc");
        else if (syscall(431, context, 6, NULL, NULL, 0) == 0 && syscall(432, context, 1, 0) >= 0) breach("fsmount proc");
        if (stat("/proc/1", &status) == 0) breach("init is in sight");
        else refused("stat /proc/1");
        if (round == 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID) != 0) refused("unshare");
    }
    return breaches;
}
