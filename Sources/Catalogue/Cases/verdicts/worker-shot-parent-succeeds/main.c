// The kernel picks the worker, which asked for it with oom_score_adj 1000; the main process ends with 0, none the wiser.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    alarm(12);
    pid_t worker = fork();
    if (worker == 0) {
        int file = open("/proc/self/oom_score_adj", O_WRONLY);
        if (file >= 0) (void)!write(file, "1000", 4);
        for (int i = 0; i < 600; i++) {
            char *block = malloc(1 << 20);
            if (block) memset(block, i, 1 << 20);
        }
        _exit(0);
    }
    int status = 0;
    waitpid(worker, &status, 0);
    printf("worker: %s; main: all is well\n", WIFSIGNALED(status) ? "killed" : "ended");
    return 0;
}
