"""The field: how each subject runs a program, with the isolation nearest to Sanderling's own.

Nearest means: every namespace that the tool knows, no network, no capability, `/usr` read-only, the programs read-only,
a private `/proc`, `/dev` and `/tmp`. Nobody but Sanderling has a record of refused calls or a verdict; bubblewrap has
neither a filter nor limits, which favours it.
"""

import json
import os
import shlex
import shutil
import tempfile

from command import Command

# An id that owns nothing, for what maps ids.
NOBODY = 1_879_048_192

# crun 1.8 refuses a host whose controllers are spread over cgroup v1 and v2. Without the v2 mount it sees v1 alone.
CRUN_PREPARATION = "umount /sys/fs/cgroup/unified"


def available(place):
    """The subjects that are there, by name: each makes the command that runs a program with its arguments."""
    field = {
        "bare": lambda arguments: Command(tuple(arguments)),
        "bubblewrap": lambda arguments: bubblewrap(place, arguments),
        "crun": lambda arguments: runtime(place, "crun", arguments),
        "runc": lambda arguments: runtime(place, "runc", arguments),
        "firejail": lambda arguments: firejail(place, arguments),
        "nsjail": lambda arguments: nsjail(place, arguments),
        "isolate": lambda arguments: isolate(place, arguments),
    }
    executables = {"bubblewrap": "bwrap"}
    return {name: make for name, make in field.items() if name == "bare" or shutil.which(executables.get(name, name))}


def commands(place, arguments, sanderling=None):
    """The command of each subject that is there, and Sanderling's."""
    made = {name: make(arguments) for name, make in available(place).items()}
    return made | ({"sanderling": sanderling} if sanderling else {})


def inside(place, arguments):
    """The arguments with the programs' directory where the sandboxes show it."""
    return [argument.replace(place.programs, "/work") for argument in arguments]


def bubblewrap(place, arguments):
    line = ["bwrap", "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--clearenv"]
    line += ["--setenv", "PATH", "/usr/bin:/bin"]
    line += ["--cap-drop", "ALL", "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin"]
    line += ["--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev"]
    line += ["--tmpfs", "/tmp", "--ro-bind", place.programs, "/work", "--chdir", "/work", "--"]
    return Command(tuple(line + inside(place, arguments)))


def firejail(place, arguments):
    line = ["firejail", "--quiet", "--noprofile", "--net=none", "--caps.drop=all", "--seccomp", "--nonewprivs"]
    line += ["--ipc-namespace", "--private", "--private-dev", "--private-tmp", "--private-cache", "--read-only=/usr"]
    # The programs are in /var/tmp, which it would replace as well.
    line += ["--keep-var-tmp", f"--read-only={place.programs}", "--rlimit-nproc=64", "--rlimit-nofile=256", "--"]
    return Command(tuple(line + arguments))


def nsjail(place, arguments):
    line = ["nsjail", "--mode", "o", "--really_quiet", "--user", "99999", "--group", "99999", "--hostname", "cell"]
    line += ["--bindmount_ro", "/usr", "--symlink", "/usr/bin:/bin", "--symlink", "/usr/lib:/lib"]
    line += ["--symlink", "/usr/lib64:/lib64", "--tmpfsmount", "/tmp", "--iface_no_lo", "--rlimit_as", "max"]
    line += ["--bindmount_ro", f"{place.programs}:/work", "--cwd", "/work", "--"]
    return Command(tuple(line + inside(place, arguments)))


def isolate(place, arguments):
    # What one run takes from nothing to nothing is three commands.
    run = f"isolate --run --silent --processes=64 --mem=256000 --dir=work={place.programs}"
    run += f" -- {shlex.join(inside(place, arguments))}"
    return Command(("/bin/sh", "-c", f"isolate --init >/dev/null && {run}; status=$?; isolate --cleanup; exit $status"))


def runtime(place, name, arguments):
    """An OCI runtime, on a bundle that is written for these arguments."""
    arguments = inside(place, arguments)
    bundle = tempfile.mkdtemp(prefix="bundle-", dir=place.directory)
    os.chmod(bundle, 0o755)
    for directory in ("proc", "dev", "tmp", "usr", "bin", "lib", "lib64", "work"):
        os.makedirs(os.path.join(bundle, "rootfs", directory), exist_ok=True)
    with open(os.path.join(bundle, "config.json"), "w", encoding="utf-8") as file:
        json.dump(oci_configuration(place, arguments), file)
    line = (name, "--root", os.path.join(place.directory, "state-" + name), "run", "--bundle", bundle, "cell")
    is_hybrid = name == "crun" and os.path.ismount("/sys/fs/cgroup/unified")
    return Command(line, CRUN_PREPARATION if is_hybrid else None)


def oci_configuration(place, arguments):
    """The bundle's `config.json`, with Sanderling's default limits and its own system-call profile."""

    def mount(destination, source, kind="bind", options=("bind", "ro", "nosuid", "nodev")):
        return {"destination": destination, "type": kind, "source": source, "options": list(options)}

    mapping = [{"containerID": 0, "hostID": NOBODY, "size": 1}]
    capabilities = ("bounding", "effective", "inheritable", "permitted", "ambient")
    return {
        "ociVersion": "1.0.0",
        "process": {
            "user": {"uid": 0, "gid": 0},
            "args": arguments,
            "env": ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"],
            "cwd": "/work",
            "capabilities": {kind: [] for kind in capabilities},
            "rlimits": [{"type": "RLIMIT_NOFILE", "hard": 256, "soft": 256}],
            "noNewPrivileges": True,
        },
        "root": {"path": "rootfs", "readonly": True},
        "hostname": "cell",
        "mounts": [
            mount("/proc", "proc", "proc", ()),
            mount("/dev", "tmpfs", "tmpfs", ("nosuid", "mode=755", "size=65536k")),
            mount("/tmp", "tmpfs", "tmpfs", ("nosuid", "nodev", "size=64m")),
            mount("/usr", "/usr"),
            mount("/bin", "/usr/bin"),
            mount("/lib", "/usr/lib"),
            mount("/lib64", "/usr/lib64"),
            mount("/work", place.programs),
        ],
        "linux": {
            "uidMappings": mapping,
            "gidMappings": mapping,
            "resources": {"memory": {"limit": 256_000_000}, "pids": {"limit": 64}},
            "namespaces": [{"type": kind} for kind in ("pid", "network", "ipc", "uts", "mount", "cgroup", "user")],
            "seccomp": {
                "defaultAction": "SCMP_ACT_ERRNO",
                "architectures": ["SCMP_ARCH_X86_64" if os.uname().machine == "x86_64" else "SCMP_ARCH_AARCH64"],
                "syscalls": place.system_call_rules,
            },
        },
    }
