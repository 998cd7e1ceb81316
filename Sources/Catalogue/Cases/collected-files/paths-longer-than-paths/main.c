// Step by step with chdir there is no end to it but inodes: what cleans up or copies by path cannot reach the bottom.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void leave(const char *name) {
    int file = open(name, O_CREAT | O_WRONLY, 0644);
    if (file >= 0 && write(file, "bottom", 6) == 6) close(file);
}

int main(void) {
    alarm(12);
    char name[256];
    memset(name, 'd', 255);
    name[255] = 0;
    // Relative to the work directory this one is as long as a path may be.
    mkdir("exact", 0755);
    if (chdir("exact") != 0) return 1;
    for (int i = 0; i < 15; i++)
        if (mkdir(name, 0755) != 0 || chdir(name) != 0) break;
    name[4095 - 6 - 15 * 256] = 0;
    leave(name);
    printf("path of exactly %zu\n", 6 + 15 * 256 + strlen(name));
    if (chdir("/work") != 0) return 1;
    int depth = 0;
    while (depth < 3000 && mkdir("n", 0755) == 0 && chdir("n") == 0) depth++;
    leave("bottom.txt");
    printf("depth %d\n", depth);
    return 0;
}
