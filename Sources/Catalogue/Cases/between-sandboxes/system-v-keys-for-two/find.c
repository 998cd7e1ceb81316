// Keys first, then every identifier that may be, and the kernel's tables.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

static void said(int result, const char *what) {
    if (result >= 0) printf("BREACH: %s found %d\n", what, result);
    else printf("refused: %s %s\n", strerrorname_np(errno), what);
}

int main(void) {
    for (int round = 0; round < 15; round++) {
        usleep(100000);
        if (shmget(0x5ade711, 0, 0) >= 0 || msgget(0x5ade712, 0) >= 0) break;
    }
    said(shmget(0x5ade711, 0, 0), "shmget");
    said(msgget(0x5ade712, 0), "msgget");
    said(semget(0x5ade713, 0, 0), "semget");
    for (int id = 0; id < 70000; id++) {
        struct shmid_ds about;
        if (shmctl(id, IPC_STAT, &about) == 0) said(id, "shmctl by identifier");
    }
    static const char *const tables[] = {"/proc/sysvipc/shm", "/proc/sysvipc/msg", "/proc/sysvipc/sem"};
    int objects = 0;
    for (int i = 0; i < 3; i++) {
        FILE *table = fopen(tables[i], "r");
        char line[512];
        for (int row = 0; table && fgets(line, sizeof line, table); row++) objects += row > 0;
    }
    printf("objects in /proc: %d\n", objects);
    return 0;
}
