// Turns an interpreter into a zygote: preloaded into it, this stops the interpreter at the moment it first looks at its
// program, when it has done all of its own start-up and nothing else, and forks a copy into a cell for every request.
//
// The copy confines itself as Sources/sanderling-launcher/ConfinedProcess.swift does, waits for its program, and only then
// goes on to look at it: from there on everything is the interpreter's own code. The zygote itself never goes on.
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"
#include "ending.h"
#include "rehearsal.h"

// MARK: Messages, in the form of Sources/LaunchProtocol/Wire.swift

enum { MESSAGE_CAPACITY = 100001, DESCRIPTOR_CAPACITY = SANDERLING_MAX_DESCRIPTORS };
// LaunchFailure.Stage
enum stage { AT_NAMESPACES = 1, AT_CGROUP = 5, AT_STREAMS, AT_LIMITS, AT_CREDENTIALS, AT_LANDLOCK, AT_SECCOMP, AT_INIT = 12 };

struct message {
    uint8_t bytes[MESSAGE_CAPACITY];
    size_t count, offset;
    int descriptors[DESCRIPTOR_CAPACITY];
    size_t descriptor_count;
    bool malformed;
};

// Static, not on the stack: a copy of the interpreter starts with as deep a stack as it has by itself.
static struct message message;

static bool receive_message(int socket) {
    ssize_t received = sanderling_receive(
        socket, message.bytes, sizeof message.bytes, message.descriptors, &message.descriptor_count, 1);
    message.count = received > 0 ? (size_t)received : 0;
    message.offset = 1;
    message.malformed = received > 0 && message.bytes[0] != 0;
    return received > 0;
}

static const uint8_t *take(size_t count) {
    static const uint8_t nothing[8];
    if (message.malformed || message.count - message.offset < count) {
        message.malformed = true;
        return nothing;
    }
    const uint8_t *bytes = message.bytes + message.offset;
    message.offset += count;
    return bytes;
}

static uint64_t take_number(size_t size) {
    uint64_t value = 0;
    memcpy(&value, take(size), size);
    return value;
}

static void close_received(void) {
    while (message.descriptor_count > 0) close(message.descriptors[--message.descriptor_count]);
}

static int send_bytes(int socket, const void *bytes, size_t count, int descriptor) {
    return (int)sanderling_send(socket, bytes, count, &descriptor, descriptor >= 0 ? 1 : 0);
}

static void send_failure(int socket, enum stage stage, const char *call, int error, uint32_t index) {
    struct __attribute__((packed)) {
        uint8_t form, kind, stage;
        uint32_t length;
        char rest[64];
    } report = {.form = 0, .kind = 2, .stage = (uint8_t)stage, .length = (uint32_t)strlen(call)};
    char *end = stpcpy(report.rest, call);
    int32_t number = error < 0 ? -error : error;
    end = mempcpy(end, &number, sizeof number);
    end = mempcpy(end, &index, sizeof index);
    send_bytes(socket, &report, (size_t)(end - (char *)&report), -1);
}

// MARK: What the zygote is told when it starts

// Where requests come from.
static int control = -1;
// The program, as the command names it and as an absolute path; empty once this is a copy, which goes on.
static char program[512], absolute_program[1024];
// Whether the end of a copy may be cut short.
static bool may_end_early;

__attribute__((constructor)) static void become_zygote(void) {
    // CONTROL:short:PROGRAM or CONTROL:whole:PROGRAM
    const char *order = getenv("SANDERLING_ZYGOTE");
    if (!order) return;
    char *end;
    control = (int)strtol(order, &end, 10);
    may_end_early = strncmp(end, ":short:", 7) == 0;
    if (!may_end_early && strncmp(end, ":whole:", 7) != 0) _exit(126);
    const char *path = end + 7;
    if (strlen(path) >= sizeof program) _exit(126);
    strcpy(program, path);
    char directory[256];
    if (!getcwd(directory, sizeof directory)) _exit(126);
    snprintf(absolute_program, sizeof absolute_program, "%s/%s", directory, program);
    // The program's environment is its language's, and nothing of this.
    unsetenv("SANDERLING_ZYGOTE");
    unsetenv("LD_PRELOAD");
    fcntl(control, F_SETFD, FD_CLOEXEC);
}

