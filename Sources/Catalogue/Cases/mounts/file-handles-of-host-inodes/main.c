// A handle names an inode past every mount and directory permission (Docker's "shocker", CVE-2014-9357 and its kind).
// Making one of a file of the host's file system needs no privilege, and since Linux 6.14 opening one of a pidfd neither.
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
struct handle { unsigned bytes; int type; unsigned char name[128]; };

int main(void) {
    alarm(15);
    const char *paths[] = {"/usr", "/etc/ld.so.cache", "/dev/null"};
    int mount = 0;
    for (int i = 0; i < 3; i++) {
        struct handle handle = {.bytes = 128};
        char what[64];
        snprintf(what, sizeof what, "name_to_handle_at %s", paths[i]);
        if (syscall(SYS_name_to_handle_at, AT_FDCWD, paths[i], &handle, &mount, 0) == 0) breach(what);
        else refused(what);
    }
    // Inode 2 is the root of an ext4.
    int usr = open("/usr", O_RDONLY | O_DIRECTORY);
    struct handle root = {.bytes = 8, .type = 1, .name = {2}};
    int directory = syscall(SYS_open_by_handle_at, usr, &root, O_RDONLY | O_DIRECTORY);
    if (directory >= 0) breach("the root of the host's file system by its handle");
    else refused("open_by_handle_at inode 2");
    int self = syscall(SYS_pidfd_open, getpid(), 0);
    struct handle process = {.bytes = 128};
    if (syscall(SYS_name_to_handle_at, self, "", &process, &mount, AT_EMPTY_PATH) == 0) {
        breach("a handle of a process");
        if (syscall(SYS_open_by_handle_at, -10002, &process, 0) >= 0) breach("a process by its handle");
    } else {
        refused("name_to_handle_at pidfd");
    }
    return breaches;
}
