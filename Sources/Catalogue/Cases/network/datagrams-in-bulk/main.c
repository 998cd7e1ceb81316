// No connect is made, destinations stand in the messages, and control data names the interface and the source address.
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
#include <netinet/in.h>
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
    const char *addresses[] = {"127.0.0.1", "127.9.9.9", "0.0.0.0", "255.255.255.255", "224.0.0.1", "169.254.1.1", "10.0.0.1", "172.17.0.1"};
    struct sockaddr_in where[8];
    struct mmsghdr messages[8] = {0};
    struct iovec text = {"probe", 5};
    for (int i = 0; i < 8; i++) {
        where[i] = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(@@UDP_PORT@@)};
        inet_pton(AF_INET, addresses[i], &where[i].sin_addr);
        messages[i].msg_hdr = (struct msghdr){.msg_name = &where[i], .msg_namelen = sizeof where[i], .msg_iov = &text, .msg_iovlen = 1};
    }
    const int flags[] = {0, MSG_DONTROUTE, MSG_CONFIRM, MSG_MORE};
    for (int f = 0; f < 4; f++) {
        for (int i = 0; i < 8; i++) {
            // One socket each: what MSG_MORE holds back keeps the route of the first.
            int peer = socket(AF_INET, SOCK_DGRAM, 0), on = 1;
            setsockopt(peer, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
            int sent = sendmmsg(peer, messages + i, 1, flags[f]);
            // 0.0.0.0 is the program's own machine, where nobody hears it; the host's listeners would tell otherwise.
            if (sent > 0 && i != 2) breach(addresses[i]);
            else if (sent <= 0) refused("sendmmsg");
            close(peer);
        }
    }
    int peer = socket(AF_INET, SOCK_DGRAM, 0);
    char control[CMSG_SPACE(sizeof(struct in_pktinfo))] = {0};
    messages[0].msg_hdr.msg_control = control;
    messages[0].msg_hdr.msg_controllen = sizeof control;
    struct cmsghdr *head = CMSG_FIRSTHDR(&messages[0].msg_hdr);
    head->cmsg_level = IPPROTO_IP;
    head->cmsg_type = IP_PKTINFO;
    head->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
    ((struct in_pktinfo *)CMSG_DATA(head))->ipi_ifindex = 1;
    if (sendmsg(peer, &messages[0].msg_hdr, 0) > 0) breach("by interface number 1");
    else refused("sendmsg by interface");
    return breaches;
}