// MARK: The copy

static _Noreturn void fail(int connection, enum stage stage, const char *call, int error, uint32_t index) {
    send_failure(connection, stage, call, error, index);
    _exit(127);
}

#define TRY(stage, call, index, expression)                                        \
    do {                                                                           \
        long result_ = (expression);                                               \
        if (result_ < 0) fail(connection, stage, call, (int)result_, (uint32_t)(index)); \
    } while (0)

// The number in the cell of the process that forks the copy, and ends.
enum { COPYS_PARENT = 3 };

static long plain(long result) { return result < 0 ? -errno : result; }

struct join {
    size_t namespaces;
    uint32_t kinds[8];
    int namespace_descriptors[8], ruleset;
    uint32_t identity;
    bool records;
    char directory[256];
    const uint8_t *filter;
    size_t filter_size;
};

// Waits until init is this copy's parent: a program that asked before would be told of another.
static void await_adoption(int connection) {
    if (getppid() == 1) return;
    int parent = sanderling_pidfd_open(COPYS_PARENT);
    // Nobody has that number any more once the zygote has waited for who had it.
    if (parent == -ESRCH) return;
    TRY(AT_INIT, "pidfd_open", 0, parent);
    struct pollfd end = {.fd = parent, .events = POLLIN};
    int ended;
    do ended = poll(&end, 1, -1);
    while (ended < 0 && errno == EINTR);
    TRY(AT_INIT, "poll", 0, plain(ended));
    close(parent);
}

// Enters the cell and gives up everything that a program must not have; the order is ConfinedProcess's.
static void confine(int connection, const struct join *join, const int *cgroups, size_t cgroup_count) {
    for (size_t index = 0; index < cgroup_count; index++)
        TRY(AT_CGROUP, "write", index, plain(write(cgroups[index], "0", 1)));
    for (size_t index = 0; index < join->namespaces; index++)
        if (join->kinds[index] != CLONE_NEWPID)
            TRY(AT_NAMESPACES, "setns", index,
                plain(setns(join->namespace_descriptors[index], (int)join->kinds[index])));
    TRY(AT_NAMESPACES, "unshare", 0, sanderling_unshare(CLONE_NEWCGROUP));
    TRY(AT_STREAMS, "setsid", 0, plain(setsid()));
    TRY(AT_LIMITS, "setrlimit", 0, sanderling_forbid_core_files());
    TRY(AT_CREDENTIALS, "prctl", 0, sanderling_bound_capabilities());
    TRY(AT_CREDENTIALS, "setresuid", 0, sanderling_set_ids(join->identity, join->identity, 1));
    TRY(AT_CREDENTIALS, "capset", 0, sanderling_clear_capabilities());
    TRY(AT_CREDENTIALS, "prctl", 0, sanderling_set_no_new_privileges());
    // The changes of identity have made this process one that may not look at itself; a program that was executed can.
    TRY(AT_CREDENTIALS, "prctl", 0, sanderling_set_dumpable(1));
    TRY(AT_CREDENTIALS, "chdir", 0, plain(chdir(join->directory)));
    await_adoption(connection);
    if (join->ruleset >= 0) TRY(AT_LANDLOCK, "landlock_restrict_self", 0, sanderling_landlock_restrict(join->ruleset));
    TRY(AT_STREAMS, "close_range", 0, sanderling_close_all_from(3, connection));
    if (join->filter_size == 0) return;
    int listener = sanderling_install_filter(join->filter, join->filter_size, join->records);
    TRY(AT_SECCOMP, "seccomp", 0, listener);
    if (!join->records) return;
    // Init must have it before the first refused call.
    const uint8_t report[] = {0, 0};
    TRY(AT_SECCOMP, "sendmsg", 0, send_bytes(connection, report, sizeof report, listener));
    close(listener);
    if (!receive_message(connection)) _exit(0);
}

