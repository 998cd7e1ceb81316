// The kernel says which user namespace owns each of the others. An owner that is not the program's own user namespace, or that it
// may not see, means that the namespace is one from outside: the host's, or one that others share.
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
    struct stat user, owner;
    if (stat("/proc/self/ns/user", &user) != 0) {
        refused("stat");
        return 1;
    }
    const char *names[] = {"mnt", "pid", "net", "ipc", "uts"};
    int own = 0;
    for (int i = 0; i < 5; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/ns/%s", names[i]);
        int file = open(path, O_RDONLY);
        int above = file < 0 ? -1 : ioctl(file, 0xb701);
        if (above < 0) {
            refused(path);
            breach(path);
        } else if (fstat(above, &owner) != 0 || owner.st_ino != user.st_ino) {
            breach(path);
        } else {
            own++;
        }
    }
    printf("own: %d\n", own);
    int self = open("/proc/self/ns/user", O_RDONLY);
    if (ioctl(self, 0xb702) >= 0) breach("the user namespace above");
    else refused("NS_GET_PARENT user");
    int pids = open("/proc/self/ns/pid", O_RDONLY);
    if (ioctl(pids, 0xb702) >= 0) breach("the process namespace above");
    else refused("NS_GET_PARENT pid");
    return breaches;
}
