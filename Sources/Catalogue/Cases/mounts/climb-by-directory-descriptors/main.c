// Where one file system is mounted twice, a directory moved from below one mount to below the other has a .. that leads
// past the first one's root. /work, /tmp and /dev/shm are one file system here.
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
#include <linux/openat2.h>

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
static void look(int from, const char *path, unsigned long long resolve) {
    struct open_how how = {.flags = O_RDONLY, .resolve = resolve};
    int file = syscall(SYS_openat2, from, path, &how, sizeof how);
    char text[128];
    ssize_t size = file < 0 ? -1 : read(file, text, sizeof text);
    if (size > 0) {
        write(1, text, size);
        breach(path);
    } else {
        refused("openat2");
    }
    if (file >= 0) close(file);
}

int main(void) {
    alarm(15);
    mkdir("a", 0755);
    mkdir("a/b", 0755);
    int inside = open("a/b", O_PATH | O_DIRECTORY);
    if (rename("a/b", "/tmp/@@MARK@@-b") == 0) breach("a directory was moved below another mount");
    else refused("rename");
    if (linkat(AT_FDCWD, "/usr/bin/env", AT_FDCWD, "env", 0) == 0) breach("a host file was linked");
    else refused("linkat");
    char path[4096] = "";
    for (int i = 0; i < 40; i++) strcat(path, "../");
    strcat(path, &"@@SECRET_PATH@@"[1]);
    look(inside, path, 0);
    look(open("/", O_PATH | O_DIRECTORY), path, 0);
    look(open("/proc/self/root", O_PATH | O_DIRECTORY), path, 0);
    look(open("/proc/self/cwd", O_PATH | O_DIRECTORY), path, RESOLVE_IN_ROOT);
    look(AT_FDCWD, "/proc/self/root@@SECRET_PATH@@", 0);
    look(AT_FDCWD, "@@SECRET_PATH@@", 0);
    return breaches;
}
