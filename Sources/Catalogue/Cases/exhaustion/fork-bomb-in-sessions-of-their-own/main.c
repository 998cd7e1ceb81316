// No group, session or parent holds them together; a fork that fails is tried again at once, by all at the same time.
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    prctl(PR_SET_NAME, "@@MARK@@");
    alarm(14);
    for (int made = 0;; made++) {
        pid_t child = fork();
        if (child == 0) {
            setsid();
            alarm(12);
            made = 0;
        }
        if (made > 200) return 1;
    }
}
