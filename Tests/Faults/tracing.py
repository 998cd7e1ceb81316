"""Runs a command under ptrace(2), tells its processes apart, and makes one call of one of them fail."""

import collections
import contextlib
import ctypes
import errno
import os
import signal
import struct
import threading

from calls import AFTERWARDS, EXECUTED_BY, HARMLESS, SKIPPED

# ptrace(2)
CONT, POKEUSER, SYSCALL, SEIZE, GETEVENTMSG, LISTEN, INFO = 7, 6, 24, 0x4206, 0x4201, 0x4208, 0x420E
SYSGOOD, FORK, VFORK, CLONE, EXEC, EXITKILL = 0x1, 0x2, 0x4, 0x8, 0x10, 0x100000
EVENT_FORK, EVENT_VFORK, EVENT_CLONE, EVENT_EXEC, EVENT_STOP = 1, 2, 3, 4, 128
ENTRY, EXIT = 1, 2
WALL = 0x40000000
ORIG_RAX, RAX = 15 * 8, 10 * 8
CLONE_NEWPID = 0x20000000

# fcntl(2)
F_SETLK, F_SETLKW, F_UNLCK = 6, 7, 2

# Whose calls are their own: what ran before the command, tools of the host, interpreters that start, programs.
UNTOUCHED = {"start", "tool", "interpreter", "program"}
# Seconds that what outlives the host is given.
AFTERLIFE = 15

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
LIBC.ptrace.restype = ctypes.c_long


def ptrace(request, pid, address=0, data=0):
    """False where the process is gone, which a killed one is at any moment."""
    if LIBC.ptrace(request, pid, address, data) >= 0:
        return True
    if ctypes.get_errno() in (errno.ESRCH, errno.EIO):
        return False
    raise OSError(ctypes.get_errno(), f"ptrace {request}")


class Timeout(Exception):
    """What SIGALRM raises."""


