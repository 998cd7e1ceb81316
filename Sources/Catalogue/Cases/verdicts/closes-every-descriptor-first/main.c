// A runner that takes "the pipe closed and nothing bad was written" for the end, or for success, is told both here.
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
    alarm(10);
    printf("before\n");
    fflush(stdout);
    if (close_range(0, ~0U, 0) != 0)
        for (int fd = 0; fd < 1 << 16; fd++) close(fd);
    usleep(300000);
    printf("after\n");
    fflush(stdout);
    _exit(7);
}
