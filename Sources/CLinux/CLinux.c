#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <malloc.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <linux/nsfs.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <linux/filter.h>

#ifndef SANDERLING_LAUNCHER_IDENTITY
#define SANDERLING_LAUNCHER_IDENTITY 0
#endif

#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif

static inline long negated(long result) { return result < 0 ? -errno : result; }

static void close_descriptor(int *descriptor) {
    int saved = errno;
    if (*descriptor >= 0) close(*descriptor);
    errno = saved;
}
#define SCOPED_DESCRIPTOR __attribute__((cleanup(close_descriptor))) int

long sanderling_clone3(uint64_t flags, int *pidfd) {
    // struct clone_args of <linux/sched.h>, first version (CLONE_ARGS_SIZE_VER0); the header clashes with <sched.h>.
    struct {
        uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
    } arguments = {
        .flags = flags | CLONE_PIDFD,
        .pidfd = (uint64_t)(uintptr_t)pidfd,
        .exit_signal = SIGCHLD,
    };
    long child = syscall(SYS_clone3, &arguments, sizeof arguments);
    // Filters of container engines answer so, as they cannot see its flags; those of the older call they can.
    if (child < 0 && errno == ENOSYS) child = syscall(SYS_clone, arguments.flags | SIGCHLD, 0, pidfd, 0, 0);
    return negated(child);
}

int sanderling_unshare(int flags) { return (int)negated(unshare(flags)); }

int sanderling_namespace_owner(int namespace) { return (int)negated(ioctl(namespace, NS_GET_USERNS)); }

int sanderling_setns(int namespace, int kind) { return (int)negated(setns(namespace, kind)); }

int sanderling_set_parent_death_signal(int signal) { return (int)negated(prctl(PR_SET_PDEATHSIG, signal)); }

int sanderling_become_subreaper(void) { return (int)negated(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)); }

int sanderling_set_dumpable(int dumpable) { return (int)negated(prctl(PR_SET_DUMPABLE, dumpable, 0, 0, 0)); }

int sanderling_set_no_new_privileges(void) { return (int)negated(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); }

int sanderling_set_name(const char *name) { return (int)negated(prctl(PR_SET_NAME, name)); }

// The last that every kernel has which Sanderling runs on: CAP_CHECKPOINT_RESTORE, since Linux 5.9. Only of one above it does
// EINVAL say that there are no more.
#define LAST_COMMON_CAPABILITY 40

int sanderling_bound_capabilities(void) {
    for (int capability = 0;; capability++) {
        int held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
        if (held < 0 && errno == EINVAL && capability > LAST_COMMON_CAPABILITY) break;
        if (held < 0) return -errno;
        if (held == 1 && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) return -errno;
    }
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0) return -errno;
    const unsigned long locked = (1UL << 0) | (1UL << 1)  // SECBIT_NOROOT and its lock
                                 | (1UL << 2) | (1UL << 3)  // SECBIT_NO_SETUID_FIXUP
                                 | (1UL << 5)               // SECBIT_KEEP_CAPS_LOCKED
                                 | (1UL << 6) | (1UL << 7);  // SECBIT_NO_CAP_AMBIENT_RAISE
    return (int)negated(prctl(PR_SET_SECUREBITS, locked, 0, 0, 0));
}

int sanderling_empty_bounding_set(void) {
    for (int capability = 0;; capability++) {
        int held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
        if (held < 0) return errno == EINVAL && capability > 0 ? 0 : -errno;
        if (held == 1 && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) return -errno;
    }
}

int sanderling_bound_capabilities_to(int kept) {
    for (int capability = 0;; capability++) {
        int held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
        if (held < 0 && errno == EINVAL && capability > LAST_COMMON_CAPABILITY) return 0;
        if (held < 0) return -errno;
        if (held == 1 && capability != kept && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) return -errno;
    }
}

int sanderling_clear_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    return (int)negated(syscall(SYS_capset, &header, none));
}

