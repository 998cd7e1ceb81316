// A lock is a structure of 200 bytes in kernel memory. RLIMIT_LOCKS has had no effect for twenty years.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    alarm(14);
    long made = 0;
    for (int number = 0; number < 160; number++) {
        char name[32];
        snprintf(name, sizeof name, "locked%d", number);
        int file = open(name, O_CREAT | O_RDWR, 0600);
        if (file < 0) break;
        // Every new lock is compared with all others of its file, so many files with few locks each are quicker.
        for (long byte = 4000; byte > 0; byte -= 2, made++) {
            struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
            if (fcntl(file, F_SETLK, &lock) != 0) {
                printf("refused: %s fcntl after %ld\n", strerrorname_np(errno), made);
                return 1;
            }
        }
    }
    printf("%s: %ld locks\n", made > 300000 ? "BREACH" : "ended", made);
    return made > 300000 ? 0 : 1;
}
