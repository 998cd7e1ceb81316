// An entry in the local descriptor table leads to 16-bit and call-gate code paths (CVE-2014-9322, CVE-2015-5157).
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
#include <asm/ldt.h>

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
    if (syscall(SYS_ioperm, 0x80UL, 1UL, 1) == 0) breach("ioperm");
    else refused("ioperm");
    if (syscall(SYS_iopl, 3) == 0) breach("iopl");
    else refused("iopl");
    struct user_desc segment = {.entry_number = 0, .limit = 0xfffff, .seg_32bit = 0, .contents = 2, .limit_in_pages = 1, .useable = 1};
    for (int function = 0; function <= 0x11; function++) {
        if (function != 0 && function != 1 && function != 2 && function != 0x11) continue;
        if (syscall(SYS_modify_ldt, function, &segment, sizeof segment) >= 0) breach("modify_ldt");
        else refused("modify_ldt");
    }
    const char *paths[] = {"/dev/port", "/dev/mem", "/dev/cpu/0/msr", "/dev/nvram"};
    for (int i = 0; i < 4; i++) {
        if (open(paths[i], O_RDONLY) >= 0) breach(paths[i]);
        else refused(paths[i]);
    }
    return breaches;
}
