// Puts single layers of Sanderling's isolation around a command, so that the cost of each is seen by itself.
// Usage: layer [seccomp=FILE] [landlock] -- COMMAND [ARGUMENT]...
// FILE holds the filter as the kernel takes it: Sanderling's own, written by WriteFilter.
#define _GNU_SOURCE
#include <fcntl.h>
#include <libgen.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void require(long result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
}

static void filter_calls(const char *path) {
    static struct sock_filter instructions[BPF_MAXINSNS];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    require(file, path);
    ssize_t size = read(file, instructions, sizeof instructions);
    require(size > 0 ? 0 : -1, path);
    struct sock_fprog program = {.len = (unsigned short)((size_t)size / sizeof *instructions), .filter = instructions};
    require(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), "seccomp");
}

/// The rules that a cell of a program without files has, on the host's own tree; `programs` is shown as by a mount.
static void restrict_files(const char *programs) {
    const struct landlock_ruleset_attr all = {.handled_access_fs = (1 << 13) - 1};
    const unsigned read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    const unsigned read_and_execute = read | LANDLOCK_ACCESS_FS_EXECUTE;
    const struct {
        const char *path;
        unsigned access;
    } rules[] = {
        {"/", LANDLOCK_ACCESS_FS_READ_DIR}, {"/usr", read_and_execute}, {"/etc", read_and_execute},
        {"/proc", read | LANDLOCK_ACCESS_FS_WRITE_FILE},
        {"/dev", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE}, {programs, read_and_execute},
    };
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all.handled_access_fs, 0);
    require(ruleset, "landlock_create_ruleset");
    for (size_t index = 0; index < sizeof rules / sizeof *rules; index++) {
        struct landlock_path_beneath_attr rule = {.allowed_access = rules[index].access};
        rule.parent_fd = open(rules[index].path, O_PATH | O_CLOEXEC);
        require(rule.parent_fd, rules[index].path);
        require(syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0), "landlock_add_rule");
    }
    require(syscall(SYS_landlock_restrict_self, ruleset, 0), "landlock_restrict_self");
}

int main(int count, char **arguments) {
    int has_landlock = 0, next = 1;
    const char *filter = NULL;
    for (; next < count && strcmp(arguments[next], "--") != 0; next++) {
        if (strncmp(arguments[next], "seccomp=", 8) == 0) {
            filter = arguments[next] + 8;
        } else if (strcmp(arguments[next], "landlock") == 0) {
            has_landlock = 1;
        } else {
            return 64;
        }
    }
    if (++next >= count) {
        return 64;
    }
    require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl");
    if (has_landlock) {
        restrict_files(dirname(arguments[0]));
    }
    if (filter) {
        filter_calls(filter);
    }
    execv(arguments[next], arguments + next);
    perror(arguments[next]);
    return 127;
}
