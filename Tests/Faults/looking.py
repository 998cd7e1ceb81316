"""What programs tell of their walls, in one line: in Bash, in C by way of Bash, and in Python."""

import json
import subprocess
import sys

# Builtins alone: the fewer processes, the faster.
BASH = r"""
line=walls
while read -r name value rest; do
    case $name in
        Uid:|Gid:|NoNewPrivs:|Seccomp:|Seccomp_filters:|CapInh:|CapPrm:|CapEff:|CapBnd:|CapAmb:) line="$line $name$value" ;;
        NSpid:) line="$line $name${rest:-alone}" ;;
    esac
done < /proc/self/status
line="$line pid$$"
while read -r name rest; do case $name in *:) line="$line $name" ;; esac; done < /proc/net/dev
while read -r entry; do line="$line ${entry#*:}"; done < /proc/self/cgroup
[ -e "$1" ] && line="$line host-file"
[ -e /proc/1/root/etc ] && line="$line init-root"
for place in /root /home /var /tmp /sys /usr/sbin /etc/shadow; do [ -e "$place" ] && line="$line sees:$place"; done
for place in / /usr /etc /proc/sys /dev; do [ -w "$place" ] && line="$line writes:$place"; done
for limit in n c s; do line="$line $limit$(ulimit -S$limit)/$(ulimit -H$limit)"; done
for number in /proc/self/fd/*; do case ${number##*/} in 0|1|2|3|255|\*) ;; *) line="$line fd:${number##*/}" ;; esac; done
for name in /*; do line="$line $name"; done
read -r input && line="$line $input"
"""

# What was compiled before has another number than what is compiled now.
NUMBERLESS = BASH.replace('line="$line pid$$"\n', "")

C = f"""
#include <unistd.h>

int main(int count, char **arguments) {{
    execl("/usr/bin/bash", "bash", "-c", {json.dumps(NUMBERLESS + 'echo "$line"')}, "look", count > 1 ? arguments[1] : "", (char *)0);
    return 9;
}}
"""

PYTHON = r"""
import os, resource
line = ["walls"]
for field in open("/proc/self/status"):
    name, _, value = field.partition(":")
    if name in "Uid Gid NoNewPrivs Seccomp Seccomp_filters CapInh CapPrm CapEff CapBnd CapAmb NSpid PPid".split():
        line.append(f"{name}:{' '.join(value.split())}")
line.append(f"pid{os.getpid()}")
line += [field.split()[0] for field in open("/proc/net/dev") if ":" in field]
line += [entry.strip().partition(":")[2] for entry in open("/proc/self/cgroup")]
line += ["init-root"] if os.path.exists("/proc/1/root/etc") else []
line += [f"sees:{place}" for place in "/root /home /var /tmp /sys /usr/sbin /etc/shadow".split() if os.path.exists(place)]
line += [f"writes:{place}" for place in "/ /usr /etc /proc/sys /dev".split() if os.access(place, os.W_OK)]
line += [f"{name}{resource.getrlimit(name)}" for name in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE, resource.RLIMIT_STACK)]
for number in range(3, 256):
    try:
        os.fstat(number)
        line.append(f"fd:{number}")
    except OSError:
        pass
line += sorted(os.listdir("/"))
"""


def prove_detector(inside):
    """The program's own look must tell another thing where there are no walls."""
    outside = subprocess.run(
        ["/usr/bin/bash", "-c", BASH + 'echo "$line"\n', "look", __file__], input=b"input\n", stdout=subprocess.PIPE, check=True
    ).stdout.decode()
    if outside == inside or "host-file" not in outside or "host-file" in inside:
        sys.exit("fault-test: the program cannot tell whether there are walls")
