// A limit on processes per user or by counting pids does not see threads, nor what children of children start.
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
static void *rest(void *_) {
    sleep(3);
    return NULL;
}

int main(void) {
    alarm(15);
    int alive = 1;
    for (int i = 0; i < 60; i++) {
        pthread_t thread;
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setstacksize(&attributes, 65536);
        int error = pthread_create(&thread, &attributes, rest, NULL);
        if (error == 0) {
            alive++;
            continue;
        }
        errno = error;
        refused("pthread_create");
        break;
    }
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 20; i++)
            if (fork() == 0) pause();
        _exit(0);
    }
    if (child < 0) refused("fork");
    else alive++;
    printf("alive: %d\n", alive);
    if (alive > 12) breach("more than twelve run at once");
    return breaches;
}
