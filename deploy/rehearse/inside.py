"""Enters a folder as if it were a machine, and becomes the command: run by `unshare`, within new namespaces.

It gets one argument, JSON with `root`, `mounts`, `command`, `env`, `workdir`, `user`, and `alone`: without a network.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import struct
import subprocess
import sys

UP = 0x1 | 0x40
SET_FLAGS = 0x8914
"""SIOCSIFFLAGS. Source: https://man7.org/linux/man-pages/man7/netdevice.7.html (read 2026-11-22)"""


def main(told: str) -> None:
    """Mount, enter, give up the rights, and become the command."""
    wanted = json.loads(told)
    for kind, source, target in wanted["mounts"]:
        subprocess.run(["mount", *kind, source, target], check=True)
    if wanted["alone"]:
        with socket.socket() as any_socket:
            fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))
    os.chroot(wanted["root"])
    os.chdir(wanted["workdir"])
    user, _, group = wanted["user"].partition(":")
    if user:
        os.setgroups([])
        os.setgid(int(group or user))
        os.setuid(int(user))
    os.execvpe(wanted["command"][0], wanted["command"], wanted["env"])


if __name__ == "__main__":
    main(sys.argv[1])
