// Settings of a terminal stay when the program is gone: no echo, no signals by keys, no line feeds, for whoever types next.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static void said(int result, const char *what) {
    if (result == 0) printf("BREACH: %s\n", what);
    else printf("refused: %s %s\n", strerrorname_np(errno), what);
    fflush(stdout);
}

int main(void) {
    for (int fd = 0; fd < 3; fd++) {
        struct termios modes;
        memset(&modes, 0, sizeof modes);
        char what[32];
        snprintf(what, sizeof what, "tcsetattr %d", fd);
        if (tcgetattr(fd, &modes) == 0) cfmakeraw(&modes);
        said(tcsetattr(fd, TCSANOW, &modes), what);
        // N_HDLC and N_GSM0710 are modules that the kernel loads for whoever asks.
        for (int discipline = 0; discipline < 30; discipline += 9) {
            snprintf(what, sizeof what, "TIOCSETD %d", discipline);
            said(ioctl(fd, TIOCSETD, &discipline), what);
        }
        struct winsize size = {1, 1, 1, 1};
        said(ioctl(fd, TIOCSWINSZ, &size), "TIOCSWINSZ");
        said(ioctl(fd, TIOCEXCL), "TIOCEXCL");
        said(ioctl(fd, TIOCSCTTY, 1), "TIOCSCTTY");
        pid_t group = getpgrp();
        said(ioctl(fd, TIOCSPGRP, &group), "TIOCSPGRP");
        said(ioctl(fd, TIOCCONS), "TIOCCONS");
    }
    return 0;
}
