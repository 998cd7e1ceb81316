# Every set-user-ID program is a door (pkexec, sudo's CVE-2021-3156). The dynamic loader tells whether exec gave a
# privilege: it passes LD_SHOW_AUXV over when it did, and shows AT_SECURE 0 when it did not.
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
import shutil
import stat
import subprocess

ran = 0
for folder in ("/usr/bin", "/usr/sbin", "/usr/lib/openssh", "/usr/lib/dbus-1.0", "/usr/libexec"):
    try:
        names = os.listdir(folder)
    except OSError:
        continue
    for name in names:
        path = os.path.join(folder, name)
        try:
            mode = os.stat(path).st_mode
        except OSError:
            continue
        if not stat.S_ISREG(mode) or not mode & 0o6000:
            continue
        try:
            done = subprocess.run([path, "--version"], env={"LD_SHOW_AUXV": "1"}, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=1)
        except (OSError, subprocess.TimeoutExpired) as error:
            print("not run:", path, error, flush=True)
            continue
        ran += 1
        text = done.stdout.decode(errors="replace")
        if "AT_SECURE" not in text or "AT_SECURE:            1" in text:
            breach(f"{path} ran with a privilege")
# One of the program's own.
copy = "/work/id"
shutil.copy("/usr/bin/id", copy)
for mode in (0o4755, 0o2755, 0o6755):
    try:
        os.chmod(copy, mode)
    except OSError as error:
        refused(error, "chmod")
    text = subprocess.run([copy], env={"LD_SHOW_AUXV": "1"}, capture_output=True).stdout.decode()
    ran += 1
    if "AT_SECURE" not in text or "uid=0" in text:
        breach("its own copy ran with a privilege")
print("ran:", ran, flush=True)
sys.exit(bool(breaches))
