"""Telling those who watch that something changed."""

import asyncio


class Changes:
    """Counts changes, and wakes those who wait for the next one; used by one event loop."""

    def __init__(self) -> None:
        self.version = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def bump(self) -> None:
        """Tell that something changed."""
        self.version += 1
        if self._waiting:
            waiting, self._waiting = self._waiting, set()
            for future in waiting:
                if not future.done():
                    future.set_result(None)

    async def wait(self, version: int, timeout: float | None = None) -> int:  # noqa: ASYNC109 - being late is no error
        """Wait until something changes.

        Args:
            version: The version that is known already.
            timeout: For how many seconds at most.

        Returns:
            The version now; the one given where the time was up first.
        """
        if self.version == version:
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait((future,), timeout=timeout)
            finally:
                self._waiting.discard(future)
        return self.version
