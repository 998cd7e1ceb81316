// A program that starts others, or has init beside it, could read what they hold without tracing them.
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
#include <sys/uio.h>
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
static char token[32] = "of the parent";

int main(void) {
    alarm(15);
    char copy[32] = "";
    pid_t child = fork();
    if (child == 0) {
        strcpy(token, "of the child");
        sleep(2);
        _exit(0);
    }
    usleep(50000);
    pid_t targets[] = {child, 1, getppid(), @@VICTIM_PID@@};
    for (int i = 0; i < 4; i++) {
        struct iovec here = {copy, sizeof copy}, there = {token, sizeof token};
        if (process_vm_readv(targets[i], &here, 1, &there, 1, 0) > 0) breach(copy);
        else refused("process_vm_readv");
    }
    kill(child, SIGKILL);
    return breaches;
}
