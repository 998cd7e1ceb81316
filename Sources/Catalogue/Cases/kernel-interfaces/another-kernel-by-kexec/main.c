// kexec_load with no segment unloads, which changes nothing on a host that has none loaded; the reboot asked for only
// sets what Ctrl-Alt-Del does, to what it is.
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
    if (syscall(SYS_kexec_load, 0UL, 0UL, NULL, 0UL) == 0) breach("kexec_load");
    else refused("kexec_load");
    // KEXEC_FILE_UNLOAD.
    if (syscall(SYS_kexec_file_load, -1, -1, 0UL, NULL, 1UL) == 0) breach("kexec_file_load");
    else refused("kexec_file_load");
    // LINUX_REBOOT_CMD_CAD_ON: what a kernel starts with.
    if (syscall(SYS_reboot, 0xfee1dead, 672274793, 0x89abcdef, NULL) == 0) breach("reboot");
    else refused("reboot");
    return breaches;
}
