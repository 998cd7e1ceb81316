// Each orphan spins a tenth of a second and is reaped by init. The main process has used nothing all the while.
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    alarm(14);
    for (int i = 0; i < 100; i++) {
        pid_t between = fork();
        if (between == 0) {
            if (fork() == 0) {
                while (clock() < CLOCKS_PER_SEC / 10) {}
            }
            _exit(0);
        }
        waitpid(between, NULL, 0);
        usleep(80000);
    }
    printf("main slept through it\n");
    return 0;
}
