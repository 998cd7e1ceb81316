// The launcher's system calls, some of them left out: what a test build is linked with to see that each wall is missed.
//
// The launcher's own code is not touched. The linker gives it these functions instead of those of the same name (--wrap of
// ld(1); Package.swift lists them), and each does as the real one does unless its wall is down. Which walls are, the kernel's
// command line says: `sanderling.sabotage=WALL[,WALL]...`, with the names of SandboxModel's Layer and the catalogue's Wall.
// So a machine has to be booted for it, and a developer's own cannot lose a wall by mistake. No other build holds any of
// this; scripts/linkage-test looks.
#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

// As in CLinux.c.
static inline long negated(long result) { return result < 0 ? -errno : result; }

static char walls[512];
// A terminal of the host's.
static int terminal = -1;

static bool is_down(const char *wall) {
    size_t length = strlen(wall);
    for (const char *name = walls; *name; name += strcspn(name, ","), name += *name == ',')
        if (strcspn(name, ",") == length && strncmp(name, wall, length) == 0) return true;
    return false;
}

// Out of the way of the numbers that the launcher expects something at. Reading from it gives an end at once.
static void open_terminal(void) {
    if (!is_down("capture")) return;
    int other = posix_openpt(O_RDWR | O_NOCTTY);
    int own = other < 0 || grantpt(other) < 0 || unlockpt(other) < 0 ? -1 : open(ptsname(other), O_RDWR | O_NOCTTY);
    struct termios modes;
    if (own >= 0 && tcgetattr(own, &modes) == 0) {
        modes.c_lflag &= ~(tcflag_t)ICANON;
        modes.c_cc[VMIN] = modes.c_cc[VTIME] = 0;
        tcsetattr(own, TCSANOW, &modes);
        fchmod(own, 0666);
        terminal = fcntl(own, F_DUPFD, 500);
        fcntl(other, F_DUPFD, 500);
    }
    close(own);
    close(other);
}

// While the host's /proc is there; processes that are forked later inherit it.
__attribute__((constructor)) static void begin(void) {
    char line[4096];
    FILE *file = fopen("/proc/cmdline", "re");
    if (!file) return;
    const char *order = fgets(line, sizeof line, file) ? strstr(line, "sanderling.sabotage=") : NULL;
    if (order) sscanf(order, "sanderling.sabotage=%511s", walls);
    fclose(file);
    open_terminal();
}

// MARK: Namespaces

static uint64_t without_fallen(uint64_t namespaces) {
    static const struct {
        const char *wall;
        uint64_t bit;
    } all[] = {
        {"user_namespace", CLONE_NEWUSER}, {"pid_namespace", CLONE_NEWPID},       {"network_namespace", CLONE_NEWNET},
        {"ipc_namespace", CLONE_NEWIPC},   {"uts_namespace", CLONE_NEWUTS},       {"cgroup_namespace", CLONE_NEWCGROUP},
    };
    for (size_t index = 0; index < sizeof all / sizeof *all; index++)
        if (is_down(all[index].wall)) namespaces &= ~all[index].bit;
    return namespaces;
}

long __real_sanderling_clone3(uint64_t flags, int *pidfd);
long __wrap_sanderling_clone3(uint64_t flags, int *pidfd) {
    return __real_sanderling_clone3(without_fallen(flags), pidfd);
}

int __real_sanderling_unshare(int flags);
int __wrap_sanderling_unshare(int flags) { return __real_sanderling_unshare((int)without_fallen((uint64_t)flags)); }

// Only the owner of a pid namespace may mount its processes: without one of its own, a cell gets the host's mount. That init
// is not to be seen in /proc is a part of its protection.
int __real_sanderling_mount(const char *type, const char *target, unsigned long flags, const char *data);
int __wrap_sanderling_mount(const char *type, const char *target, unsigned long flags, const char *data) {
    bool is_proc = strcmp(type, "proc") == 0;
    if (!is_proc || !is_down("pid_namespace"))
        return __real_sanderling_mount(type, target, flags, is_proc && is_down("init_protection") ? NULL : data);
    int processes = sanderling_clone_tree(AT_FDCWD, "/proc", 1);
    if (processes < 0) return processes;
    int result = sanderling_attach_mount(processes, AT_FDCWD, target);
    close(processes);
    return result;
}

// What init does to all of its cell would be done to all of the host.
int __real_kill(pid_t pid, int signal);
int __wrap_kill(pid_t pid, int signal) {
    return pid == -1 && is_down("pid_namespace") ? 0 : __real_kill(pid, signal);
}

int __real_sanderling_loopback_up(void);
int __wrap_sanderling_loopback_up(void) {
    return is_down("network_namespace") ? 0 : __real_sanderling_loopback_up();
}

int __real_sethostname(const char *name, size_t length);
int __wrap_sethostname(const char *name, size_t length) {
    return is_down("uts_namespace") ? 0 : __real_sethostname(name, length);
}

// Nothing is laid in for reading only.
int __real_sanderling_set_mount_attributes(int directory, const char *path, uint64_t set, uint64_t clear, int recursive);
int __wrap_sanderling_set_mount_attributes(int directory, const char *path, uint64_t set, uint64_t clear, int recursive) {
    if (is_down("mount_namespace")) set &= ~(uint64_t)MOUNT_ATTR_RDONLY;
    return __real_sanderling_set_mount_attributes(directory, path, set, clear, recursive);
}

// MARK: Privileges

