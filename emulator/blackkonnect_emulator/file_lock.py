"""A database that only one emulator at a time can hold, by whatever name it is called."""

import errno
import os
import struct
import sys
import threading
from pathlib import Path

# SQLite locks the first 512 bytes at 1 GiB, in a page without data (sqlite.org/fileformat2.html, 1.4).
# The one behind them is nobody's, so this lock and SQLite's never meet, on no system.
_BYTE = 0x40000000 + 512

_File = tuple[int, int]
# POSIX locks don't keep out the process that has them, and SQLite's are lost when the process closes any
# descriptor of the file. So what is held here has to be known without opening it.
_held: set[_File] = set()
_guard = threading.Lock()

if sys.platform == "win32":
    import msvcrt

    def _hold(descriptor: int) -> None:
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error

else:
    import fcntl

    def _hold(descriptor: int) -> None:
        try:
            _lock(descriptor)
        except PermissionError as error:
            # POSIX lets a system say EACCES where others say EAGAIN.
            raise BlockingIOError from error

    def _lock(descriptor: int) -> None:
        if sys.platform == "linux":
            # This one stays when the process closes another descriptor of the file. The form is that of the C
            # compiler's struct flock, with its padding.
            asked = struct.pack("hhqqi0q", fcntl.F_WRLCK, os.SEEK_SET, _BYTE, 1, 0)
            try:
                fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, asked)
            except OSError as error:
                # Some sandboxes don't know them.
                if error.errno != errno.EINVAL:
                    raise
            else:
                return
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _BYTE)


class FileLock:
    """Holds a database until it is released or the process ends, however it ends.

    The file itself is held, not its name: symbolic and hard links to it lead to the same lock. Who reads and
    writes it without asking for this lock, as other programs with SQLite do, is not kept out.

    Args:
        path: The file; it is made where it is missing, empty and for its owner alone.

    Raises:
        BlockingIOError: It is held already, here or in another process.
        OSError: It can't be opened for writing.
    """

    def __init__(self, path: str | Path) -> None:
        with _guard:
            try:
                if _identity(Path(path).stat()) in _held:
                    raise BlockingIOError(errno.EAGAIN, "is held already", str(path))
            except FileNotFoundError:
                pass
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(path, flags, 0o600)
            try:
                _hold(self._descriptor)
                self._file = _identity(os.fstat(self._descriptor))
            except BaseException:
                os.close(self._descriptor)
                raise
            _held.add(self._file)

    def release(self) -> None:
        """Let others have it; first every connection of SQLite's to it has to be closed."""
        with _guard:
            if self._descriptor >= 0:
                os.close(self._descriptor)
                self._descriptor = -1
                _held.discard(self._file)


def _identity(status: os.stat_result) -> _File:
    return status.st_dev, status.st_ino
