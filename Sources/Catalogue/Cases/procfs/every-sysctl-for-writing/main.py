# A few of a thousand have mode 0666 (ns_last_pid), others belong to whoever owns the network or user namespace. None
# is written to; one that opens is enough.
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

tried = 0
for folder, _, names in os.walk("/proc/sys"):
    for name in names:
        path = os.path.join(folder, name)
        tried += 1
        try:
            os.close(os.open(path, os.O_WRONLY))
            breach("open for writing: " + path)
        except OSError as error:
            if tried < 20 or name in ("ns_last_pid", "max_user_namespaces", "overcommit_memory"):
                refused(error, path)
print("tried:", tried, flush=True)
sys.exit(bool(breaches))
