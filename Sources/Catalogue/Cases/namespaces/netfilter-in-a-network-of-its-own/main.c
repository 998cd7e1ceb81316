// The use-after-free in nf_tables was open to every user because a network namespace of one's own gives CAP_NET_ADMIN.
// A batch that makes a table shows that the code is reached; the table dies with the namespace.
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
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
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
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) refused("unshare");
    int netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
    if (netlink < 0) {
        refused("socket NETLINK_NETFILTER");
        return breaches;
    }
    breach("a netfilter socket");
    // NFT_MSG_GETGEN.
    struct { struct nlmsghdr head; struct nfgenmsg body; } ask = {
        {sizeof ask, NFNL_SUBSYS_NFTABLES << 8 | 16, NLM_F_REQUEST, 1, 0}, {0, 0, 0}};
    char answer[512];
    if (send(netlink, &ask, sizeof ask, 0) < 0) refused("send");
    else if (recv(netlink, answer, sizeof answer, MSG_DONTWAIT) > 0) breach("nf_tables answers");
    return breaches;
}