int sanderling_pivot_root_here(void) {
    if (syscall(SYS_pivot_root, ".", ".") < 0) return -errno;
    if (umount2(".", MNT_DETACH) < 0) return -errno;
    return (int)negated(chdir("/"));
}

int sanderling_clone_tree(int directory, const char *path, int recursive) {
    unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
    return (int)negated(syscall(SYS_open_tree, directory, path, flags));
}

int sanderling_attach_mount(int mount, int directory, const char *path) {
    return (int)negated(syscall(SYS_move_mount, mount, "", directory, path, MOVE_MOUNT_F_EMPTY_PATH));
}

int sanderling_set_mount_attributes(int directory, const char *path, uint64_t set, uint64_t clear, int recursive) {
    struct mount_attr attributes = {.attr_set = set, .attr_clr = clear};
    unsigned flags = AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW | (recursive ? AT_RECURSIVE : 0);
    return (int)negated(syscall(SYS_mount_setattr, directory, path, flags, &attributes, sizeof attributes));
}

int sanderling_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct {
        uint64_t flags, mode, resolve;
    } how = {.flags = flags | O_CLOEXEC, .mode = mode, .resolve = resolve};
    return (int)negated(syscall(SYS_openat2, directory, path, &how, sizeof how));
}

int sanderling_close_all_from(int first, int kept) {
    if (kept > first && syscall(SYS_close_range, first, kept - 1, 0) < 0) return -errno;
    if (kept >= first) first = kept + 1;
    return (int)negated(syscall(SYS_close_range, first, INT_MAX, 0));
}

int sanderling_memfd_create(const char *name) {
    return (int)negated(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
}

int sanderling_seal(int descriptor) {
    return (int)negated(fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL));
}

int sanderling_pidfd_open(pid_t pid) { return (int)negated(syscall(SYS_pidfd_open, pid, 0)); }

int sanderling_pidfd_send_signal(int pidfd, int signal) {
    return (int)negated(syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0));
}

int sanderling_child_signal_descriptor(void) {
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &children, NULL) < 0) return -errno;
    return (int)negated(signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK));
}

int sanderling_reset_signals(void) {
    for (int number = 1; number <= SIGRTMAX; number++) {
        if (number == SIGKILL || number == SIGSTOP || (number > 31 && number < SIGRTMIN)) continue;
        if (signal(number, SIG_DFL) == SIG_ERR) return -errno;
    }
    sigset_t none;
    sigemptyset(&none);
    return (int)negated(sigprocmask(SIG_SETMASK, &none, NULL));
}

int sanderling_eventfd(void) { return (int)negated(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }

int sanderling_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}

int sanderling_socketpair(int *first, int *second) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) return -errno;
    *first = ends[0];
    *second = ends[1];
    return 0;
}

ssize_t sanderling_send(int socket, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count) {
    union {
        char bytes[CMSG_SPACE(sizeof(int) * SANDERLING_MAX_DESCRIPTORS)];
        struct cmsghdr alignment;
    } control;
    if (descriptor_count > SANDERLING_MAX_DESCRIPTORS) return -EMFILE;
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (descriptor_count > 0) {
        size_t length = sizeof(int) * descriptor_count;
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(length);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(length);
        memcpy(CMSG_DATA(header), descriptors, length);
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return negated(sent);
}

ssize_t sanderling_receive(int socket, void *bytes, size_t capacity, int *descriptors, size_t *descriptor_count, int wait) {
    union {
        char bytes[CMSG_SPACE(sizeof(int) * SANDERLING_MAX_DESCRIPTORS)];
        struct cmsghdr alignment;
    } control;
    struct iovec part = {.iov_base = bytes, .iov_len = capacity};
    struct msghdr message = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = control.bytes,
        .msg_controllen = sizeof control.bytes,
    };
    *descriptor_count = 0;
    ssize_t received;
    do received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
    while (received < 0 && errno == EINTR);
    if (received < 0) return -errno;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(descriptors + *descriptor_count, CMSG_DATA(header), count * sizeof(int));
        *descriptor_count += count;
    }
    // Descriptors for which there was no room are lost. A message with some of them is as good as one with none.
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        while (*descriptor_count > 0) close(descriptors[--*descriptor_count]);
    }
    return (message.msg_flags & MSG_TRUNC) ? -EMSGSIZE : received;
}

