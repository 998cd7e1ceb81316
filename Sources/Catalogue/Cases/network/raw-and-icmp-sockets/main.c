// Raw sockets answer and forge for every protocol. Asked for in a user and network namespace of one's own too.
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
#include <netinet/in.h>
#include <sched.h>
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
    for (int round = 0; round < 2; round++) {
        const int families[] = {AF_INET, AF_INET6};
        for (int i = 0; i < 2; i++) {
            if (socket(families[i], SOCK_DGRAM, families[i] == AF_INET ? IPPROTO_ICMP : IPPROTO_ICMPV6) >= 0) breach("a ping socket");
            else refused("socket ICMP");
            const int protocols[] = {IPPROTO_RAW, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IGMP, IPPROTO_GRE};
            for (int p = 0; p < 6; p++) {
                if (socket(families[i], SOCK_RAW, protocols[p]) >= 0) breach("a raw socket");
                else refused("socket RAW");
                if (socket(families[i], SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocols[p]) >= 0) breach("a raw socket");
            }
        }
        if (round == 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) refused("unshare");
    }
    return breaches;
}
