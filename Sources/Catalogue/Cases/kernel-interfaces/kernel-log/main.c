// The log holds kernel addresses, other users' crashes and the names of devices.
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
    static char text[1 << 16];
    // READ_ALL, SIZE_UNREAD, SIZE_BUFFER; nothing that clears or turns the console off.
    const int actions[] = {3, 9, 10};
    for (int i = 0; i < 3; i++) {
        if (syscall(SYS_syslog, actions[i], text, sizeof text) > 0) breach("syslog");
        else refused("syslog");
    }
    const char *paths[] = {"/dev/kmsg", "/proc/kmsg", "/var/log/dmesg", "/var/log/kern.log", "/run/log"};
    for (int i = 0; i < 5; i++) {
        int file = open(paths[i], O_RDONLY | O_NONBLOCK);
        if (file < 0) refused(paths[i]);
        else if (read(file, text, sizeof text) > 0) breach(paths[i]);
        else printf("empty: %s\n", paths[i]);
    }
    return breaches;
}
