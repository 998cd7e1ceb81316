// The disk limit is an option of the tmpfs. Who may reconfigure it has no limit.
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
#include <sys/mount.h>
#include <sys/statvfs.h>

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
static unsigned long long room(void) {
    struct statvfs space;
    return statvfs("/work", &space) == 0 ? space.f_blocks * space.f_frsize : 0;
}

int main(void) {
    alarm(15);
    unsigned long long before = room();
    int context = syscall(433, AT_FDCWD, "/work", 1);
    if (context < 0) refused("fspick");
    else if (syscall(431, context, 1, "size", "512m", 0) || syscall(431, context, 7, NULL, NULL, 0)) refused("fsconfig");
    if (mount(NULL, "/work", NULL, MS_REMOUNT, "size=512m") != 0) refused("mount MS_REMOUNT");
    if (room() > before || before > 4 << 20) breach("the file system is larger than its limit");
    return breaches;
}
