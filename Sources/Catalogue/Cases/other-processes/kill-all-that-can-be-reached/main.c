// Alone in its namespace, the program has nobody to reach but itself and init, which kill(-1) passes over.
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
#include <sys/wait.h>

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
    if (kill(-1, 0) == 0) breach("kill -1 finds others");
    else refused("kill -1");
    // Init's group and session, and those of whoever started it.
    // A group of 0 stands outside the namespace, and kill would take it for the caller's own.
    pid_t group = getpgid(1);
    if (group > 1 && kill(-group, 0) == 0) breach("the group of init");
    if (kill(1, 0) == 0) breach("init may be signalled");
    else refused("kill 1");
    if (kill(getppid(), 0) == 0) breach("the parent may be signalled");
    else refused("kill the parent");
    if (setpgid(0, 0) != 0) refused("setpgid");
    if (setpgid(0, 1) == 0) breach("joined the group of init");
    else refused("setpgid to init's");
    return breaches;
}
