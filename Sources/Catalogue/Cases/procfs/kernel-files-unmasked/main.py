# Symbols and timers tell where the kernel lies, the command line may hold secrets, keys are every user's. A file that
# gives one byte is not masked, by whatever name it is reached.
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

names = ("kallsyms kcore kmsg keys key-users cmdline interrupts iomem ioports timer_list slabinfo vmallocinfo modules "
         "locks sched_debug bootconfig kpageflags kpagecount latency_stats schedstat config.gz mtrr softnet_stat").split()
for name in names:
    for path in (f"/proc/{name}", f"/proc/self/root/proc/{name}", f"/proc/./sys/../{name}", f"/proc/self/../{name}"):
        try:
            file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            data = os.read(file, 64)
            os.close(file)
            if data:
                breach(f"{path} gives {len(data)} bytes")
            else:
                print("empty:", path, flush=True)
        except OSError as error:
            refused(error, path)
for folder in ("bus", "driver", "fs", "irq", "acpi", "asound", "scsi", "pressure", "dynamic_debug"):
    try:
        if os.listdir("/proc/" + folder):
            breach("/proc/" + folder + " has entries")
    except OSError as error:
        refused(error, "/proc/" + folder)
sys.exit(bool(breaches))
