// A link of 4,095 bytes and user.* attributes of 64 kB hold the program's data without a byte in any file.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

int main(void) {
    alarm(14);
    static char data[65536];
    memset(data, 'x', sizeof data);
    long kept = 0;
    char target[4096];
    memset(target, 'y', 4095);
    target[4095] = 0;
    for (int i = 0; i < 50000; i++) {
        char name[32];
        snprintf(name, sizeof name, "l%d", i);
        if (symlink(target, name) != 0) {
            printf("refused: %s symlink after %d\n", strerrorname_np(errno), i);
            break;
        }
        kept += 4095;
    }
    for (int i = 0; i < 5; i++) unlink((char[]){'l', '0' + i, 0});
    for (int file = 0; file < 4; file++) {
        char name[32];
        snprintf(name, sizeof name, "f%d", file);
        close(open(name, O_CREAT | O_WRONLY, 0600));
        for (int i = 0; i < 800; i++) {
            char attribute[32];
            snprintf(attribute, sizeof attribute, "user.a%d", i);
            if (setxattr(name, attribute, data, sizeof data, 0) != 0) {
                printf("refused: %s setxattr after %d\n", strerrorname_np(errno), i);
                break;
            }
            kept += sizeof data;
        }
    }
    fflush(stdout);
    if (kept > 200000000) printf("BREACH: kept 200 MB\n");
    printf("kept %ld kB\n", kept / 1000);
    return 0;
}
