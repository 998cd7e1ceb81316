// A mark on the mount of /usr tells of every program the host starts.
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
#include <sys/fanotify.h>

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
    const unsigned groups[] = {FAN_CLASS_NOTIF, FAN_REPORT_FID, FAN_REPORT_DFID_NAME, FAN_CLASS_CONTENT, FAN_CLASS_PRE_CONTENT};
    for (int i = 0; i < 5; i++) {
        int group = syscall(SYS_fanotify_init, groups[i], O_RDONLY);
        if (group < 0) {
            refused("fanotify_init");
            continue;
        }
        breach("a fanotify group");
        const unsigned marks[] = {FAN_MARK_ADD, FAN_MARK_ADD | FAN_MARK_MOUNT, FAN_MARK_ADD | FAN_MARK_FILESYSTEM};
        for (int m = 0; m < 3; m++)
            if (syscall(SYS_fanotify_mark, group, marks[m], (uint64_t)FAN_OPEN, AT_FDCWD, "/usr/bin") == 0) breach("a mark");
        close(group);
    }
    if (syscall(SYS_fanotify_mark, 0, FAN_MARK_ADD, (uint64_t)FAN_OPEN, AT_FDCWD, "/") == 0) breach("fanotify_mark");
    else refused("fanotify_mark");
    return breaches;
}
