// A read lock on a file opened for reading is anybody's right. The offsets spell the word.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    int file = open("/usr/bin/env", O_RDONLY);
    const char word[] = "sandbox";
    for (int i = 0; word[i]; i++) {
        struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 1000000 + i * 256 + word[i], .l_len = 1};
        fcntl(file, F_SETLK, &lock);
    }
    printf("holding\n");
    fflush(stdout);
    sleep(3);
    return 0;
}
