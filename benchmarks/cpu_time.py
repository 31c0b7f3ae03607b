"""What a server has used so far: CPU time and memory of a process and of all that it started."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path

_PROC = Path("/proc")
_KIBIBYTE = 1024


def measurable() -> bool:
    """Tell whether other processes can be measured here: it takes Linux's /proc (proc(5))."""
    return sys.platform == "linux" and (_PROC / "self/stat").exists()


def family(pid: int) -> list[int]:
    """List a process and all that it started, and that these started, as far as they still run.

    A rival is started by a wrapper, so that the process one knows is not the one that serves.

    Args:
        pid: The first process.
    """
    children: dict[int, list[int]] = {}
    for stat in _PROC.glob("[0-9]*/stat"):
        try:
            # The name in parentheses may hold anything; what follows is the state, then the parent.
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for known in found:
        found += children.get(known, [])
    return found


def cpu_seconds(pid: int) -> float:
    """Tell the CPU time, user's and system's, of all threads of a process and of its family.

    It comes from the process's own clock (`clock_getcpuclockid`, POSIX.1-2008), which counts in nanoseconds,
    where /proc counts in ticks of 10 ms.

    Args:
        pid: The first process.
    """
    return sum(_clock(member) for member in family(pid))


def _clock(pid: int) -> float:
    clock = ctypes.c_int()
    failed = ctypes.CDLL(None).clock_getcpuclockid(pid, ctypes.byref(clock))
    try:
        return 0.0 if failed else time.clock_gettime(clock.value)
    except OSError:
        # It has just ended.
        return 0.0


def memory(pid: int) -> tuple[float, float]:
    """Tell the resident memory of a process without its family, now and at most, in MB of 1,000,000 bytes.

    Args:
        pid: The process.
    """
    told = dict(line.split(":", 1) for line in (_PROC / str(pid) / "status").read_text().splitlines())
    resident, most = (int(told[name].split()[0]) * _KIBIBYTE / 1e6 for name in ("VmRSS", "VmHWM"))
    return resident, most


def thread_seconds(pid: int) -> dict[int, float]:
    """Tell the CPU time of each thread of a process, without its family, in ticks of mostly 10 ms.

    Args:
        pid: The process.
    """
    tick = os.sysconf("SC_CLK_TCK")
    taken = {}
    for stat in (_PROC / str(pid) / "task").glob("[0-9]*/stat"):
        try:
            user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        except (OSError, ValueError):
            continue
        taken[int(stat.parent.name)] = (int(user) + int(system)) / tick
    return taken