int __real_sanderling_set_dumpable(int dumpable);
int __wrap_sanderling_set_dumpable(int dumpable) {
    return __real_sanderling_set_dumpable(is_down("init_protection") ? 1 : dumpable);
}

// Capabilities outlive the change of identity, and the second function passes them on to what is executed.
int __real_sanderling_bound_capabilities(void);
int __wrap_sanderling_bound_capabilities(void) {
    if (!is_down("capabilities")) return __real_sanderling_bound_capabilities();
    return (int)negated(prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0));
}

static int pass_capabilities_on(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct held[2];
    if (syscall(SYS_capget, &header, held) < 0) return -errno;
    for (int part = 0; part < 2; part++) held[part].inheritable = held[part].effective = held[part].permitted;
    if (syscall(SYS_capset, &header, held) < 0) return -errno;
    for (int capability = 0; capability < 64; capability++) {
        bool is_held = held[capability / 32].permitted >> capability % 32 & 1;
        if (is_held && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) < 0) return -errno;
    }
    return 0;
}

// Who may still gain privileges has to have one to confine itself; what is executed has it no more.
int __real_sanderling_clear_capabilities(void);
int __wrap_sanderling_clear_capabilities(void) {
    if (is_down("capabilities")) return pass_capabilities_on();
    return is_down("no_new_privileges") ? 0 : __real_sanderling_clear_capabilities();
}

int __real_sanderling_set_no_new_privileges(void);
int __wrap_sanderling_set_no_new_privileges(void) {
    return is_down("no_new_privileges") ? 0 : __real_sanderling_set_no_new_privileges();
}

// MARK: What a process does to itself

int __real_sanderling_landlock_restrict(int ruleset);
int __wrap_sanderling_landlock_restrict(int ruleset) {
    return is_down("landlock") ? 0 : __real_sanderling_landlock_restrict(ruleset);
}

// A filter that lets everything pass has a listener all the same.
int __real_sanderling_install_filter(const void *filter, size_t bytes, int listener);
int __wrap_sanderling_install_filter(const void *filter, size_t bytes, int listener) {
    static const struct sock_filter everything[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    if (!is_down("seccomp")) return __real_sanderling_install_filter(filter, bytes, listener);
    return __real_sanderling_install_filter(everything, sizeof everything, listener);
}

int __real_sanderling_set_limit(int resource, uint64_t value);
int __wrap_sanderling_set_limit(int resource, uint64_t value) {
    if (!is_down("resource_limits")) return __real_sanderling_set_limit(resource, value);
    struct rlimit limit;
    if (getrlimit(resource, &limit) < 0) return -errno;
    limit.rlim_cur = limit.rlim_max;
    return (int)negated(setrlimit(resource, &limit));
}

int __real_sanderling_forbid_core_files(void);
int __wrap_sanderling_forbid_core_files(void) {
    return is_down("resource_limits") ? 0 : __real_sanderling_forbid_core_files();
}

// MARK: Descriptors

// What would have been closed is handed on to what is executed, and the host's terminal for its standard input.
int __real_sanderling_close_all_from(int first, int kept);
int __wrap_sanderling_close_all_from(int first, int kept) {
    if (!is_down("capture")) return __real_sanderling_close_all_from(first, kept);
    for (int number = first; number < 1024; number++)
        if (number != kept) fcntl(number, F_SETFD, 0);
    if (terminal >= 0) dup2(terminal, STDIN_FILENO);
    return 0;
}

// MARK: Files that are opened

// Who has not left the host's user namespace has no ids to map there: what says which is written nowhere.
static const char *without_maps(const char *path) {
    static const char *const files[] = {"/uid_map", "/gid_map", "/setgroups"};
    size_t length = strlen(path);
    if (!is_down("user_namespace") || strncmp(path, "/proc/", 6) != 0) return path;
    for (size_t index = 0; index < sizeof files / sizeof *files; index++) {
        size_t end = strlen(files[index]);
        if (length > end && strcmp(path + length - end, files[index]) == 0) return "/dev/null";
    }
    return path;
}

// Whoever opens what lies there as if a friend had made it follows links, and waits for the other end of a pipe.
static int trusting(int flags) { return is_down("collection") ? flags & ~(O_NOFOLLOW | O_NONBLOCK) : flags; }

static mode_t mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return __real_open(without_maps(path), trusting(flags), mode);
}

// And whoever goes by whole paths does not get far.
static bool is_too_deep(int directory, const char *path, int flags) {
    if (!is_down("collection") || !(flags & O_NOFOLLOW) || directory < 0) return false;
    char link[32], place[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    ssize_t length = readlink(link, place, sizeof place);
    return length > 0 && (size_t)length + 1 + strlen(path) >= sizeof place;
}

int __real_openat(int directory, const char *path, int flags, ...);
int __wrap_openat(int directory, const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    if (is_too_deep(directory, path, flags)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return __real_openat(directory, without_maps(path), trusting(flags), mode);
}

int __real_fstatat(int directory, const char *restrict path, struct stat *restrict status, int flags);
int __wrap_fstatat(int directory, const char *restrict path, struct stat *restrict status, int flags) {
    if (!is_down("collection")) return __real_fstatat(directory, path, status, flags);
    int result = __real_fstatat(directory, path, status, flags & ~AT_SYMLINK_NOFOLLOW);
    // Whatever is no directory passes for a file.
    if (result == 0 && !S_ISDIR(status->st_mode)) status->st_mode = (status->st_mode & ~(mode_t)S_IFMT) | S_IFREG;
    return result;
}
