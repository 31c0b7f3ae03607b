"""What the tests of the control API share."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest


class Control:
    """The control API of an emulator in process."""

    def __init__(self, gateway: Any, client: httpx.AsyncClient) -> None:
        self.gateway = gateway
        self.client = client

    async def __call__(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        given = {} if body is None else {"json": body}
        answer = await self.client.request(method, f"/_emulator/{path}", **given)
        assert answer.status_code == status, answer.text
        assert answer.headers["cache-control"] == "no-store"
        if status >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == status
        return answer.json()

    async def wrong(self, method: str, path: str, body: Any = None) -> set[str]:
        """Tell the places that are wrong with a request."""
        problem = await self(method, path, body, 400)
        return {place.get("pointer") or place["parameter"] for place in problem["errors"]}

    async def send(self, destination: str, text: str, tenant: str = "acme", **fields: Any) -> Any:
        async with self.gateway.signed_in(tenant) as client:
            body = {"destination": destination, "text": text, **fields}
            answer = await client.post(self.gateway.SINGLE, json=body)
            assert answer.status_code == 200, answer.text
            return answer.json()


@pytest.fixture
async def control(gateway: Any) -> AsyncIterator[Control]:
    transport = httpx.ASGITransport(gateway.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield Control(gateway, client)
