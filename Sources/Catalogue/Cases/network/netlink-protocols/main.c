// Netlink serves audit, device events, IPsec, SELinux, connectors that report every fork on the host. Only routing, which lists
// interfaces, has a use in a sandbox.
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
#include <linux/netlink.h>
#include <sys/socket.h>

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
    char allowed[256] = "";
    for (int protocol = 0; protocol < 32; protocol++) {
        const int kinds[] = {SOCK_RAW, SOCK_DGRAM};
        for (int k = 0; k < 2; k++) {
            int peer = socket(AF_NETLINK, kinds[k], protocol);
            char what[32];
            snprintf(what, sizeof what, "netlink %d", protocol);
            if (peer < 0) {
                refused(what);
                continue;
            }
            if (k == 0) snprintf(allowed + strlen(allowed), sizeof allowed - strlen(allowed), "%d ", protocol);
            if (protocol != 0) breach(what);
            struct sockaddr_nl groups = {.nl_family = AF_NETLINK, .nl_groups = ~0u};
            if (protocol != 0 && bind(peer, (struct sockaddr *)&groups, sizeof groups) == 0) breach("its groups");
            close(peer);
        }
        if (socket(AF_NETLINK, SOCK_RAW, protocol | 0x40) >= 0) breach("a protocol that does not exist");
    }
    printf("allowed: %s\n", allowed);
    return breaches;
}
