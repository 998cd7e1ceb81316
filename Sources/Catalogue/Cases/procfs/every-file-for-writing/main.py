# What a driver or a later kernel adds may be writable for everybody. A cover, which is /dev/null, does not count; of the
# program's own files only those are expected that change nothing but the program.
import errno
import os
import signal
import sys

signal.alarm(15)
breaches = []


def breach(what):
    breaches.append(what)
    print("BREACH:", what, flush=True)


def refused(error, what):
    print("refused:", errno.errorcode.get(error.errno, error.errno), what, flush=True)
import stat

harmless = {"attr", "autogroup", "clear_refs", "comm", "coredump_filter", "mem", "sched", "timerslack_ns", "fail-nth",
            "make-it-fail", "oom_adj", "oom_score_adj", "loginuid", "uid_map", "gid_map", "projid_map", "setgroups", "latency",
            "timens_offsets", "fd", "map_files", "task", "root", "cwd", "exe", "ns", "fdinfo"}
own = {"self", "thread-self", str(os.getpid())}
tried = 0
found = []
for folder, folders, names in os.walk("/proc"):
    parts = folder.split("/")[2:]
    if parts and (parts[0] in own or parts[0] == "sys"):
        folders[:] = []
        continue
    for name in names:
        path = os.path.join(folder, name)
        tried += 1
        try:
            file = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            continue
        if not stat.S_ISCHR(os.fstat(file).st_mode):
            breach("open for writing: " + path)
        os.close(file)
for name in os.listdir("/proc/self"):
    tried += 1
    try:
        os.close(os.open("/proc/self/" + name, os.O_WRONLY | os.O_NONBLOCK))
        found.append(name)
    except OSError:
        pass
for folder, _, names in os.walk("/proc/self/net"):
    for name in names:
        tried += 1
        try:
            os.close(os.open(os.path.join(folder, name), os.O_WRONLY))
            breach("open for writing: " + folder + "/" + name)
        except OSError:
            pass
print("tried:", tried, flush=True)
print("own:", *sorted(found), flush=True)
for name in set(found) - harmless:
    breach("a file of its own that nobody expected: " + name)
sys.exit(bool(breaches))
