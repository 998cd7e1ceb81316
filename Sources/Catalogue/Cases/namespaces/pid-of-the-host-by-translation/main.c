// Knowing its number on the host, a program can be aimed at from outside, and can tell who started beside it.
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
#include <sys/ioctl.h>

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
    int space = open("/proc/self/ns/pid", O_RDONLY);
    // NS_GET_PID_FROM_PIDNS, NS_GET_TGID_FROM_PIDNS, then the other way round.
    for (int number = 6; number <= 9; number++) {
        int pid = ioctl(space, _IOR(0xb7, number, int), (long)@@VICTIM_PID@@);
        if (pid > 0) breach("the victim has a number here");
        else refused(number == 6 ? "NS_GET_PID_FROM_PIDNS" : "translate");
    }
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    while (status && fgets(line, sizeof line, status)) {
        int first, second;
        // One number: the namespaces above show theirs only to those above.
        if (!strncmp(line, "NSpid:", 6) && sscanf(line + 6, "%d %d", &first, &second) == 2) breach(line);
    }
    // Whoever is numbered as the host numbers has a number behind the victim's, which was there before.
    FILE *stat = fopen("/proc/self/stat", "r");
    int pid = 0, parent = 0, group = 0, session = 0;
    if (stat && fscanf(stat, "%d (%*[^)]) %*c %d %d %d", &pid, &parent, &group, &session) == 4 && pid < 1000 && session < 1000 && pid < @@VICTIM_PID@@)
        printf("own numbers only\n");
    else
        breach("numbers of the host");
    return breaches;
}
