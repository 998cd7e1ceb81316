"""Which system calls are made to fail, and how.

These are not, as failing them tells nothing:
  - exit, exit_group, rt_sigreturn, restart_syscall, brk: they do not fail;
  - futex, sched_yield, clock_nanosleep, nanosleep, tgkill: only wrong arguments make them fail;
  - getpid, gettid, getuid, geteuid, getgid, getegid, getppid, umask: they do not fail;
  - arch_prctl, set_tid_address, set_robust_list, rseq: the C library's start;
  - signalfd4 of the host: libdispatch does not tell whoever waits for signals that they will not come;
  - write and read of an eventfd(2): none is written to that has no room, or read that has nothing;
  - fcntl that gives back a lock: it does not fail, and SQLite would wait for itself.
"""

import contextlib
import errno
import random
import re

SKIPPED = set(
    "exit exit_group rt_sigreturn restart_syscall brk futex sched_yield clock_nanosleep nanosleep getpid gettid getuid geteuid "
    "getgid getegid getppid umask tgkill arch_prctl set_tid_address set_robust_list rseq execve".split()
)
SKIPPED_OF = {("host", "signalfd4")}
# execve is made to fail by name where it counts: a launcher or a program that does not start.
EXECUTED_BY = {"spawn", "confined", "confined later", "zygote"}
MEMORY = set("mmap munmap mprotect madvise mremap".split())
ERRORS = {
    "open openat openat2 open_tree": "EMFILE EACCES ENOENT",
    "read pread64 readv getdents64 readlink readlinkat lseek": "EIO EINTR",
    "write pwrite64 writev": "ENOSPC EIO EINTR",
    "sendmsg sendto": "ENOBUFS EPIPE EINTR",
    "recvmsg recvfrom": "ENOMEM ECONNRESET EINTR",
    "accept accept4": "EMFILE ECONNABORTED EINTR",
    "bind listen": "EADDRINUSE EACCES",
    "clone clone3 fork vfork": "EAGAIN ENOMEM",
    "poll ppoll epoll_wait epoll_pwait select pselect6": "EINTR ENOMEM",
    "wait4 waitid": "EINTR ECHILD",
    "mmap munmap mprotect madvise mremap memfd_create": "ENOMEM",
    "socket socketpair pipe2 eventfd2 signalfd4 dup dup2 dup3 epoll_create1 timerfd_create pidfd_open": "EMFILE ENOMEM",
    "mkdir mkdirat mknod mknodat symlink symlinkat ftruncate fallocate": "ENOSPC EACCES",
    "rmdir unlink unlinkat": "EBUSY EACCES",
    "rename renameat renameat2 link linkat fsync fdatasync": "EIO ENOSPC",
    "flock": "EINTR ENOLCK",
    "prctl seccomp": "EINVAL EPERM EBUSY",
    "landlock_create_ruleset landlock_add_rule landlock_restrict_self": "EOPNOTSUPP ENOMEM",
    "unshare setns": "EPERM ENOSPC",
    "setresuid setresgid setuid setgid setgroups": "EPERM EAGAIN",
    "close": "EIO",
    "execve execveat": "ENOENT ENOMEM",
    "stat fstat lstat newfstatat statx access faccessat faccessat2 statfs fstatfs": "ENOENT EACCES",
}
ERRNOS = {call: [getattr(errno, name) for name in names.split()] for calls, names in ERRORS.items() for call in calls.split()}
DEFAULT_ERRNOS = [errno.EPERM, errno.EINVAL]
# A close that fails has closed all the same: the call is made, and its result replaced.
AFTERWARDS = {"close"}
# getpid, which is made in place of the call: a filter sees it, and would hand -1, which strace puts there, to its listener.
HARMLESS = 39


def call_names():
    """The numbers of this machine's calls, from the kernel's header."""
    names = {}
    for path in ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm/unistd_64.h"):
        with contextlib.suppress(OSError), open(path, encoding="ascii") as file:
            names.update((int(number), name) for name, number in re.findall(r"#define __NR_(\w+) (\d+)", file.read()))
    return names


def faults_of(counts):
    """Every fault of a clean run, the most telling first: each call's first and last turn before those between."""
    found = []
    for (role, call), count in counts.items():
        if (role, call) in SKIPPED_OF:
            continue
        for turn in range(1, count + 1):
            distance = 0 if turn == 1 else 1 if turn == count else 2
            for rank, number in enumerate(ERRNOS.get(call, DEFAULT_ERRNOS)):
                found.append((distance + 2 * rank + (call in MEMORY), (role, call, turn, number)))
    random.shuffle(found)
    found.sort(key=lambda one: one[0])
    return [fault for _, fault in found]
