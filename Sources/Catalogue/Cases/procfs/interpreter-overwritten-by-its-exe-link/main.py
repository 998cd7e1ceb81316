# runc was overwritten by the container it had entered: hold the running file by its descriptor, let the process become
# something else, so that the text is no longer busy, and open it again for writing.
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

interpreter = os.path.realpath("/proc/self/exe")
held = os.open("/proc/self/exe", os.O_PATH)
child = os.fork()
if child == 0:
    os.execv("/bin/sleep", ["sleep", "3"])
for path in (f"/proc/self/fd/{held}", "/proc/self/exe", interpreter, f"/proc/{child}/exe", "/bin/sleep"):
    for flags in (os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_APPEND):
        try:
            os.close(os.open(path, flags))
            breach("open for writing: " + path)
        except OSError as error:
            refused(error, path)
for path in (interpreter, os.path.dirname(interpreter), "/bin/sleep", "/usr/lib"):
    if os.access(path, os.W_OK):
        breach("may be changed: " + path)
try:
    os.close(os.open(os.path.dirname(interpreter), os.O_TMPFILE | os.O_WRONLY, 0o600))
    breach("a file can be made beside the interpreter")
except OSError as error:
    refused(error, "a file beside the interpreter")
os.kill(child, signal.SIGKILL)
sys.exit(bool(breaches))
