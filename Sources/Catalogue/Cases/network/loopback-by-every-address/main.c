// 0.0.0.0, 127.1.2.3, the mapped ::ffff:127.0.0.1 and ::1 all reach loopback, and lists of forbidden addresses forget some.
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
#include <poll.h>
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
static int attempt(const char *text, int family, int port) {
    int peer = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    inet_pton(family, text, family == AF_INET ? (void *)&four.sin_addr : (void *)&six.sin6_addr);
    struct sockaddr *address = family == AF_INET ? (struct sockaddr *)&four : (struct sockaddr *)&six;
    int result = connect(peer, address, family == AF_INET ? sizeof four : sizeof six);
    if (result != 0 && errno == EINPROGRESS) {
        struct pollfd ready = {peer, POLLOUT, 0};
        socklen_t size = sizeof errno;
        int error = ETIMEDOUT;
        if (poll(&ready, 1, 1000) > 0) getsockopt(peer, SOL_SOCKET, SO_ERROR, &error, &size);
        errno = error;
        result = error ? -1 : 0;
    }
    if (result == 0) {
        send(peer, "GET / HTTP/1.0\r\n\r\n", 18, 0);
        breach(text);
    } else {
        refused(text);
    }
    close(peer);
    return result;
}

int main(void) {
    alarm(15);
    const char *four[] = {"127.0.0.1", "0.0.0.0", "127.1.2.3", "127.255.255.254"};
    const char *six[] = {"::1", "::ffff:127.0.0.1", "::", "::ffff:0.0.0.0", "::127.0.0.1"};
    for (int i = 0; i < 4; i++) attempt(four[i], AF_INET, @@TCP_PORT@@);
    for (int i = 0; i < 5; i++) attempt(six[i], AF_INET6, @@TCP_PORT@@);
    return breaches;
}
