// Programs are given a score of 1000, so that they die before anything of the host's when memory runs out above them.
// Writing 0 is allowed to any process whose least score was never fixed.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>
static int breaches;

static void breach(const char *what) {
    printf("BREACH: %s\n", what);
    fflush(stdout);
    breaches = 1;
}

static void refused(const char *what) {
    const char *name = strerrorname_np(errno);
    printf("refused: %s %s\n", name ? name : "E?", what);
    fflush(stdout);
}
static int score(void) {
    int file = open("/proc/self/oom_score_adj", O_RDONLY);
    char text[16] = "";
    if (file >= 0) read(file, text, 15);
    if (file >= 0) close(file);
    return atoi(text);
}

int main(void) {
    alarm(15);
    int before = score();
    const char *values[] = {"0", "500", "-1", "-1000"};
    const char *paths[] = {"/proc/self/oom_score_adj", "/proc/thread-self/oom_score_adj"};
    for (int i = 0; i < 8; i++) {
        int file = open(paths[i % 2], O_WRONLY);
        if (file < 0 || write(file, values[i / 2], strlen(values[i / 2])) < 0) refused(paths[i % 2]);
        if (file >= 0) close(file);
        if (score() < before) {
            printf("the score was %d and is %d\n", before, score());
            breach("the score was lowered");
            break;
        }
    }
    return breaches;
}
