// What Swift cannot express about Linux. A function is admitted here for one of two reasons:
//   1. glibc 2.36 has no wrapper for the call, or Swift's Glibc module does not import it (variadic calls, macros).
//   2. A structure's layout is the kernel's and must come from its headers.
// Each function names its system call and the first kernel that has it. Failures are returned as -errno, so that nothing
// between the call and its check can change errno. No function allocates.
#pragma once

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "SystemCallNumbers.h"

/// Moves a process to another processor than the caller's, if there is one for it; its affinity is the same afterwards.
void sanderling_move_away(int pid);

// clone3(2), Linux 5.3: a new process with a memory of its own. Returns its pid in the parent, 0 in the child; stores a
// pidfd in *pidfd.
long sanderling_clone3(uint64_t flags, int *pidfd);
// unshare(2), Linux 2.6.16.
int sanderling_unshare(int flags);
// setns(2).
int sanderling_setns(int namespace, int kind);
// setsid(2) and setting the parent-death signal with prctl(PR_SET_PDEATHSIG), Linux 2.1.57.
int sanderling_set_parent_death_signal(int signal);
// prctl(PR_SET_CHILD_SUBREAPER), Linux 3.4: descendants whose parent ends become children of the caller.
int sanderling_become_subreaper(void);
// prctl(PR_SET_DUMPABLE), Linux 2.3.20.
int sanderling_set_dumpable(int dumpable);
// prctl(PR_SET_NO_NEW_PRIVS), Linux 3.5.
int sanderling_set_no_new_privileges(void);
// prctl(PR_SET_NAME), Linux 2.6.9.
int sanderling_set_name(const char *name);
// Empties the bounding set (prctl(PR_CAPBSET_DROP)) and the ambient set, and locks the securebits that would give
// capabilities to uid 0, Linux 4.3. The effective set stays until it is cleared.
int sanderling_bound_capabilities(void);
// Empties the bounding set alone, of however few capabilities the kernel has.
int sanderling_empty_bounding_set(void);
// Empties the bounding set but for one capability.
int sanderling_bound_capabilities_to(int kept);
// capset(2): empties the inheritable, permitted and effective sets.
int sanderling_clear_capabilities(void);
// pivot_root(2): makes the current directory the root and detaches the old one.
int sanderling_pivot_root_here(void);
// open_tree(2) with OPEN_TREE_CLONE, Linux 5.2. Returns a detached copy of the mounts at path.
int sanderling_clone_tree(int directory, const char *path, int recursive);
// move_mount(2), Linux 5.2: attaches a detached mount at path.
int sanderling_attach_mount(int mount, int directory, const char *path);
// mount_setattr(2), Linux 5.12. Attributes are MOUNT_ATTR_*.
int sanderling_set_mount_attributes(int directory, const char *path, uint64_t set, uint64_t clear, int recursive);
// openat2(2), Linux 5.6. resolve is RESOLVE_*.
int sanderling_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);
// close_range(2), Linux 5.9: closes every descriptor from `first` on, except `kept`; -1 keeps none.
int sanderling_close_all_from(int first, int kept);
// memfd_create(2), Linux 3.17, sealable, closed on exec.
int sanderling_memfd_create(const char *name);
// fcntl(F_ADD_SEALS): no shrinking, growing, writing or further seals.
int sanderling_seal(int descriptor);
// pidfd_open(2), Linux 5.3.
int sanderling_pidfd_open(pid_t pid);
// pidfd_send_signal(2), Linux 5.1.
int sanderling_pidfd_send_signal(int pidfd, int signal);
// signalfd(2) for SIGCHLD, which it blocks. Linux 2.6.27.
int sanderling_child_signal_descriptor(void);
// Unblocks every signal and gives each its default action, as exec leaves blocked and ignored ones in place.
int sanderling_reset_signals(void);
// eventfd(2), Linux 2.6.27.
int sanderling_eventfd(void);
// pipe2(2) with O_CLOEXEC, Linux 2.6.27.
int sanderling_pipe(int *read_end, int *write_end);
// socketpair(2) of AF_UNIX, SOCK_SEQPACKET, closed on exec.
int sanderling_socketpair(int *first, int *second);
// sendmsg(2) with SCM_RIGHTS; MSG_NOSIGNAL. At most SANDERLING_MAX_DESCRIPTORS descriptors.
#define SANDERLING_MAX_DESCRIPTORS 64
ssize_t sanderling_send(int socket, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count);
// recvmsg(2) with SCM_RIGHTS, MSG_CMSG_CLOEXEC. Returns the bytes received; a truncated message is -EMSGSIZE.
ssize_t sanderling_receive(int socket, void *bytes, size_t capacity, int *descriptors, size_t *descriptor_count, int wait);
// seccomp(SECCOMP_SET_MODE_FILTER), Linux 3.17; with a listener (SECCOMP_FILTER_FLAG_NEW_LISTENER), Linux 5.0.
// Returns the listener, or 0 without one.
int sanderling_install_filter(const void *filter, size_t bytes, int listener);
// One refused call, as SECCOMP_IOCTL_NOTIF_RECV gives it, Linux 5.0.
struct sanderling_notification {
    uint64_t id;
    uint32_t architecture;
    int32_t number;
    uint64_t arguments[6];
};
int sanderling_receive_notification(int listener, struct sanderling_notification *notification);
// SECCOMP_IOCTL_NOTIF_SEND: the call fails with the given errno.
int sanderling_refuse_notification(int listener, uint64_t id, int error);
// landlock_create_ruleset(2) with LANDLOCK_CREATE_RULESET_VERSION, Linux 5.13. Returns the ABI.
int sanderling_landlock_abi(void);
// landlock_create_ruleset(2). handled_network needs ABI 4, Linux 6.7; scoped needs ABI 6, Linux 6.12.
int sanderling_landlock_create(uint64_t handled_access, uint64_t handled_network, uint64_t scoped);
// landlock_add_rule(LANDLOCK_RULE_PATH_BENEATH).
int sanderling_landlock_allow(int ruleset, int path, uint64_t access);
// landlock_restrict_self(2).
int sanderling_landlock_restrict(int ruleset);
// Brings the loopback interface of the current network namespace up, by SIOCSIFFLAGS; netdevice(7).
int sanderling_loopback_up(void);
// mount(2) of a tmpfs or proc; data is the file system's option string.
int sanderling_mount(const char *type, const char *target, unsigned long flags, const char *data);
// close(2) without loss of the caller's errno.
int sanderling_close(int descriptor);
// setresgid(2), setgroups(2) and setresuid(2); groups are left alone when keep_groups is set.
int sanderling_set_ids(uid_t uid, gid_t gid, int keep_groups);
// wait4(2) with WNOHANG on any child. Stores the exit code or, with *signaled set, the signal.
pid_t sanderling_reap(int *signaled, int *code);
// Has free(3) keep up to 16 MiB for the next malloc(3); M_TRIM_THRESHOLD of mallopt(3).
void sanderling_keep_freed_memory(void);
// Has free(3) give blocks of 512 KiB and more back at once; M_MMAP_THRESHOLD of mallopt(3).
void sanderling_return_freed_memory(void);
// The monotonic clock in nanoseconds.
uint64_t sanderling_monotonic_now(void);
// pthread_cond_timedwait(3) on a condition whose clock is that one.
void sanderling_wait_until(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t end);
// prlimit(2) on the calling process: soft and hard are the same.
int sanderling_set_limit(int resource, uint64_t value);
// A limit of 1 on core files: with 0 the kernel starts a handler of the host's all the same where core_pattern names one, with
// 1 it does not (coredump_pipe in fs/coredump.c). Where the caller's own is 0, nobody without privilege can raise it. Once a
// filter is installed that keeps it at that, it cannot be set any more.
int sanderling_forbid_core_files(void);
// The number that tells builds of the launcher apart; 0 in the library.
uint64_t sanderling_launcher_identity(void);
// posix_spawn(3) of an executable with one socket as descriptor 3, null streams but for standard error, and no
// environment. Stores the pid.
int sanderling_spawn_launcher(int executable, int socket, pid_t *pid);
// execve(2).
int sanderling_exec(const char *path, char *const arguments[], char *const environment[]);
// fork(2).
pid_t sanderling_fork(void);
// Makes `descriptor` be `number`, open across exec; dup3(2).
int sanderling_place_descriptor(int descriptor, int number);
// fcntl(F_SETFL) with O_NONBLOCK added.
int sanderling_set_nonblocking(int descriptor);
// fcntl(F_DUPFD_CLOEXEC) at or above `lowest`.
int sanderling_duplicate_above(int descriptor, int lowest);
// ppoll(2); a negative time-out waits for ever.
struct pollfd;
int sanderling_poll(struct pollfd *entries, size_t count, int64_t nanoseconds);
// fstatfs(2); <sys/statfs.h> is not in the Glibc module.
struct sanderling_space {
    uint64_t capacity, free, files, free_files;
    int64_t type;
    int64_t flags;
};
int sanderling_file_system_space(int descriptor, struct sanderling_space *space);
// The user namespace that a namespace belongs to; NS_GET_USERNS of ioctl_ns(2). -EPERM where it is outside the caller's own.
int sanderling_namespace_owner(int namespace);
// flock(2) LOCK_EX | LOCK_NB.
int sanderling_try_lock(int descriptor);
