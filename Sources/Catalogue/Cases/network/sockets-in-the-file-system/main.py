# Whoever can write to /var/run/docker.sock is root on the host. Paths are tried as they are, through /proc, and by a
# descriptor of the directory, for names that are too long.
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
import socket

paths = {"bait": "@@UNIX_PATH@@", "docker": "/var/run/docker.sock", "docker2": "/run/docker.sock",
         "containerd": "/run/containerd/containerd.sock", "podman": "/run/podman/podman.sock", "crio": "/run/crio/crio.sock",
         "bus": "/run/dbus/system_bus_socket", "systemd": "/run/systemd/private", "notify": "/run/systemd/notify",
         "journal": "/run/systemd/journal/socket", "log": "/dev/log", "snapd": "/run/snapd.socket", "udev": "/run/udev/control",
         "nscd": "/run/nscd/socket", "libvirt": "/run/libvirt/libvirt-sock", "lxd": "/var/lib/lxd/unix.socket",
         "x11": "/tmp/.X11-unix/X0", "mysql": "/run/mysqld/mysqld.sock", "postgres": "/run/postgresql/.s.PGSQL.5432"}
for name, path in paths.items():
    for form in (path, "/proc/self/root" + path, "/proc/1/root" + path):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            peer = socket.socket(socket.AF_UNIX, kind)
            peer.settimeout(2)
            try:
                peer.connect(form)
                breach(form)
            except OSError as error:
                if form == path:
                    refused(error, name)
try:
    folder = os.open(os.path.dirname("@@UNIX_PATH@@"), os.O_PATH)
    socket.socket(socket.AF_UNIX).connect(f"/proc/self/fd/{folder}/" + os.path.basename("@@UNIX_PATH@@"))
    breach("by a directory's descriptor")
except OSError as error:
    refused(error, "directory")
sys.exit(bool(breaches))
