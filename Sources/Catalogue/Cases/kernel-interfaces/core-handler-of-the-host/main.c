// The handler parses the dead program's memory, name and command line outside every sandbox (CVE-2020-8831 and more in
// apport). The wait status says whether a dump was made.
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
#include <sys/prctl.h>
#include <sys/resource.h>
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
    const int signals[] = {SIGSEGV, SIGABRT, SIGQUIT, SIGSYS};
    int crashed = 0;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4; i++) {
            pid_t child = fork();
            if (child == 0) {
                struct rlimit none = {0, 0}, more = {RLIM_INFINITY, RLIM_INFINITY};
                if (round == 1) setrlimit(RLIMIT_CORE, &more);
                // A limit of 1 is what stops a pipe; the program would lower it again.
                if (round == 2) setrlimit(RLIMIT_CORE, &none);
                prctl(PR_SET_DUMPABLE, 1);
                prctl(PR_SET_NAME, "@@MARK@@");
                signal(signals[i], SIG_DFL);
                raise(signals[i]);
                _exit(0);
            }
            int status = 0;
            waitpid(child, &status, 0);
            if (!WIFSIGNALED(status)) continue;
            crashed++;
            if (WCOREDUMP(status)) breach("a core was dumped");
        }
    }
    printf("crashed: %d times\n", crashed);
    return breaches;
}
