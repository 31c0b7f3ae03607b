"""What a gateway for tests offers beyond the document: clients of one's own, and a clock that can be moved.

The emulator has it below ``/_emulator/``. A gateway that has it not is tested without: then there are the
clients that the caller names, and time goes by as it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import uuid4

import httpx

from blackkonnect_contract.target import Credentials

if TYPE_CHECKING:
    from blackkonnect_contract.target import Target

__all__ = ["Control"]

_BASE = "/_emulator"
_OK = 200
_CREATED = 201
_SECONDS = 30.0


class Control:
    """The control API of a gateway for tests.

    Args:
        client: Carries the requests to the gateway.
    """

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._made: list[str] = []

    @classmethod
    def of(cls, target: Target) -> Control | None:
        """Find the control API of a gateway; none where it has none."""
        client = target.client(_SECONDS)
        try:
            told = client.get(f"{_BASE}/health")
            found = told.status_code == _OK and isinstance(told.json(), dict)
            # One that answers whatever it is asked has no control API for that.
            found = found and client.get(f"{_BASE}/{uuid4()}").status_code != _OK
        except (httpx.HTTPError, ValueError):
            found = False
        if found:
            return cls(client)
        client.close()
        return None

    def make_client(self, start: str | None = None, *, name: str | None = None) -> Credentials:
        """Make a client of the gateway with a clock of its own, which stands until it is moved.

        Args:
            start: The time that its clock tells first (RFC 3339); by default the gateway's.
            name: Its name; by default one that nobody had.

        Raises:
            httpx.HTTPStatusError: The gateway refuses.
        """
        name = name or f"contract-{uuid4().hex[:12]}"
        asked = {"clock": "manual", **({"start": start} if start is not None else {})}
        told = self._client.put(f"{_BASE}/tenants/{quote(name)}", json=asked)
        told.raise_for_status()
        self._made.append(name)
        return Credentials(name, str(told.json()["secret"]))

    def remove_client(self, name: str) -> None:
        """Remove a client with all that it sent."""
        self._client.delete(f"{_BASE}/tenants/{quote(name)}").raise_for_status()
        self._made.remove(name)

    def advance(self, name: str, seconds: float) -> str:
        """Move the clock of a client that was made here; what comes due happens before this returns.

        Returns:
            The time by then (RFC 3339).
        """
        return self._clock({"advance": seconds, "tenant": name})

    def move_to(self, name: str, moment: str) -> str:
        """Move the clock of a client that was made here to a moment (RFC 3339)."""
        return self._clock({"to": moment, "tenant": name})

    def now(self, name: str) -> str:
        """Tell the time of a client that was made here (RFC 3339)."""
        told = self._client.get(f"{_BASE}/clock", params={"tenant": name})
        told.raise_for_status()
        return str(told.json()["now"])

    def tell_receipt(self, name: str, message_id: str, status: str) -> bool:
        """Tell of a message what the operator would.

        Args:
            name: The client that sent it.
            message_id: Its id.
            status: The status that it is said to have reached.

        Returns:
            Whether there is such a message.
        """
        found = self._client.get(f"{_BASE}/messages", params={"tenant": name, "messageId": message_id})
        found.raise_for_status()
        for message in found.json()["messages"][:1]:
            self._post(f"/messages/{message['number']}/receipt", {"status": status})
            return True
        return False

    def set_callback(self, name: str, address: str) -> None:
        """Set where the receipts of a client go."""
        told = self._client.put(f"{_BASE}/tenants/{quote(name)}", json={"callback": address})
        told.raise_for_status()

    def close(self) -> None:
        """Remove the clients that were made here."""
        for name in list(self._made):
            try:
                self.remove_client(name)
            except httpx.HTTPError:
                continue
        self._client.close()

    def _clock(self, asked: dict[str, Any]) -> str:
        return str(self._post("/clock", asked)["now"])

    def _post(self, path: str, asked: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        told = self._client.post(f"{_BASE}{path}", json=asked)
        told.raise_for_status()
        return told.json()