// Waits for the ceilings and streams of its program, and takes them on.
static void await_program(int connection) {
    struct __attribute__((packed)) {
        uint8_t form, kind;
        int32_t pid;
    } parked = {.form = 0, .kind = 3, .pid = getpid()};
    TRY(AT_INIT, "sendmsg", 0, send_bytes(connection, &parked, sizeof parked, -1));
    if (!receive_message(connection)) _exit(0);
    uint64_t ceilings = take_number(4);
    for (uint64_t index = 0; index < ceilings; index++) {
        int resource = (int)take_number(4);
        uint64_t value = take_number(8);
        if (message.malformed) break;
        TRY(AT_LIMITS, "setrlimit", index, sanderling_set_limit(resource, value));
    }
    if (message.malformed || message.descriptor_count < 3) fail(connection, AT_INIT, "recvmsg", EBADMSG, 0);
    for (size_t number = 0; number < message.descriptor_count; number++)
        TRY(AT_STREAMS, "dup2", number, sanderling_place_descriptor(message.descriptors[number], (int)number));
    int first = message.descriptor_count > 3 ? (int)message.descriptor_count : 3;
    TRY(AT_STREAMS, "close_range", 0, sanderling_close_all_from(first, connection));
    struct __attribute__((packed)) {
        uint8_t form, kind;
        uint64_t time;
    } executing = {.form = 0, .kind = 1, .time = sanderling_monotonic_now()};
    TRY(AT_INIT, "sendmsg", 0, send_bytes(connection, &executing, sizeof executing, -1));
    close(connection);
    memset(&message, 0, sizeof message);
}

// MARK: The zygote

static bool read_join(struct join *join) {
    join->identity = (uint32_t)take_number(4);
    join->records = take_number(1);
    bool has_ruleset = take_number(1);
    join->namespaces = take_number(4);
    size_t expected = join->namespaces + (has_ruleset ? 1 : 0);
    if (message.malformed || join->namespaces > 8 || message.descriptor_count != expected) return false;
    for (size_t index = 0; index < join->namespaces; index++) {
        join->kinds[index] = (uint32_t)take_number(4);
        join->namespace_descriptors[index] = message.descriptors[index];
    }
    join->ruleset = has_ruleset ? message.descriptors[join->namespaces] : -1;
    size_t length = take_number(4);
    const uint8_t *directory = take(length);
    if (message.malformed || length >= sizeof join->directory) return false;
    memcpy(join->directory, directory, length);
    join->directory[length] = 0;
    join->filter_size = take_number(4);
    join->filter = take(join->filter_size);
    return !message.malformed;
}

