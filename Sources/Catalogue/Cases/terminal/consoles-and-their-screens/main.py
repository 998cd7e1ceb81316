# /dev/vcs0 shows what is on the screen, /dev/tty is the terminal of the session, whoever's session that is.
import errno
import os
import stat

names = ["tty", "console", "ptmx", "vcs", "vcsa", "vcsu", "fb0", "input/mice", "uinput", "port", "mem", "kmsg"]
for number in range(64):
    names += [f"tty{number}", f"vcs{number}", f"vcsa{number}", f"pts/{number}", f"ttyS{number}", f"hvc{number}"]
for pid in (1, 2, os.getppid()):
    names += [f"../proc/{pid}/fd/{fd}" for fd in range(3)]
refused = 0
for name in names:
    for flags in (os.O_RDWR, os.O_WRONLY):
        try:
            file = os.open("/dev/" + name, flags | os.O_NONBLOCK)
        except OSError:
            refused += 1
            continue
        kind = os.fstat(file)
        if stat.S_ISCHR(kind.st_mode) and os.major(kind.st_rdev) != 1:
            print("BREACH: opened", name, flush=True)
        os.close(file)
print("refused:", refused, "of", 2 * len(names), flush=True)
with open("/proc/self/stat") as file:
    terminal = int(file.read().rsplit(")", 1)[1].split()[4])
print("no controlling terminal" if terminal == 0 else f"BREACH: controlling terminal {terminal}", flush=True)
