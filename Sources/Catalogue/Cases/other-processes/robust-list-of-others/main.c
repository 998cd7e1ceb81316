// The list's address undoes address-space randomisation of the other process.
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
    const struct { const char *name; int pid; } targets[] = {
        {"get_robust_list of init", 1}, {"get_robust_list of the victim", @@VICTIM_PID@@}};
    for (int i = 0; i < 2; i++) {
        void *head = NULL;
        size_t size = 0;
        if (syscall(SYS_get_robust_list, targets[i].pid, &head, &size) == 0) {
            printf("%p\n", head);
            breach(targets[i].name);
        } else {
            refused(targets[i].name);
        }
    }
    return breaches;
}
