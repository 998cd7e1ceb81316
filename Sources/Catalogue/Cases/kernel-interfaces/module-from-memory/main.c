// The image is no module, so that nothing is loaded where the wall is down: the errno tells how far the call came.
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
static void judge(const char *what) {
    if (errno == EPERM || errno == ENOSYS) refused(what);
    else breach(what);
}

int main(void) {
    alarm(15);
    static char image[4096] = "\177ELF";
    if (syscall(SYS_init_module, image, sizeof image, "") == 0) breach("init_module");
    else judge("init_module");
    int file = memfd_create("module", 0);
    write(file, image, sizeof image);
    for (int flags = 0; flags < 5; flags++) {
        if (syscall(SYS_finit_module, file, "", flags) == 0) breach("finit_module");
        else judge("finit_module");
    }
    if (syscall(SYS_delete_module, "@@MARK@@", O_NONBLOCK) == 0) breach("delete_module");
    else judge("delete_module");
    return breaches;
}
