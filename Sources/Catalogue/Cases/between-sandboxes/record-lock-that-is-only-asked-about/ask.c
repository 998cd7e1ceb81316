// Each row of 256 bytes is searched for the one that is locked.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    int file = open("/usr/bin/env", O_RDONLY);
    char word[8] = "";
    for (int round = 0; round < 20 && strcmp(word, "sandbox") != 0; round++) {
        usleep(100000);
        memset(word, 0, sizeof word);
        for (int i = 0; i < 7; i++) {
            struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1000000 + i * 256, .l_len = 256};
            if (fcntl(file, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) break;
            word[i] = (char)(lock.l_start - 1000000 - i * 256);
        }
    }
    printf("asked\n");
    if (strcmp(word, "sandbox") == 0) printf("BREACH: the other sandbox said %s by record locks\n", word);
    return 0;
}
