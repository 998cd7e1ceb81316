// The child changes what the parent will decide by; had the parent been the sandbox's, the verdict would be the program's.
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
#include <sys/mman.h>
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
static volatile char text[16] = "wrong answer";

int main(void) {
    alarm(15);
    pid_t child = fork();
    if (child == 0) {
        char other[16] = "right answer";
        struct iovec here = {other, sizeof other}, there = {(void *)text, sizeof text};
        pid_t targets[] = {getppid(), 1, @@VICTIM_PID@@};
        for (int i = 0; i < 3; i++) {
            if (syscall(SYS_process_vm_writev, targets[i], &here, 1UL, &there, 1UL, 0UL) > 0) breach("process_vm_writev");
            else refused("process_vm_writev");
        }
        // The same through a file.
        char path[32];
        snprintf(path, sizeof path, "/proc/%d/mem", 1);
        int memory = open(path, O_RDWR);
        if (memory >= 0) breach(path);
        else refused("/proc/1/mem");
        _exit(0);
    }
    waitpid(child, NULL, 0);
    if (text[0] == 'r') breach("the parent's text is another");
    else printf("the text stays\n");
    return breaches;
}
