"""What controls call with."""

import httpx


class Connections:
    """The connections of controls that wait, made when they are needed first.

    Args:
        client: What to call with; by default one that is made and closed here.
    """

    def __init__(self, client: httpx.Client | None) -> None:
        self._given = client
        self._made: httpx.Client | None = None

    @property
    def client(self) -> httpx.Client:
        """What to call with."""
        if self._given is not None:
            return self._given
        if self._made is None:
            # The emulator is on this machine: no proxy, no certificates.
            self._made = httpx.Client(verify=False, trust_env=False)  # noqa: S501 - the reason above
        return self._made

    def close(self) -> None:
        """Close what was made here."""
        if self._made is not None:
            self._made.close()
            self._made = None


class AsyncConnections:
    """The connections of controls that are awaited, made when they are needed first.

    Args:
        client: What to call with; by default one that is made and closed here.
    """

    def __init__(self, client: httpx.AsyncClient | None) -> None:
        self._given = client
        self._made: httpx.AsyncClient | None = None

    @property
    def client(self) -> httpx.AsyncClient:
        """What to call with."""
        if self._given is not None:
            return self._given
        if self._made is None:
            # The emulator is on this machine: no proxy, no certificates.
            self._made = httpx.AsyncClient(verify=False, trust_env=False)  # noqa: S501 - the reason above
        return self._made

    async def close(self) -> None:
        """Close what was made here."""
        if self._made is not None:
            await self._made.aclose()
            self._made = None
