// None of these ends with the process that made it, and all are found by a key or a name.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

static int breaches;
static char made[1024];

static void breach(const char *what) {
    breaches++;
    printf("BREACH: %s\n", what);
    fflush(stdout);
}

static void make(const char *what) {
    strcat(made, " ");
    strcat(made, what);
}

/// Lines of a listing behind its head.
static int objects(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    int lines = 0;
    for (int byte; (byte = getc(file)) != EOF;) lines += byte == '\n';
    fclose(file);
    return lines - 1;
}

int main(void) {
    alarm(15);
    for (key_t key = 0x5A4D0001; key <= 0x5A4D0002; key++) {
        // What an earlier run left would be here.
        if (shmget(key, 4096, IPC_CREAT | IPC_EXCL | 0666) < 0 && errno == EEXIST) breach("a segment with the key is there already");
        int segment = shmget(key, 4096, IPC_CREAT | 0666);
        if (segment >= 0) {
            char *address = shmat(segment, NULL, 0);
            if (address != (void *)-1) strcpy(address, "@@MARK@@");
            make("shm");
        }
        if (semget(key, 4, IPC_CREAT | 0666) >= 0) make("sem");
        int queue = msgget(key, IPC_CREAT | 0666);
        if (queue >= 0) {
            struct { long kind; char text[sizeof "@@MARK@@"]; } message = {1, "@@MARK@@"};
            msgsnd(queue, &message, sizeof "@@MARK@@" - 1, IPC_NOWAIT);
            make("msg");
        }
    }
    if (mq_open("/@@MARK@@", O_CREAT | O_RDWR, 0666, NULL) != (mqd_t)-1) make("mqueue");
    const char *folders[] = {"/dev/shm", "/tmp", "/var/tmp", "/run", "/dev/mqueue", "."};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/@@MARK@@", folders[i]);
        int file = open(path, O_CREAT | O_WRONLY, 0666);
        if (file >= 0) {
            close(file);
            make(folders[i]);
        } else {
            printf("refused: %s %s\n", strerrorname_np(errno), folders[i]);
        }
    }
    const char *listings[] = {"/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg"};
    for (size_t i = 0; i < 3; i++) {
        if (objects(listings[i]) > 2) breach(listings[i]);
    }
    printf("made:%s\n", made);
    return breaches != 0;
}
