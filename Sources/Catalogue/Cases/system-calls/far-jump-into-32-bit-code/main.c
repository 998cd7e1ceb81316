// A far return with the code segment 0x23 leaves 64-bit mode: every call from there is of the 32-bit kind, sysenter too,
// and no 64-bit instruction that a scanner looks for is executed.
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
    // mov eax, N; mov ebx, A; xor ecx, ecx; xor edx, edx; int 0x80; push 0x33; push BACK; retf
    unsigned char code[] = {0xb8, 5, 0, 0, 0, 0xbb, 0, 0, 0, 0, 0x31, 0xc9, 0x31, 0xd2, 0xcd, 0x80,
                            0x6a, 0x33, 0x68, 0, 0, 0, 0, 0xcb};
    const int numbers[] = {5, 310, 136, 26};
    const unsigned arguments[] = {0, 0x10000000, 8, 0};
    for (int i = 0; i < 4; i++) {
        pid_t child = fork();
        if (child == 0) {
            unsigned char *low = mmap(NULL, 16384, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
            if (low == MAP_FAILED) _exit(2);
            unsigned base = (unsigned)(uintptr_t)low;
            strcpy((char *)low + 4096, "@@SECRET_PATH@@");
            memcpy(low, code, sizeof code);
            unsigned argument = numbers[i] == 5 ? base + 4096 : arguments[i];
            memcpy(low + 1, &numbers[i], 4);
            memcpy(low + 6, &argument, 4);
            unsigned back = base + 64;
            memcpy(low + 19, &back, 4);
            // In 64-bit mode again: mov rsp, r12; jmp r13.
            const unsigned char home[] = {0x4c, 0x89, 0xe4, 0x41, 0xff, 0xe5};
            memcpy(low + 64, home, sizeof home);
            int result;
            __asm__ volatile(
                "mov %%rsp, %%r12\n lea 1f(%%rip), %%r13\n mov %1, %%rsp\n pushq $0x23\n push %2\n lretq\n 1:\n"
                : "=a"(result)
                : "r"(low + 12288), "r"((uintptr_t)base)
                : "r12", "r13", "rbx", "rcx", "rdx", "memory", "r8", "r9", "r10", "r11", "cc");
            if (result >= 0) {
                char text[128];
                int size = numbers[i] == 5 ? read(result, text, sizeof text) : 0;
                if (size > 0) write(1, text, size);
                breach("a call from 32-bit mode");
                _exit(1);
            }
            errno = -result;
            refused("from 32-bit mode");
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        if (WIFSIGNALED(status)) printf("refused: SIGNAL %d from 32-bit mode\n", WTERMSIG(status));
        else breaches |= WEXITSTATUS(status) == 1;
    }
    return breaches;
}
