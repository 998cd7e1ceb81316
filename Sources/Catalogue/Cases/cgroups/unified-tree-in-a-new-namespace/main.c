// With the tree mounted, its own group's cgroup.procs is where a delegated process moves itself out, and memory.max what
// it raises. fsopen needs no mount(2).
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
    char map[32];
    snprintf(map, sizeof map, "0 %d 1", getuid());
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWCGROUP) != 0) refused("unshare");
    int maps = open("/proc/self/uid_map", O_WRONLY);
    if (maps >= 0) write(maps, map, strlen(map));
    int context = syscall(430, "cgroup2", 1);
    if (context < 0) {
        refused("fsopen cgroup2");
        return breaches;
    }
    int tree = syscall(431, context, 6, NULL, NULL, 0) == 0 ? syscall(432, context, 1, 0) : -1;
    if (tree < 0) {
        refused("fsmount cgroup2");
        return breaches;
    }
    breach("the tree is mounted");
    const char *files[] = {"cgroup.procs", "memory.max", "pids.max", "cpu.max", "cgroup.subtree_control", "cgroup.kill"};
    for (int i = 0; i < 6; i++) {
        int file = openat(tree, files[i], O_WRONLY);
        if (file >= 0) breach(files[i]);
        else refused(files[i]);
    }
    return breaches;
}
