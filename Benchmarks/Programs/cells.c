// The least that the kernel takes of a cell: namespaces of every kind and a cgroup in every hierarchy, made and taken down for each
// program, without a mount, a limit, a filter or a record. For every byte on standard input: what the program writes, and a point.
// Usage: cells CGROUP... -- COMMAND [ARGUMENT]...; every CGROUP is a directory in which others may be made.
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void require(long result, const char *what) {
    if (result < 0) {
        perror(what);
        exit(1);
    }
}

/// The directory for this process's children below a cgroup.
static const char *own(const char *cgroup, pid_t process) {
    static char path[2048];
    snprintf(path, sizeof path, "%s/cell-%d", cgroup, process);
    return path;
}

/// Puts the calling process into a cgroup.
static void join(const char *cgroup) {
    // Of version 1, `tasks` takes one thread, and waits for no processor.
    static const char *const files[] = {"tasks", "cgroup.procs"};
    for (size_t index = 0; index < sizeof files / sizeof *files; index++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", cgroup, files[index]);
        int file = open(path, O_WRONLY | O_CLOEXEC);
        if (file >= 0) {
            require(write(file, "0", 1), path);
            close(file);
            return;
        }
    }
    require(-1, cgroup);
}

int main(int count, char **arguments) {
    int end = 1;
    while (end < count && strcmp(arguments[end], "--") != 0) {
        end++;
    }
    if (end + 1 >= count) {
        return 64;
    }
    pid_t self = getpid();
    char byte;
    while (read(STDIN_FILENO, &byte, 1) == 1) {
        struct clone_args how = {
            .flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP,
            .exit_signal = SIGCHLD,
        };
        for (int index = 1; index < end; index++) {
            require(mkdir(own(arguments[index], self), 0755), arguments[index]);
        }
        pid_t child = (pid_t)syscall(SYS_clone3, &how, sizeof how);
        require(child, "clone3");
        if (child == 0) {
            for (int index = 1; index < end; index++) {
                join(own(arguments[index], self));
            }
            execv(arguments[end + 1], arguments + end + 1);
            perror(arguments[end + 1]);
            _exit(127);
        }
        int status;
        require(waitpid(child, &status, 0), "waitpid");
        if (status != 0) {
            return 1;
        }
        for (int index = 1; index < end; index++) {
            require(rmdir(own(arguments[index], self)), arguments[index]);
        }
        require(write(STDOUT_FILENO, ".", 1), "write");
    }
    return 0;
}
