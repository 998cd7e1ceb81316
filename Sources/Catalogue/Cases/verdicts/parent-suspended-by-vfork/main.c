// The parent sleeps uninterruptibly until the child lets go of its memory; the child blocks all it can and pauses.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    prctl(PR_SET_NAME, "@@MARK@@");
    printf("in vfork\n");
    fflush(stdout);
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    if (vfork() == 0)
        for (;;) sigsuspend(&all);
    return 0;
}
