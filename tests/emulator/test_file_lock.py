"""Holding a database."""

import sqlite3
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
# What a program does that knows nothing of the lock: as the last one to close, it takes the log away.
READ = """
import sqlite3, sys
opened = sqlite3.connect(sys.argv[1])
print(opened.execute("SELECT count(*) FROM notes").fetchone()[0])
opened.close()
"""


def held_elsewhere(path: Path) -> bool:
    """Ask another process whether it is kept out."""
    code = HOLD.replace("sys.stdin.read()", "")
    asked = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0 or "BlockingIOError" in asked.stderr
    return asked.returncode != 0


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


def test_another_name_of_the_file_is_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / "gateway.db"
    lock = FileLock(file)
    (tmp_path / "symbolic.db").symlink_to(file)
    (tmp_path / "hard.db").hardlink_to(file)
    for name in ("symbolic.db", "hard.db"):
        with pytest.raises(BlockingIOError):
            FileLock(tmp_path / name)
        assert held_elsewhere(tmp_path / name)
    lock.release()
    FileLock(tmp_path / "hard.db").release()


def test_nothing_lies_beside_it(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "gateway.db")
    assert [path.name for path in tmp_path.iterdir()] == ["gateway.db"]
    lock.release()


def test_it_stays_when_the_file_is_read_meanwhile(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "gateway.db")
    for _ in range(2):
        with pytest.raises(BlockingIOError):
            FileLock(tmp_path / "gateway.db")
        if sys.platform == "linux":
            assert (tmp_path / "gateway.db").read_bytes() == b""
        assert held_elsewhere(tmp_path / "gateway.db")
    lock.release()
    assert not held_elsewhere(tmp_path / "gateway.db")


def test_whoever_is_refused_takes_no_lock_from_sqlite(tmp_path: Path) -> None:
    file = tmp_path / "gateway.db"
    lock = FileLock(file)
    writer = sqlite3.connect(file)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE notes (text)")
    with pytest.raises(BlockingIOError):
        FileLock(file)
    for count in range(3):
        read = subprocess.run(
            [sys.executable, "-c", READ, str(file)], capture_output=True, text=True, check=True
        )
        assert read.stdout == f"{count}\n"
        # Without its lock on the file the other one would have taken the log for nobody's.
        assert (tmp_path / "gateway.db-wal").exists()
        writer.execute("INSERT INTO notes VALUES ('kept')")
        writer.commit()
    writer.close()
    lock.release()


def test_others_may_not_read_the_file(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    lock.release()
    assert (tmp_path / "lock").stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_a_file_that_cant_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "nowhere" / "lock")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is the only way")
def test_where_the_kernel_knows_no_locks_of_open_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # noqa: PLC0415 - not on every system

    def refuse(*_: object) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    lock = FileLock(tmp_path / "gateway.db")
    with pytest.raises(BlockingIOError):
        FileLock(tmp_path / "gateway.db")
    assert held_elsewhere(tmp_path / "gateway.db")
    lock.release()
    assert not held_elsewhere(tmp_path / "gateway.db")


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
