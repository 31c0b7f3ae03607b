"""Looking at what a running server's threads are at, by py-spy."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cpu_time import thread_seconds

LOOKS_A_SECOND = 400
_THREAD = re.compile(r"^thread \((\d+)\)")


class NoProfilerError(Exception):
    """py-spy is not there or may not look at other processes."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What was seen.

    Attributes:
        seconds: The CPU seconds by stack, whose frames stand outermost first.
        total: The CPU seconds of the whole process meanwhile.
    """

    seconds: Mapping[tuple[str, ...], float]
    total: float


def profile(pid: int, seconds: int, meanwhile: Callable[[], object]) -> Profile:
    """Look at a process.

    A look tells which threads run or would run, so that one which waits for a processor is seen too often.
    So each thread's looks are scaled to the CPU time that the kernel counted for it.

    Args:
        pid: The process.
        seconds: How long to look.
        meanwhile: Loads the process, for longer than that.

    Raises:
        NoProfilerError: py-spy is not there or may not look.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "stacks"
        what = [
            "record",
            "--pid",
            str(pid),
            "--duration",
            str(seconds),
            "--rate",
            str(LOOKS_A_SECOND),
            "--threads",
        ]
        how = ["--format", "raw", "--output", str(told), "--full-filenames", "--function", "--nonblocking"]
        before = thread_seconds(pid)
        try:
            looking = subprocess.Popen(  # noqa: S603 - our own arguments
                [str(Path(sys.executable).with_name("py-spy")), *what, *how],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise NoProfilerError("there is no py-spy; pip install py-spy") from error
        meanwhile()
        _, said = looking.communicate()
        if looking.returncode:
            raise NoProfilerError(said.decode(errors="replace").strip())
        used = {thread: now - before.get(thread, 0) for thread, now in thread_seconds(pid).items()}
        return Profile(_scaled(told.read_text(), used), sum(used.values()))


def _scaled(raw: str, used: Mapping[int, float]) -> dict[tuple[str, ...], float]:
    looks: dict[int, Counter[tuple[str, ...]]] = {}
    for line in raw.splitlines():
        frames, _, count = line.rpartition(" ")
        thread, *stack = frames.split(";")
        if stack and (found := _THREAD.match(thread)):
            looks.setdefault(int(found[1]), Counter())[tuple(stack)] += int(count)
    scaled: dict[tuple[str, ...], float] = {}
    for number, stacks in looks.items():
        each = used.get(number, 0.0) / stacks.total()
        for seen, times in stacks.items():
            scaled[seen] = scaled.get(seen, 0.0) + times * each
    return scaled
