# "No Pardon for the Interruption" (Diao and others, 2016) unlocks phones by the counts of one interrupt.
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

for name in ("interrupts", "softirqs", "timer_list", "schedstat"):
    try:
        print(name, len(open("/proc/" + name).read()), flush=True)
    except OSError as error:
        refused(error, "/proc/" + name)
numbers = 0
try:
    for line in open("/proc/stat"):
        if line.startswith("intr "):
            numbers = sum(count != "0" for count in line.split()[2:])
except OSError as error:
    refused(error, "/proc/stat")
print("looked: interrupts with a count:", numbers, flush=True)
if numbers > 2:
    breach(f"the counts of {numbers} interrupts")
sys.exit(bool(breaches))
