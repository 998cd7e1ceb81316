// max_user_instances is 128 on most hosts. Whoever uses them up keeps editors, loggers and udev of that user from starting.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

static int instance, watches;

static void watch(const char *directory, int depth) {
    DIR *open = opendir(directory);
    if (!open) return;
    for (struct dirent *entry; watches < 60000 && (entry = readdir(open));) {
        if (entry->d_name[0] == '.') continue;
        char path[4096];
        if (snprintf(path, sizeof path, "%s/%s", directory, entry->d_name) >= (int)sizeof path) continue;
        if (inotify_add_watch(instance, path, IN_OPEN | IN_DONT_FOLLOW) < 0) {
            printf("refused: %s inotify_add_watch\n", strerrorname_np(errno));
            break;
        }
        watches++;
        if (entry->d_type == DT_DIR && depth > 0) watch(path, depth - 1);
    }
    closedir(open);
}

int main(void) {
    alarm(12);
    int count = 0;
    for (; count < 1000; count++) {
        int next = inotify_init1(0);
        if (next < 0) {
            printf("refused: %s inotify_init1\n", strerrorname_np(errno));
            break;
        }
        instance = next;
    }
    printf("instances: %d\n", count);
    fflush(stdout);
    watch("/usr", 6);
    printf("watches: %d\n", watches);
    return 0;
}
