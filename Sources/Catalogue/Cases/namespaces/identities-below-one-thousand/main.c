// setfsuid never fails, setgroups(0) drops a group that forbids, capset asks back what was dropped, and an ambient
// capability survives exec.
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
#include <grp.h>
#include <linux/capability.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>

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
    const int ids[] = {0, 1, 33, 65534, 1001};
    for (int i = 0; i < 5; i++) {
        char what[32];
        snprintf(what, sizeof what, "setresuid %d", ids[i]);
        if (setresuid(ids[i], ids[i], ids[i]) == 0) breach(what);
        else refused(what);
        if (setresgid(ids[i], ids[i], ids[i]) == 0) breach("setresgid");
        else refused("setresgid");
        setfsuid(ids[i]);
        if ((uid_t)setfsuid(-1) == (uid_t)ids[i]) breach("setfsuid");
        setfsgid(ids[i]);
        if ((gid_t)setfsgid(-1) == (gid_t)ids[i]) breach("setfsgid");
    }
    gid_t groups[] = {0, 4, 6, 27, 42};
    if (setgroups(5, groups) == 0) breach("setgroups");
    else refused("setgroups");
    gid_t held[64];
    int count = getgroups(64, held), foreign = 0;
    for (int i = 0; i < count; i++) foreign += held[i] != getgid() && held[i] != 65534;
    printf("groups: %d\n", foreign);
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct all[2] = {{~0u, ~0u, ~0u}, {~0u, ~0u, ~0u}};
    if (syscall(SYS_capset, &head, all) == 0) breach("capset");
    else refused("capset");
    for (int capability = 0; capability < 41; capability++)
        if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0) breach("an ambient capability");
    return breaches;
}
