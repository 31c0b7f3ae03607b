"""Holding a file."""

import subprocess
import sys
from pathlib import Path

import pytest
from blackkonnect_emulator.file_lock import FileLock

HOLD = """
import sys
from blackkonnect_emulator.file_lock import FileLock
held = FileLock(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_one_holds_it_until_it_lets_go(tmp_path: Path) -> None:
    first = FileLock(tmp_path / "lock")
    for _ in range(2):
        with pytest.raises(BlockingIOError):
            FileLock(tmp_path / "lock")
    first.release()
    second = FileLock(tmp_path / "lock")
    # A lock that was let go can't let another's go.
    first.release()
    with pytest.raises(BlockingIOError):
        FileLock(tmp_path / "lock")
    second.release()


def test_others_may_not_read_the_file(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    lock.release()
    assert (tmp_path / "lock").stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_a_file_that_cant_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "nowhere" / "lock")


def test_a_process_that_is_killed_holds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holding:
        try:
            assert holding.stdout is not None
            assert holding.stdout.readline().strip() == b"held"
            with pytest.raises(BlockingIOError):
                FileLock(tmp_path / "lock")
        finally:
            holding.kill()
    FileLock(tmp_path / "lock").release()
