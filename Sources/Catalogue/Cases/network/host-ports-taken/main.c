// The host's own port must be free here, since it is another network; SO_REUSEPORT would share what comes in on it.
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
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

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
    int bound = 0;
    const int ports[] = {@@TCP_PORT@@, @@UDP_PORT@@};
    for (int i = 0; i < 2; i++) {
        for (int reuse = 0; reuse < 2; reuse++) {
            int server = socket(AF_INET, i ? SOCK_DGRAM : SOCK_STREAM, 0), on = 1;
            if (reuse) setsockopt(server, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
            struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(ports[i])};
            address.sin_addr.s_addr = htonl(INADDR_ANY);
            if (bind(server, (struct sockaddr *)&address, sizeof address) == 0) bound++;
            else if (errno == EADDRINUSE) breach("the port is in use here");
            else refused("bind");
            close(server);
        }
    }
    // Below 1024 a capability is asked for.
    int low = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in privileged = {.sin_family = AF_INET, .sin_port = htons(22)};
    if (bind(low, (struct sockaddr *)&privileged, sizeof privileged) == 0) printf("a low port of its own network\n");
    else refused("bind 22");
    printf("bound: %d\n", bound);
    return breaches;
}
