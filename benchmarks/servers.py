"""The servers that are measured, each in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cpu_time import family
from instructions import surroundings

EDITION = "2026-02-25"
CLIENT, SECRET = "acme", "correct-horse-battery"
_LONGEST_START = 60.0
_LONGEST_STOP = 10.0
_TICK = 0.002
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens.

    Attributes:
        name: What to call it.
        port: Where, on 127.0.0.1.
        pid: The process that was started, which may be a wrapper of the one that serves.
    """

    name: str
    port: int
    pid: int


def emulator_command(port: int, database: Path | None = None) -> list[str]:
    """Return the command that serves our emulator.

    Args:
        port: Where, on 127.0.0.1.
        database: The file that keeps the messages; without one they are in memory.
    """
    kept = str(database or "memory")
    told = ["--port", str(port), "--database", kept, "--edition", EDITION, "--client", f"{CLIENT}:{SECRET}"]
    return [sys.executable, "-m", "blackkonnect_emulator", *told]


def free_port() -> int:
    """Find a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    name: str, command: Sequence[str], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a server for as long as the context lasts.

    Args:
        name: What to call it.
        command: What starts it.
        port: Where it listens by that command.
        environment: What its environment has besides this process's.

    Raises:
        OSError: It ended, or did not listen within a minute.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - the commands of this folder
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**surroundings(), **(environment or {})},
        )
        try:
            _wait(name, process, port, said)
            yield Server(name, port, process.pid)
        finally:
            _stop(process)


def _wait(name: str, process: subprocess.Popen[bytes], port: int, said: IO[bytes]) -> None:
    until = time.monotonic() + _LONGEST_START
    while time.monotonic() < until:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            said.seek(0)
            words = "\n".join(said.read().decode(errors="replace").strip().splitlines()[-_MOST_LINES:])
            raise OSError(f"{name} ended with exit code {process.returncode}: {words}")
        time.sleep(_TICK)
    raise OSError(f"{name} did not listen at port {port}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    # A wrapper may leave its children behind, so each is told.
    members = family(process.pid)
    for member in reversed(members):
        with suppress(ProcessLookupError):
            os.kill(member, signal.SIGTERM)
    try:
        process.wait(_LONGEST_STOP)
    except subprocess.TimeoutExpired:
        for member in members:
            with suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
        process.wait()
