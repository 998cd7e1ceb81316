// Each child fills a System V segment and exits; a limit per process never sees more than 8 MB, and nothing frees them.
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
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>

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
int main(void) {
    alarm(15);
    for (int i = 1; i <= 24; i++) {
        pid_t child = fork();
        if (child == 0) {
            int segment = shmget(IPC_PRIVATE, 8 << 20, IPC_CREAT | 0600);
            char *memory = segment < 0 ? (char *)-1 : shmat(segment, NULL, 0);
            if (memory == (char *)-1) _exit(1);
            memset(memory, i, 8 << 20);
            strcpy(memory, "@@MARK@@");
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status)) {
            refused("shmget");
            return 1;
        }
        printf("held: %d MB\n", i * 8);
        fflush(stdout);
    }
    breach("192 MB are held under a limit of 48");
    return breaches;
}
