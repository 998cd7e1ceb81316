// pid 1 is where the sandbox was built from. A pidfd needs no /proc, so that hiding /proc/1 does not help.
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
    int targets[] = {1, getppid()};
    const int kinds[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP};
    const char *names[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup"};
    for (int t = 0; t < 2; t++) {
        int process = syscall(SYS_pidfd_open, targets[t], 0);
        if (process < 0) refused("pidfd_open");
        for (int i = 0; i < 7; i++) {
            if (process >= 0) {
                if (setns(process, kinds[i]) == 0) breach(names[i]);
                else refused("setns pidfd");
            }
            char path[64];
            snprintf(path, sizeof path, "/proc/%d/ns/%s", targets[t], names[i]);
            int file = open(path, O_RDONLY);
            if (file < 0) refused(path);
            else if (setns(file, kinds[i]) == 0) breach(path);
            else refused("setns file");
        }
        if (process >= 0) {
            // Since Linux 6.11 a pidfd gives the namespaces themselves: PIDFD_GET_*_NAMESPACE.
            extern int ioctl(int, unsigned long, ...);
            for (int number = 1; number <= 10; number++) {
                int space = ioctl(process, 0xff00 | number, 0);
                if (space >= 0) breach("a namespace of pid 1 by its pidfd");
                else refused("ioctl pidfd");
            }
        }
    }
    int file = open("@@SECRET_PATH@@", O_RDONLY);
    char text[128];
    ssize_t size = file < 0 ? -1 : read(file, text, sizeof text);
    if (size > 0) write(1, text, size);
    return breaches;
}