// A process of the pid namespace that `setns` chose for children, with number `pid` in it.
static pid_t clone_as(pid_t pid) {
    struct {
        uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size;
    } arguments = {.exit_signal = SIGCHLD, .set_tid = (uint64_t)(uintptr_t)&pid, .set_tid_size = 1};
    return (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
}

// Forks a copy into the cell whose init speaks at the other end of `connection`; true in the copy.
//
// The copy's parent is a process inside the cell that ends at once: so the copy becomes init's child, which learns from the
// kernel how it ends. That process takes another number, and leaves 2 to the copy, as it is for a program that is executed.
static bool fork_into_cell(int connection, const int *cgroups, size_t cgroup_count) {
    struct join join;
    if (!receive_message(connection) || !read_join(&join)) {
        send_failure(connection, AT_INIT, "recvmsg", EBADMSG, 0);
        close_received();
        return false;
    }
    for (size_t index = 0; index < join.namespaces; index++) {
        if (join.kinds[index] != CLONE_NEWPID) continue;
        if (setns(join.namespace_descriptors[index], CLONE_NEWPID) == 0) continue;
        send_failure(connection, AT_NAMESPACES, "setns", errno, (uint32_t)index);
        close_received();
        return false;
    }
    pid_t parent = clone_as(COPYS_PARENT);
    if (parent == 0) {
        pid_t copy = fork();
        if (copy < 0) send_failure(connection, AT_INIT, "fork", errno, 0);
        if (copy != 0) _exit(0);
        confine(connection, &join, cgroups, cgroup_count);
        copy_rehearsed_pages();
        return true;
    }
    if (parent < 0) {
        send_failure(connection, AT_INIT, "clone3", errno, 0);
    } else {
        while (waitpid(parent, NULL, 0) < 0 && errno == EINTR) {}
    }
    close_received();
    return false;
}

// What a copy inherits it shares with every other copy; the host looks at shared memory, this at open files.
static bool holds_files(void) {
    for (int number = 3; number < 1024; number++)
        if (number != control && fcntl(number, F_GETFD) >= 0) return true;
    return false;
}

static void serve(void) {
    program[0] = absolute_program[0] = 0;
    int saved = errno;
    if (may_end_early) note_interpreter();
    if (rehearse(control)) {
        errno = saved;
        return;
    }
    close(PROCESSES);
    if (holds_files()) _exit(125);
    struct __attribute__((packed)) {
        uint8_t form;
        uint64_t identity, rehearsed;
    } hello = {.form = 0, .identity = sanderling_launcher_identity(), .rehearsed = rehearsed_bytes()};
    send_bytes(control, &hello, sizeof hello, -1);
    while (receive_message(control)) {
        int cgroups[DESCRIPTOR_CAPACITY];
        if (message.descriptor_count < 1) continue;
        size_t cgroup_count = message.descriptor_count - 1;
        memcpy(cgroups, message.descriptors + 1, cgroup_count * sizeof *cgroups);
        // Out of the way of the numbers that the program's streams take.
        int connection = fcntl(message.descriptors[0], F_DUPFD_CLOEXEC, 10);
        close(message.descriptors[0]);
        if (connection >= 0 && fork_into_cell(connection, cgroups, cgroup_count)) {
            await_program(connection);
            errno = saved;
            return;
        }
        if (connection >= 0) close(connection);
        for (size_t index = 0; index < cgroup_count; index++) close(cgroups[index]);
    }
    // Whoever asked is gone.
    _exit(0);
}

static inline void look_at(const char *path) {
    if (program[0] && path && (strcmp(path, program) == 0 || strcmp(path, absolute_program) == 0)) serve();
}

// MARK: The calls by which interpreters first look at their program

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int stat(const char *restrict path, struct stat *restrict status) {
    look_at(path);
    return REAL(stat)(path, status);
}

int stat64(const char *restrict path, struct stat64 *restrict status) {
    look_at(path);
    return REAL(stat64)(path, status);
}

int lstat(const char *restrict path, struct stat *restrict status) {
    look_at(path);
    return REAL(lstat)(path, status);
}

int lstat64(const char *restrict path, struct stat64 *restrict status) {
    look_at(path);
    return REAL(lstat64)(path, status);
}

int access(const char *path, int mode) {
    look_at(path);
    return REAL(access)(path, mode);
}

ssize_t readlink(const char *restrict path, char *restrict buffer, size_t size) {
    look_at(path);
    return REAL(readlink)(path, buffer, size);
}

char *realpath(const char *restrict path, char *restrict resolved) {
    look_at(path);
    return REAL(realpath)(path, resolved);
}

FILE *fopen(const char *restrict path, const char *restrict mode) {
    look_at(path);
    return REAL(fopen)(path, mode);
}

FILE *fopen64(const char *restrict path, const char *restrict mode) {
    look_at(path);
    return REAL(fopen64)(path, mode);
}

#define OPEN(name)                                                 \
    int name(const char *path, int flags, ...) {                   \
        va_list rest;                                              \
        va_start(rest, flags);                                     \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                              \
        look_at(path);                                             \
        return REAL(name)(path, flags, mode);                      \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                               \
    int name(int directory, const char *path, int flags, ...) {    \
        va_list rest;                                              \
        va_start(rest, flags);                                     \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                              \
        look_at(path);                                             \
        return REAL(name)(directory, path, flags, mode);           \
    }
OPENAT(openat)
OPENAT(openat64)
