# touch(1) on /dev/null, by its own name and those of the files of /proc that it covers: the moment is the message, and the host's own
# inode keeps it.
import os

tried = 0
devices = ["/dev/" + name for name in ("null", "zero", "full", "random", "urandom")]
for path in devices + ["/proc/" + name for name in ("kmsg", "kcore", "keys", "kallsyms", "sysrq-trigger")]:
    try:
        os.utime(path)
    except OSError as error:
        print("refused:", error.strerror, path, flush=True)
    tried += 1
print("tried", tried, flush=True)
