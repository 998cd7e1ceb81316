// A fault that the program answers when it likes stops the kernel in the middle of copying, which is how races are won.
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
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

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
    const int flags[] = {0, O_CLOEXEC | O_NONBLOCK, UFFD_USER_MODE_ONLY, UFFD_USER_MODE_ONLY | O_NONBLOCK};
    for (int i = 0; i < 4; i++) {
        int faults = syscall(SYS_userfaultfd, flags[i]);
        if (faults < 0) {
            refused("userfaultfd");
            continue;
        }
        breach("userfaultfd");
        struct uffdio_api api = {.api = UFFD_API};
        if (ioctl(faults, UFFDIO_API, &api) == 0) breach("and it works");
        close(faults);
    }
    int device = open("/dev/userfaultfd", O_RDWR);
    if (device >= 0) breach("/dev/userfaultfd");
    else refused("/dev/userfaultfd");
    return breaches;
}
