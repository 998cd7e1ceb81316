// The special numbers -1 to -6 are the rings of the thread, the process, the session, the user and the user's session.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    for (long ring = -1; ring >= -6; ring--) {
        long key = syscall(SYS_add_key, "user", "@@MARK@@", "from the first", 14UL, ring);
        if (key >= 0) {
            // Rights for everybody, so that another user id may read it too.
            syscall(SYS_keyctl, 5, key, 0x3f3f3f3f);
            printf("BREACH: a key in ring %ld\n", ring);
        } else printf("refused: %s add_key %ld\n", strerrorname_np(errno), ring);
    }
    // KEYCTL_GET_PERSISTENT: a ring that stays for days.
    if (syscall(SYS_keyctl, 22, -1, -2) >= 0) printf("BREACH: a persistent ring\n");
    else printf("refused: %s keyctl persistent\n", strerrorname_np(errno));
    return 0;
}
