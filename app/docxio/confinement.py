"""Confines this process: no network, little memory, time and room. Standard library alone.

As a script, ``confinement.py MEMORY_BYTES CPU_SECONDS FILE_BYTES COMMAND …``: confines itself and becomes the
command; where the network cannot be cut it ends with status ``NO_CONFINEMENT`` instead.
"""

import ctypes
import os
import sys

NO_CONFINEMENT = 97
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000
_MAX_OPEN_FILES = 1024


def cut_network() -> bool:
    """Leave this process without any network where the system allows it; return whether it did."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):
        return False
    return bool(unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) == 0)


def limit(*, memory_bytes: int, cpu_seconds: int, files: int, file_bytes: int) -> None:
    """Set the most that this process may use, where the system has such limits.

    Args:
        memory_bytes: Of address space.
        cpu_seconds: Of processor time.
        files: Open at once.
        file_bytes: Of each file it writes.
    """
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def _become(memory_bytes: str, cpu_seconds: str, file_bytes: str, *command: str) -> None:
    if not cut_network():
        sys.exit(NO_CONFINEMENT)
    limit(
        memory_bytes=int(memory_bytes),
        cpu_seconds=int(cpu_seconds),
        files=_MAX_OPEN_FILES,
        file_bytes=int(file_bytes),
    )
    os.execv(command[0], command)


if __name__ == "__main__":
    _become(*sys.argv[1:])
