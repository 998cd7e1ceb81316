// Reading /dev/mem or a disk out of a device node gives everything; the mode's high bits are cut off by the kernel.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int main(void) {
    const struct { mode_t type; unsigned major, minor; const char *name; } devices[] = {
        {S_IFCHR, 1, 1, "mem"}, {S_IFCHR, 1, 11, "kmsg"}, {S_IFBLK, 8, 0, "sda"}, {S_IFBLK, 254, 0, "vda"},
        {S_IFBLK, 259, 0, "nvme"}, {S_IFCHR, 5, 1, "console"}, {S_IFCHR, 10, 232, "kvm"}, {S_IFCHR, 1, 5, "zero"},
    };
    const unsigned long high[] = {0, 1UL << 16, 1UL << 31, 1UL << 32, 0xffffUL << 48};
    int tried = 0, refused = 0;
    for (unsigned i = 0; i < sizeof devices / sizeof devices[0]; i++)
        for (int way = 0; way < 10; way++) {
            char name[32];
            snprintf(name, sizeof name, "%s%d.txt", devices[i].name, way);
            unsigned long mode = devices[i].type | 0666 | high[way % 5];
            dev_t device = makedev(devices[i].major, devices[i].minor);
#ifdef SYS_mknod
            long result = way < 5 ? syscall(SYS_mknod, name, mode, device) : syscall(SYS_mknodat, AT_FDCWD, name, mode, device);
#else
            long result = syscall(SYS_mknodat, AT_FDCWD, name, mode, device);
#endif
            tried++;
            struct stat made;
            if (result == 0 && lstat(name, &made) == 0 && !S_ISREG(made.st_mode)) printf("BREACH: made %s\n", name);
            else if (result != 0 && errno == EPERM) refused++;
            else if (result == 0) unlink(name), refused++;
            else printf("refused: %s\n", strerrorname_np(errno));
        }
    // A whiteout is a device 0:0, which overlay makes by itself.
    if (renameat2(AT_FDCWD, "main.c", AT_FDCWD, "moved", RENAME_WHITEOUT) == 0) rename("moved", "main.c"), printf("whiteout made\n");
    printf("refused: EPERM %d of %d\n", refused, tried);
    return 0;
}
