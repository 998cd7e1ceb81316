// Frames of every process, below any firewall; the ring code gave the kernel away in 2016, 2017 and 2020.
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
#include <arpa/inet.h>
#include <linux/if_packet.h>
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
        const int kinds[] = {SOCK_RAW, SOCK_DGRAM, SOCK_PACKET};
        for (int i = 0; i < 3; i++) {
            int tap = socket(AF_PACKET, kinds[i], htons(3));
            if (tap < 0) {
                refused("socket AF_PACKET");
                continue;
            }
            breach("a packet socket");
            struct tpacket_req ring = {4096, 4, 2048, 8};
            int version = 2;
            if (setsockopt(tap, 263, PACKET_VERSION, &version, sizeof version) == 0 &&
                setsockopt(tap, 263, PACKET_RX_RING, &ring, sizeof ring) == 0)
                breach("and a ring");
        }
        if (socket(44, SOCK_RAW, 0) >= 0) breach("an XDP socket");
        else refused("socket AF_XDP");
        if (round == 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) refused("unshare");
    }
    return breaches;
}
