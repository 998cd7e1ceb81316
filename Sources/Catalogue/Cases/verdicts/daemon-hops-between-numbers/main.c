// Double fork, setsid, every signal ignored; then each generation lives a millisecond and hands over to the next.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    prctl(PR_SET_NAME, "@@MARK@@");
    if (fork() == 0) {
        setsid();
        for (int number = 1; number < 65; number++) signal(number, SIG_IGN);
        time_t end = time(NULL) + 12;
        while (time(NULL) < end) {
            if (fork() > 0) _exit(0);
            usleep(1000);
            if (time(NULL) > end - 10) {
                dprintf(1, "still here\n");
                dprintf(2, "still here\n");
            }
        }
        _exit(0);
    }
    usleep(50000);
    printf("main is done\n");
    return 0;
}
