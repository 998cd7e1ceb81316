// Keyrings belong to a user and not to a namespace: what one container leaves another of the same user finds.
// request_key makes the kernel start a helper on the host.
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
    const int rings[] = {-1, -2, -3, -4, -5};
    for (int i = 0; i < 5; i++) {
        long key = syscall(SYS_add_key, "user", "@@MARK@@", "payload", 7UL, rings[i]);
        if (key >= 0) {
            breach("a key in a keyring");
            syscall(SYS_keyctl, 3, key);
        } else {
            refused("add_key");
        }
        // KEYCTL_GET_KEYRING_ID, without making one.
        if (syscall(SYS_keyctl, 0, rings[i], 0) >= 0) breach("a keyring");
        else refused("keyctl");
    }
    // KEYCTL_JOIN_SESSION_KEYRING, by the name that others may have used.
    if (syscall(SYS_keyctl, 1, "_ses") >= 0) breach("a session keyring");
    else refused("keyctl JOIN");
    if (syscall(SYS_request_key, "user", "@@MARK@@", NULL, 0) >= 0 || errno == ENOKEY) breach("request_key");
    else refused("request_key");
    if (syscall(SYS_add_key, "big_key", "@@MARK@@", "x", 1UL, -2) >= 0) breach("add_key big_key");
    else refused("add_key");
    return breaches;
}
