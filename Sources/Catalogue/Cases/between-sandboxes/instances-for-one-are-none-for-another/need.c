// One instance is all that an editor, a build tool or a test runner asks for.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

int main(void) {
    int failed = 0;
    for (int i = 0; i < 20; i++) {
        int instance = inotify_init1(0);
        if (instance < 0) failed = errno;
        else close(instance);
        usleep(100000);
    }
    if (failed == ENOSYS) printf("refused: ENOSYS inotify_init1\n");
    else if (failed) printf("BREACH: starved by the other sandbox: %s\n", strerrorname_np(failed));
    else printf("got one every time\n");
    return 0;
}
