// A removed group lives on as long as a page is charged to it; after enough runs the kernel has none left to give.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    alarm(10);
    static const char *const roots[] = {
        "/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/pids", "/sys/fs/cgroup/unified", "/proc/1/root/sys/fs/cgroup",
    };
    for (int i = 0; i < 5; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/@@MARK@@", roots[i]);
        if (mkdir(path, 0700) == 0) printf("BREACH: made the group %s\n", path);
        else printf("refused: %s mkdir %s\n", strerrorname_np(errno), roots[i]);
    }
    static char data[1 << 20];
    memset(data, 'k', sizeof data);
    int file = open("/dev/shm/kept", O_CREAT | O_RDWR, 0600);
    long kept = 0;
    for (int i = 0; i < 8; i++) kept += write(file, data, sizeof data);
    unlink("/dev/shm/kept");
    // Pages of the host's own files, charged here when nobody has read them yet.
    int shared = open("/usr/bin/perl", O_RDONLY);
    if (shared >= 0) readahead(shared, 0, 4 << 20);
    printf("left %ld MB\n", kept >> 20);
    fflush(stdout);
    return 0;
}
