// containerd's shim listened on an abstract name and checked only the user: any container in the host's network could start
// containers as root. Names have no permissions.
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
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

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
static void attempt(const char *name, const char *what) {
    const int kinds[] = {SOCK_STREAM, SOCK_SEQPACKET, SOCK_DGRAM};
    for (int i = 0; i < 3; i++) {
        int peer = socket(AF_UNIX, kinds[i] | SOCK_NONBLOCK, 0);
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        memcpy(address.sun_path + 1, name, strlen(name));
        if (connect(peer, (struct sockaddr *)&address, offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name)) == 0) breach(what);
        else refused(what);
        close(peer);
    }
}

int main(void) {
    alarm(15);
    attempt("@@ABSTRACT@@", "abstract name");
    // Names that are found on many hosts.
    const char *names[] = {"/tmp/.X11-unix/X0", "/tmp/.ICE-unix/1", "/containerd-shim/moby.sock", "/org/kernel/linux/storage/multipathd",
                           "ISCSIADM_ABSTRACT_NAMESPACE", "/tmp/dbus-system", "snapd"};
    for (int i = 0; i < 7; i++) attempt(names[i], "known name");
    FILE *list = fopen("/proc/self/net/unix", "r");
    char line[512];
    while (list && fgets(line, sizeof line, list))
        if (strchr(line, '@') && !strstr(line, "Path")) breach(line);
    return breaches;
}
