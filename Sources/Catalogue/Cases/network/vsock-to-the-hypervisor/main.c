// In a virtual machine the host is number 2, and what listens there trusts its guests. Only an unused local port is tried.
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
#include <linux/vm_sockets.h>
#include <sys/ioctl.h>
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
    const int kinds[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
    for (int i = 0; i < 3; i++) {
        int peer = socket(40, kinds[i] | SOCK_NONBLOCK, 0);
        if (peer < 0) {
            refused("socket AF_VSOCK");
            continue;
        }
        breach("a vsock socket");
        struct sockaddr_vm here = {.svm_family = 40, .svm_cid = VMADDR_CID_ANY, .svm_port = VMADDR_PORT_ANY};
        if (bind(peer, (struct sockaddr *)&here, sizeof here) == 0) breach("and it has an address");
        close(peer);
    }
    if (syscall(SYS_socket, 0x100000028L, SOCK_STREAM, 0L) >= 0) breach("with high bits");
    int device = open("/dev/vsock", O_RDONLY);
    unsigned number;
    if (device < 0) refused("/dev/vsock");
    else if (ioctl(device, 0x7b9, &number) == 0) breach("the machine's number");
    return breaches;
}
