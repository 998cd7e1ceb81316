// Both runs are this one source. The binary is replaced by a script, its neighbours are planted, and a second run would show it.
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    if (access("/work/planted", F_OK) == 0) printf("BREACH: what the first program planted is here\n");
    else printf("as it was compiled\n");
    char self[256];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
    if (size <= 0) return 1;
    self[size] = 0;
    char copy[300];
    snprintf(copy, sizeof copy, "%s.new", self);
    int file = open(copy, O_CREAT | O_WRONLY | O_TRUNC, 0755);
    const char script[] = "#!/bin/sh\necho BREACH: the other program was put in place\n";
    int wrote = write(file, script, strlen(script)) > 0;
    close(file);
    wrote = wrote && rename(copy, self) == 0;
    close(open("/work/planted", O_CREAT | O_WRONLY, 0644));
    DIR *work = opendir("/work");
    // Not the directory itself: that nobody would keep.
    for (struct dirent *entry; work && (entry = readdir(work));)
        if (entry->d_name[0] != '.') chmod(entry->d_name, 0777);
    printf(wrote ? "wrote itself anew\n" : "could not\n");
    return 0;
}
