// The strictest of all filters counts, so that one that allows everything changes nothing; but a listener with the flag
// to continue would answer before others, and logging or speculation flags change the host's state.
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
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>

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
    struct sock_filter allow = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}, notify = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_USER_NOTIF};
    struct sock_fprog open = {1, &allow}, listen = {1, &notify};
    (void)listen;
    long listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &open);
    if (listener >= 0) breach("a listener");
    else refused("seccomp NEW_LISTENER");
    listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER | 0x100000000L, &open);
    if (listener >= 0) breach("a listener");
    else refused("seccomp NEW_LISTENER");
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &open) != 0) refused("seccomp");
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &open) != 0) refused("seccomp");
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &open) != 0) refused("prctl PR_SET_SECCOMP");
    if (prctl(PR_SET_SECCOMP, 0, 0, 0, 0) == 0) breach("the filter was taken off");
    else refused("prctl PR_SET_SECCOMP 0");
    if (unshare(CLONE_NEWUSER) == 0) breach("a call that was refused before");
    else refused("unshare");
    int mode = prctl(PR_GET_SECCOMP);
    if (mode != 2) breach("no filter stands");
    return breaches;
}
