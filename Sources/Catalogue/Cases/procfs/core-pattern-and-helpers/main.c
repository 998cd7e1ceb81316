// The kernel runs what core_pattern, modprobe, the hotplug helper, poweroff_cmd and request-key name, as root, in the host's namespaces.
// Being able to open one for writing is all it takes; nothing is written.
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
int main(void) {
    alarm(15);
    const char *paths[] = {
        "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sys/kernel/hotplug",
        "/proc/sys/kernel/poweroff_cmd", "/proc/sys/kernel/usermodehelper/bset", "/proc/sys/fs/binfmt_misc/register",
        "/sys/kernel/uevent_helper", "/sys/fs/cgroup/release_agent", "/sys/fs/cgroup/memory/release_agent",
        "/proc/sys/vm/panic_on_oom", "/proc/sys/kernel/panic", "/proc/sysrq-trigger",
        "/proc/self/root/proc/sys/kernel/core_pattern",
    };
    for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++) {
        int file = open(paths[i], O_WRONLY | O_CLOEXEC);
        struct stat status;
        // A /dev/null in its place is a cover.
        if (file >= 0 && fstat(file, &status) == 0 && !S_ISCHR(status.st_mode)) breach(paths[i]);
        else refused(paths[i]);
    }
    return breaches;
}
