// A filter on kill alone leaves six others. SIGSTOP is sent, since it cannot be handled and does no lasting harm.
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
    pid_t victim = @@VICTIM_PID@@;
    siginfo_t info = {.si_code = SI_QUEUE, .si_signo = SIGSTOP};
    if (kill(victim, SIGSTOP) == 0) breach("kill");
    else refused("kill");
    if (syscall(SYS_tkill, victim, SIGSTOP) == 0) breach("tkill");
    else refused("tkill");
    if (syscall(SYS_tgkill, victim, victim, SIGSTOP) == 0) breach("tgkill");
    else refused("tgkill");
    if (syscall(SYS_rt_sigqueueinfo, victim, SIGSTOP, &info) == 0) breach("rt_sigqueueinfo");
    else refused("rt_sigqueueinfo");
    if (syscall(SYS_rt_tgsigqueueinfo, victim, victim, SIGSTOP, &info) == 0) breach("rt_tgsigqueueinfo");
    else refused("rt_tgsigqueueinfo");
    if (killpg(victim, SIGSTOP) == 0) breach("killpg");
    else refused("killpg");
    int process = syscall(SYS_pidfd_open, victim, 0);
    if (process < 0) refused("pidfd_open");
    else if (syscall(SYS_pidfd_send_signal, process, SIGSTOP, NULL, 0) == 0) breach("pidfd_send_signal");
    int folder = open("/proc/@@VICTIM_PID@@", O_DIRECTORY | O_RDONLY);
    if (folder < 0) refused("open /proc");
    else if (syscall(SYS_pidfd_send_signal, folder, SIGSTOP, NULL, 0) == 0) breach("a signal by the /proc directory");
    return breaches;
}
