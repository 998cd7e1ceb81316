// rt_sigqueueinfo(2) lets a thread forge si_code >= 0 towards itself. A supervisor that trusts siginfo sees the kernel's limit.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    alarm(5);
    siginfo_t forged;
    memset(&forged, 0, sizeof forged);
    forged.si_signo = SIGXCPU;
    forged.si_code = 0x80;  // SI_KERNEL
    struct sigaction first;
    sigaction(SIGXCPU, NULL, &first);
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGXCPU);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    if (syscall(SYS_rt_sigqueueinfo, getpid(), SIGXCPU, &forged) != 0) {
        printf("refused: %s rt_sigqueueinfo\n", strerrorname_np(errno));
        return 1;
    }
    printf("queued with SI_KERNEL\n");
    fflush(stdout);
    sigprocmask(SIG_UNBLOCK, &blocked, NULL);
    return 0;
}
