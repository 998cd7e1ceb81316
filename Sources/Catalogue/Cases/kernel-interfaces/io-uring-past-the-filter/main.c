// What the ring does is done by the kernel's own threads or behind the filter's back: 60 % of the exploits in Google's
// programme began here.
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
#include <linux/io_uring.h>

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
    const unsigned flags[] = {0, IORING_SETUP_IOPOLL, IORING_SETUP_SQPOLL, IORING_SETUP_R_DISABLED};
    for (int i = 0; i < 4; i++) {
        struct io_uring_params parameters = {.flags = flags[i]};
        int ring = syscall(SYS_io_uring_setup, 4, &parameters);
        if (ring >= 0) {
            breach("a ring");
            close(ring);
        } else {
            refused("io_uring_setup");
        }
    }
    // Descriptors that are no ring, and the opcode that needs none (IORING_REGISTER_SEND_MSG_RING, 6.13: -1).
    unsigned char message[64] = {40};
    if (syscall(SYS_io_uring_register, -1, 31, message, 1) >= 0) breach("io_uring_register");
    else refused("io_uring_register");
    if (syscall(SYS_io_uring_enter, 0, 1, 0, 0, NULL, 0) >= 0) breach("io_uring_enter");
    else refused("io_uring_enter");
    return breaches;
}
