// DN_ACCESS on a directory that nobody reads but the other sandbox: reads of its files come as signals, and can be counted.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t came;

static void count(int number) { came++; }

int main(void) {
    alarm(18);
    signal(SIGUSR1, count);
    int directory = open("/usr/share/zoneinfo/Antarctica", O_RDONLY | O_DIRECTORY);
    if (directory < 0) directory = open("/usr/share/perl5", O_RDONLY | O_DIRECTORY);
    fcntl(directory, F_SETSIG, SIGUSR1);
    int result = fcntl(directory, F_NOTIFY, DN_ACCESS | DN_MULTISHOT);
    if (result != 0) printf("refused: %s F_NOTIFY\n", strerrorname_np(errno));
    for (int i = 0; result == 0 && came < 10 && i < 1200; i++) usleep(10000);
    printf("watched\n");
    if (came >= 10) printf("BREACH: was told of %d accesses in another sandbox\n", (int)came);
    return 0;
}
