#define _GNU_SOURCE
#include "CBareProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/// Starts a program in `directory`, or in ours when that is NULL, with its standard input, nothing by default, and output at these.
static int spawn(pid_t *process, char *const arguments[], const char *directory, int input, int output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (input >= 0) {
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    } else {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    }
    if (output >= 0) {
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    }
    if (directory) {
        posix_spawn_file_actions_addchdir_np(&actions, directory);
    }
    int error = posix_spawnp(process, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static int wait_for(pid_t process) {
    int status;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) {
            return -errno;
        }
    }
    return status;
}

int bare_run(char *const arguments[], const char *directory, char *output, size_t capacity, size_t *length) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return -errno;
    }
    pid_t process;
    int error = spawn(&process, arguments, directory, -1, ends[1]);
    close(ends[1]);
    if (error) {
        close(ends[0]);
        return -error;
    }
    *length = 0;
    char rest[4096]; // What does not fit is read all the same, or the program would wait for a reader.
    for (;;) {
        int is_full = *length == capacity;
        ssize_t count = read(ends[0], is_full ? rest : output + *length, is_full ? sizeof rest : capacity - *length);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        *length += is_full ? 0 : (size_t)count;
    }
    close(ends[0]);
    return wait_for(process);
}

pid_t bare_start(char *const arguments[]) {
    pid_t process;
    int error = spawn(&process, arguments, NULL, -1, -1);
    return error ? -error : process;
}

pid_t bare_serve(char *const arguments[], int *input, int *output) {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) < 0) {
        return -errno;
    }
    if (pipe2(out, O_CLOEXEC) < 0) {
        int error = errno;
        close(in[0]);
        close(in[1]);
        return -error;
    }
    pid_t process;
    int error = spawn(&process, arguments, NULL, in[0], out[1]);
    close(in[0]);
    close(out[1]);
    if (error) {
        close(in[1]);
        close(out[0]);
        return -error;
    }
    *input = in[1];
    *output = out[0];
    return process;
}

void bare_stop(pid_t process, int signal) {
    kill(process, signal);
    wait_for(process);
}
