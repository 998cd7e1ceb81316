// Where the sandbox's tree is still a peer of the host's, what is mounted here appears there.
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
    mkdir("/work/@@MARK@@", 0755);
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) refused("unshare");
    const unsigned long kinds[] = {MS_SHARED, MS_SLAVE, MS_PRIVATE};
    const char *names[] = {"mount MS_SHARED", "mount MS_SLAVE", "mount MS_PRIVATE"};
    for (int i = 0; i < 3; i++) {
        if (mount(NULL, "/", NULL, kinds[i] | MS_REC, NULL) == 0) breach(names[i]);
        else refused(names[i]);
    }
    if (mount("@@MARK@@", "/work/@@MARK@@", "tmpfs", 0, "size=4k") == 0) breach("a mount that may spread");
    else refused("mount tmpfs");
    FILE *mounts = fopen("/proc/self/mountinfo", "r");
    char line[4096];
    while (mounts && fgets(line, sizeof line, mounts))
        if (strstr(line, " shared:") || strstr(line, " master:")) breach(line);
    return breaches;
}