class Traced:
    """One traced run, in which at most one call fails: `fault` is (role, call, turn, errno) or None.

    Where it is not watched, nothing is counted: then only what is left of it is of interest, and it is as fast as ever.
    """

    def __init__(self, names, fault=None, watched=True):
        self.names = names
        self.watched = watched
        self.fault = fault
        self.counts = collections.Counter()
        self.roles = {}
        self.waiting = set()
        self.failing = {}
        self.flags = {}
        self.children = collections.Counter()
        # Copies of a zygote that have told their init that the program begins.
        self.beginning = set()
        self.struck = fault is None
        # What the call that failed was made on, where that is a file of its process, and by which thread.
        self.place = ""
        self.status = None
        self.ended = threading.Event()
        self.buffer = ctypes.create_string_buffer(88)

    def run(self, arguments, environment, streams, beside=None):
        """Runs the command, and `beside` with its number in a thread; what is left of it in the end, by roles."""
        ready, go = os.pipe()
        root = os.fork()
        if root == 0:
            os.close(go)
            os.read(ready, 1)
            for number, file in enumerate(streams):
                os.dup2(file, number)
            os.closerange(3, 1024)
            os.execve(arguments[0], arguments, environment)
        os.close(ready)
        self.roles[root] = "start"
        ptrace(SEIZE, root, 0, SYSGOOD | FORK | VFORK | CLONE | EXEC | EXITKILL)
        os.close(go)
        thread = threading.Thread(target=beside, args=(root,)) if beside else None
        if thread:
            thread.start()
        try:
            while self.roles:
                pid, status = os.waitpid(-1, WALL)
                if os.WIFSTOPPED(status):
                    self.stopped(pid, status)
                else:
                    self.roles.pop(pid, None)
                    self.waiting.discard(pid)
                    if pid == root:
                        self.status = os.waitstatus_to_exitcode(status)
                        self.ended.set()
                        signal.setitimer(signal.ITIMER_REAL, AFTERLIFE)
            self.end_unclaimed()
        except Timeout:
            left = sorted(set(self.roles.values()))
            for pid in [*self.roles, *self.waiting]:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            signal.setitimer(signal.ITIMER_REAL, 5)
            with contextlib.suppress(ChildProcessError, Timeout):
                while True:
                    os.waitpid(-1, WALL)
            return left
        except ChildProcessError:
            pass
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.ended.set()
            if thread:
                thread.join()
        return []

    def resume(self, pid, number=0):
        watched = self.watched and self.roles[pid] not in UNTOUCHED - {"interpreter"}
        if self.fault and self.struck and pid not in self.failing:
            watched = False
        ptrace(SYSCALL if watched else CONT, pid, 0, number)

    def end_unclaimed(self):
        """Ends what stopped at its beginning, and whose parent was killed before it could tell of it."""
        for pid in list(self.waiting):
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, WALL)

    def message(self, pid):
        """What an event is about, such as a child's number; 0 where the process is gone."""
        value = ctypes.c_ulong()
        ptrace(GETEVENTMSG, pid, 0, ctypes.addressof(value))
        return value.value

    # MARK: Roles

    def child_role(self, pid, event):
        role = self.roles[pid]
        if event == EVENT_CLONE:
            return role
        self.children[pid] += 1
        first = self.children[pid] == 1
        if role == "host":
            return "spawn"
        if role == "launcher":
            flags = self.flags.get(pid, 0)
            return "init" if flags & CLONE_NEWPID else "zygote"
        if role == "init":
            return "confined" if first else "confined later"
        # Sources/sanderling-zygote: the first copy looks for the place of audit hooks, and the second rehearses its end; others have a
        # parent in the cell, which ends at once.
        if role == "zygote":
            return {1: "hooks", 2: "rehearsal"}.get(self.children[pid], "copy's parent")
        if role == "copy's parent":
            return "copy"
        return role

    def executed_role(self, pid):
        role = self.roles[pid]
        if role == "spawn":
            with contextlib.suppress(OSError), open(f"/proc/{pid}/cmdline", "rb") as file:
                return "launcher" if file.read().startswith(b"sanderling-launcher") else "tool"
        after = {"start": "host", "confined": "program", "confined later": "program", "zygote": "interpreter"}
        return after.get(role, role)

    def told(self, pid, call, arguments):
        """Follows a zygote to where it begins to serve, and a copy to where its program begins."""
        role = self.roles[pid]
        if role == "interpreter" and call == "pipe2":
            self.roles[pid] = "zygote"
        elif role == "copy" and call == "sendmsg":
            # msghdr's first iovec, and in that the form and kind of a CellReply.
            vector = self.word(pid, arguments[1] + 16)
            if self.word(pid, self.word(pid, vector)) & 0xFFFF == 0x0100:
                self.beginning.add(pid)

    # MARK: Stops

    def stopped(self, pid, status):
        number, event = os.WSTOPSIG(status), status >> 16
        if pid not in self.roles:
            # Its parent's event, which says what it is, is yet to come.
            self.waiting.add(pid)
            return
        if number == signal.SIGTRAP | 0x80:
            # A process that is being killed has no memory left to read.
            with contextlib.suppress(OSError, struct.error):
                self.at_call(pid)
            self.resume(pid)
        elif event in (EVENT_FORK, EVENT_VFORK, EVENT_CLONE):
            child = self.message(pid)
            # One that is killed at this very moment tells no number. To kill "process 0" would be to kill this one's own group.
            if child:
                self.roles[child] = self.child_role(pid, event)
                if child in self.waiting:
                    self.waiting.discard(child)
                    self.resume(child)
            self.resume(pid)
        elif event == EVENT_EXEC:
            self.roles[pid] = self.executed_role(pid)
            self.children.pop(pid, None)
            self.resume(pid)
        elif event == EVENT_STOP:
            if number in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
                ptrace(LISTEN, pid)
            else:
                self.resume(pid)
        else:
            self.resume(pid, number)

    def at_call(self, pid):
        if not ptrace(INFO, pid, len(self.buffer), ctypes.addressof(self.buffer)):
            return
        operation = self.buffer.raw[0]
        if operation == EXIT:
            number = self.failing.pop(pid, None)
            if number is not None:
                ptrace(POKEUSER, pid, RAX, (1 << 64) - number)
            return
        if operation != ENTRY:
            return
        call_number, *arguments = struct.unpack_from("<7Q", self.buffer.raw, 24)
        call = self.names.get(call_number, str(call_number))
        if call in ("clone3", "clone"):
            self.flags[pid] = self.word(pid, arguments[0]) if call == "clone3" else arguments[0]
        self.told(pid, call, arguments)
        self.at_entry(pid, call, arguments)
        if pid in self.beginning and call == "close":
            self.beginning.discard(pid)
            self.roles[pid] = "program"

    def at_entry(self, pid, call, arguments):
        """Counts a call, and has it fail if it is the one."""
        role = self.roles[pid]
        if role in UNTOUCHED or call in SKIPPED and not (call == "execve" and role in EXECUTED_BY):
            return
        if call in ("read", "write") and self.file(pid, arguments[0]) == "anon_inode:[eventfd]":
            return
        if call == "fcntl" and arguments[1] in (F_SETLK, F_SETLKW) and self.word(pid, arguments[2]) & 0xFFFF == F_UNLCK:
            return
        self.counts[role, call] += 1
        if self.struck or (role, call, self.counts[role, call]) != self.fault[:3]:
            return
        self.struck = True
        self.failing[pid] = self.fault[3]
        with contextlib.suppress(OSError), open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as name:
            self.place = f"{name.read().strip()}, {self.file(pid, arguments[0])}"
        if call not in AFTERWARDS:
            ptrace(POKEUSER, pid, ORIG_RAX, HARMLESS)

    @staticmethod
    def file(pid, number):
        try:
            return os.readlink(f"/proc/{pid}/fd/{number}")
        except OSError:
            return "no file"

    @staticmethod
    def word(pid, address):
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            memory.seek(address)
            return struct.unpack("<Q", memory.read(8))[0]