int sanderling_install_filter(const void *filter, size_t bytes, int listener) {
    // A length that wraps would install another filter than the one given; BPF_MAXINSNS of <linux/bpf_common.h>.
    if (bytes / sizeof(struct sock_filter) > 4096) return -EINVAL;
    struct sock_fprog program = {
        .len = (unsigned short)(bytes / sizeof(struct sock_filter)),
        .filter = (struct sock_filter *)filter,
    };
    unsigned flags = listener ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
    return (int)negated(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program));
}

int sanderling_receive_notification(int listener, struct sanderling_notification *notification) {
    struct seccomp_notif received;
    memset(&received, 0, sizeof received);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &received) < 0) return -errno;
    notification->id = received.id;
    notification->architecture = received.data.arch;
    notification->number = received.data.nr;
    for (int index = 0; index < 6; index++) notification->arguments[index] = received.data.args[index];
    return 0;
}

int sanderling_refuse_notification(int listener, uint64_t id, int error) {
    struct seccomp_notif_resp response = {.id = id, .error = -error};
    return (int)negated(ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response));
}

int sanderling_landlock_abi(void) {
    return (int)negated(syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION));
}

int sanderling_landlock_create(uint64_t handled_access, uint64_t handled_network, uint64_t scoped) {
    // struct landlock_ruleset_attr as of ABI 6; older kernels take the shorter one.
    struct {
        uint64_t handled_access_fs, handled_access_net, scoped;
    } attributes = {
        .handled_access_fs = handled_access,
        .handled_access_net = handled_network,
        .scoped = scoped,
    };
    size_t size = scoped ? sizeof attributes : handled_network ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    return (int)negated(syscall(SYS_landlock_create_ruleset, &attributes, size, 0));
}

int sanderling_landlock_allow(int ruleset, int path, uint64_t access) {
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = path};
    return (int)negated(syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0));
}

int sanderling_landlock_restrict(int ruleset) {
    return (int)negated(syscall(SYS_landlock_restrict_self, ruleset, 0));
}

int sanderling_loopback_up(void) {
    SCOPED_DESCRIPTOR socket_descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_descriptor < 0) return -errno;
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    return (int)negated(ioctl(socket_descriptor, SIOCSIFFLAGS, &request));
}

int sanderling_mount(const char *type, const char *target, unsigned long flags, const char *data) {
    return (int)negated(mount(type, target, type, flags, data));
}

int sanderling_close(int descriptor) { return (int)negated(close(descriptor)); }

int sanderling_set_ids(uid_t uid, gid_t gid, int keep_groups) {
    if (!keep_groups && setgroups(0, NULL) < 0) return -errno;
    if (setresgid(gid, gid, gid) < 0) return -errno;
    return (int)negated(setresuid(uid, uid, uid));
}

pid_t sanderling_reap(int *signaled, int *code) {
    int status;
    pid_t pid;
    do pid = waitpid(-1, &status, WNOHANG);
    while (pid < 0 && errno == EINTR);
    if (pid <= 0) return pid < 0 ? -errno : 0;
    *signaled = WIFSIGNALED(status);
    *code = *signaled ? WTERMSIG(status) : WEXITSTATUS(status);
    return pid;
}

void sanderling_keep_freed_memory(void) { mallopt(M_TRIM_THRESHOLD, 1 << 24); }

void sanderling_return_freed_memory(void) { mallopt(M_MMAP_THRESHOLD, 1 << 19); }

