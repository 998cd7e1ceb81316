// By description, by searching the rings, by joining a named session, and through /proc/keys.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void said(long result, const char *what) {
    if (result >= 0) printf("BREACH: %s\n", what);
    else printf("refused: %s %s\n", strerrorname_np(errno), what);
}

int main(void) {
    said(syscall(SYS_request_key, "user", "@@MARK@@", NULL, 0), "request_key");
    for (long ring = -3; ring >= -5; ring--) said(syscall(SYS_keyctl, 10, ring, "user", "@@MARK@@", 0), "keyctl search");
    said(syscall(SYS_keyctl, 1, "@@MARK@@"), "keyctl join");
    char line[512];
    FILE *keys = fopen("/proc/keys", "r");
    while (keys && fgets(line, sizeof line, keys))
        if (strstr(line, "@@MARK@@")) printf("BREACH: %s", line);
    return 0;
}
