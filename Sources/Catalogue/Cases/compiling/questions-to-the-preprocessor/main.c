// __has_include answers with a constant and no message: an oracle for every path that the compiler can see.
#include <stdio.h>
int main(void) {
    int seen = 0;
#if __has_include("@@SECRET_PATH@@") || __has_include("../../../../../../@@SECRET_PATH@@")
    seen++, puts("BREACH: the bait");
#endif
#if __has_include("/proc/@@VICTIM_PID@@/environ") || __has_include("@@UNIX_PATH@@")
    seen++, puts("BREACH: the victim or a socket");
#endif
#if __has_include("/etc/shadow") || __has_include("/etc/ssh/sshd_config") || __has_include("/root/.bashrc") || __has_include("/etc/machine-id")
    seen++, puts("BREACH: the host's settings");
#endif
#if __has_include("/var/lib/dpkg/status") || __has_include("/sys/class/net/lo/address") || __has_include("/dev/sda") || __has_include("/dev/tty")
    seen++, puts("BREACH: packages or devices");
#endif
    if (!seen) puts("nothing of the host");
    return 0;
}
