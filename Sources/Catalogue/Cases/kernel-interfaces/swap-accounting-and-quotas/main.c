// Each is given a path that exists for nobody, so that nothing changes; any answer but EPERM comes from behind the wall.
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
static void judge(long result, const char *what) {
    if (result >= 0 || (errno != EPERM && errno != ENOSYS)) breach(what);
    else refused(what);
}

int main(void) {
    alarm(15);
    const char *nowhere = "/work/nowhere";
    judge(syscall(SYS_acct, nowhere), "acct");
    judge(syscall(SYS_swapon, nowhere, 0), "swapon");
    judge(syscall(SYS_swapoff, nowhere), "swapoff");
    // Q_SYNC of user quotas, and Q_GETFMT of a descriptor.
    judge(syscall(SYS_quotactl, 0x80000100, NULL, 0, NULL), "quotactl");
    int format;
    judge(syscall(443, open("/usr", O_RDONLY), 0x80000400, 0, &format), "quotactl_fd");
    judge(syscall(SYS_lookup_dcookie, 1UL, &format, 4UL), "lookup_dcookie");
    return breaches;
}
