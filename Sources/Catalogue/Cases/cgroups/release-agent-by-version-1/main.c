// unshare gives the capability that mount asks for, and before Linux 5.17 nothing more was asked to write release_agent,
// which the kernel starts on the host when the last process leaves the group.
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
    char folder[] = "/tmp";
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWCGROUP) != 0) refused("unshare");
    const char *controllers[] = {"memory", "cpuset", "pids", "devices", "freezer", "rdma", "misc", "none,name=systemd"};
    for (int i = 0; i < 8; i++) {
        if (mount("cgroup", folder, "cgroup", 0, controllers[i]) != 0) {
            refused("mount cgroup");
            continue;
        }
        breach(controllers[i]);
        char path[64];
        snprintf(path, sizeof path, "%s/release_agent", folder);
        if (access(path, W_OK) == 0) breach("a release agent can be named");
        umount2(folder, MNT_DETACH);
    }
    int context = syscall(430, "cgroup", 1);
    if (context < 0) refused("fsopen cgroup");
    else breach("fsopen cgroup");
    return breaches;
}
