// A clean-up that changes owner or mode of what lies in the work directory changes the file behind every name.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void said(int result, const char *what) {
    if (result == 0) printf("BREACH: %s\n", what);
    else printf("refused: %s %s\n", strerrorname_np(errno), what);
    fflush(stdout);
}

int main(void) {
    said(link("@@SECRET_PATH@@", "secret"), "link secret");
    said(link("@@TAMPER_PATH@@", "tamper"), "link tamper");
    said(link("/usr/bin/id", "id"), "link /usr/bin/id");
    int file = open("/usr/bin/id", O_RDONLY), path = open("/etc/hosts", O_PATH);
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    said(linkat(AT_FDCWD, name, AT_FDCWD, "by-fd", AT_SYMLINK_FOLLOW), "linkat /proc/self/fd");
    snprintf(name, sizeof name, "/proc/self/fd/%d", path);
    said(linkat(AT_FDCWD, name, AT_FDCWD, "by-path", AT_SYMLINK_FOLLOW), "linkat O_PATH");
    said(linkat(file, "", AT_FDCWD, "by-handle", AT_EMPTY_PATH), "linkat AT_EMPTY_PATH");
    said(rename("/etc/hosts", "hosts"), "rename /etc/hosts");
    said(linkat(AT_FDCWD, "/proc/self/exe", AT_FDCWD, "/dev/shm/exe", AT_SYMLINK_FOLLOW), "linkat /proc/self/exe");
    return 0;
}
