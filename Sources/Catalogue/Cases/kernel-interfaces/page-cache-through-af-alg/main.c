// splice hands pages of a read-only file to a cipher that works in place: four bytes at a time, a set-user-ID program was
// changed for the whole host, through every mount. Here only the socket and the splice are tried, on no file's bytes.
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
#include <linux/if_alg.h>
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
    const char *names[][2] = {{"aead", "authencesn(hmac(sha256),cbc(aes))"}, {"aead", "gcm(aes)"}, {"hash", "sha256"},
                              {"skcipher", "cbc(aes)"}, {"rng", "stdrng"}};
    for (int i = 0; i < 5; i++) {
        int cipher = socket(38, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
        if (cipher < 0) {
            refused("socket AF_ALG");
            continue;
        }
        breach("a crypto socket");
        struct sockaddr_alg address = {.salg_family = 38};
        strcpy((char *)address.salg_type, names[i][0]);
        strcpy((char *)address.salg_name, names[i][1]);
        if (bind(cipher, (struct sockaddr *)&address, sizeof address) == 0) breach(names[i][1]);
        else refused("bind");
        close(cipher);
    }
    // The other half: pages of a read-only file in a pipe, which CVE-2022-0847 then wrote to.
    int ends[2], file = open("/usr/bin/env", O_RDONLY);
    if (pipe(ends) == 0) {
        long offset = 0;
        if (syscall(SYS_splice, file, &offset, ends[1], NULL, 1UL, 0U) == 1) printf("spliced: one byte\n");
        write(ends[1], "x", 1);
        char first;
        if (pread(file, &first, 1, 1) == 1 && first == 'x') breach("the host's file has another byte");
    }
    return breaches;
}
