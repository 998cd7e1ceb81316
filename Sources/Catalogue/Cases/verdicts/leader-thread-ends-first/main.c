// /proc/PID/stat says Z with exit code 0 of the leader while its threads run on; a supervisor that polls it is deceived.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *worker(void *unused) {
    usleep(300000);
    char path[64], line[256] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", getpid());
    FILE *stat = fopen(path, "r");
    if (stat && fgets(line, sizeof line, stat) && strstr(line, ") Z ")) puts("the leader is a zombie");
    puts("worker goes on");
    fflush(stdout);
    _exit(9);
    return unused;
}

int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, worker, NULL);
    syscall(SYS_exit, 0);
}