uint64_t sanderling_monotonic_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void sanderling_wait_until(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t end) {
    struct timespec time = {.tv_sec = (time_t)(end / 1000000000), .tv_nsec = (long)(end % 1000000000)};
    pthread_cond_timedwait(condition, mutex, &time);
}

int sanderling_forbid_core_files(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) < 0) return -errno;
    return sanderling_set_limit(RLIMIT_CORE, limit.rlim_max > 1 ? 1 : limit.rlim_max);
}

int sanderling_set_limit(int resource, uint64_t value) {
    struct rlimit limit = {.rlim_cur = value, .rlim_max = value};
    return (int)negated(setrlimit(resource, &limit));
}

uint64_t sanderling_launcher_identity(void) { return SANDERLING_LAUNCHER_IDENTITY; }

int sanderling_spawn_launcher(int executable, int socket, pid_t *pid) {
    // The numbers up to 3 are about to become the launcher's own.
    SCOPED_DESCRIPTOR opened = fcntl(executable, F_DUPFD_CLOEXEC, 4);
    if (opened < 0) return -errno;
    executable = opened;
    char path[] = "/proc/self/fd/0123456789";
    char *digits = path + strlen("/proc/self/fd/");
    int divisor = 1;
    while (executable / divisor >= 10) divisor *= 10;
    for (; divisor > 0; divisor /= 10) *digits++ = (char)('0' + executable / divisor % 10);
    *digits = 0;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return -error;
    error = posix_spawnattr_init(&attributes);
    if (!error) {
        sigset_t all, none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setsigmask(&attributes, &none);
        error = posix_spawn_file_actions_adddup2(&actions, socket, 3);
        if (!error) error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        if (!error) error = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        char *const arguments[] = {"sanderling-launcher", NULL};
        char *const environment[] = {NULL};
        if (!error) error = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return -error;
}

int sanderling_exec(const char *path, char *const arguments[], char *const environment[]) {
    return (int)negated(execve(path, arguments, environment));
}

pid_t sanderling_fork(void) { return (pid_t)negated(fork()); }

int sanderling_place_descriptor(int descriptor, int number) {
    if (descriptor == number) return (int)negated(fcntl(descriptor, F_SETFD, 0));
    return (int)negated(dup2(descriptor, number));
}

int sanderling_set_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -errno : (int)negated(fcntl(descriptor, F_SETFL, flags | O_NONBLOCK));
}

int sanderling_duplicate_above(int descriptor, int lowest) {
    return (int)negated(fcntl(descriptor, F_DUPFD_CLOEXEC, lowest));
}

int sanderling_try_lock(int descriptor) { return (int)negated(flock(descriptor, LOCK_EX | LOCK_NB)); }

int sanderling_file_system_space(int descriptor, struct sanderling_space *space) {
    struct statfs status;
    if (fstatfs(descriptor, &status) < 0) return -errno;
    space->capacity = (uint64_t)status.f_blocks * (uint64_t)status.f_bsize;
    space->free = (uint64_t)status.f_bfree * (uint64_t)status.f_bsize;
    space->files = status.f_files;
    space->free_files = status.f_ffree;
    space->type = status.f_type;
    space->flags = status.f_flags;
    return 0;
}

int sanderling_poll(struct pollfd *entries, size_t count, int64_t nanoseconds) {
    struct timespec timeout = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    return (int)negated(ppoll(entries, count, nanoseconds < 0 ? NULL : &timeout, NULL));
}

void sanderling_move_away(int pid) {
    int own = sched_getcpu();
    cpu_set_t all, others;
    if (own < 0 || sched_getaffinity(pid, sizeof all, &all) != 0) return;
    others = all;
    CPU_CLR(own, &others);
    if (CPU_COUNT(&others) == 0 || sched_setaffinity(pid, sizeof others, &others) != 0) return;
    sched_setaffinity(pid, sizeof all, &all);
}
