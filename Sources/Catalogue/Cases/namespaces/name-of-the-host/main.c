// A changed name makes the host's logs, certificates and clusters take it for another; even in a namespace of the sandbox's it must stay.
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
#include <sys/utsname.h>

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
    struct utsname before, after;
    uname(&before);
    if (sethostname("@@MARK@@", strlen("@@MARK@@")) != 0) refused("sethostname");
    if (setdomainname("@@MARK@@", strlen("@@MARK@@")) != 0) refused("setdomainname");
    int file = open("/proc/sys/kernel/hostname", O_WRONLY);
    if (file < 0 || write(file, "@@MARK@@", strlen("@@MARK@@")) < 0) refused("write hostname");
    uname(&after);
    if (strcmp(before.nodename, after.nodename) || strcmp(before.domainname, after.domainname)) breach("the name is another");
    return breaches;
}
