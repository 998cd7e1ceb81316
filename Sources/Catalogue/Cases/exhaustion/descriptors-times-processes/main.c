// Each open file is kernel memory and one of fs.file-max, which all users share. The limit is tried to be raised first.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    alarm(12);
    struct rlimit limit = {1 << 20, 1 << 20};
    if (setrlimit(RLIMIT_NOFILE, &limit) == 0) printf("BREACH: raised the limit\n");
    else printf("refused: %s setrlimit\n", strerrorname_np(errno));
    fflush(stdout);
    int most[2];
    if (pipe(most) != 0) return 1;
    for (int i = 0; i < 16; i++) {
        if (fork() != 0) continue;
        int highest = 0, file;
        while ((file = memfd_create("filler", 0)) >= 0 && file < 4096) highest = file;
        if (i == 0) dprintf(1, "refused: %s memfd_create at %d\n", strerrorname_np(errno), highest);
        (void)!write(most[1], &highest, sizeof highest);
        usleep(300000);
        _exit(0);
    }
    close(most[1]);
    int highest = 0, one;
    while (read(most[0], &one, sizeof one) == sizeof one)
        if (one > highest) highest = one;
    while (wait(NULL) > 0) {}
    if (highest > 64) printf("BREACH: %d descriptors\n", highest);
    printf("most in one process: %d\n", highest + 1);
    return 0;
}
