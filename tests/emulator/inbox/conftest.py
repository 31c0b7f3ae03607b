"""What the tests of the inbox share: an emulator whose clock stands still, and messages in it."""

from collections.abc import AsyncIterator

import httpx
import pytest
from blackkonnect_emulator import ManualClock, Settings, create_app
from blackkonnect_emulator.trial import send_test

CLIENTS = {"acme": "acme's secret", "other": "other's secret"}
BASE = "/_emulator/inbox"


class Inbox:
    """The inbox of an emulator in process, as a browser that shows its page sees it."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)
        self.gateway = self.app.gateway
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url="http://127.0.0.1:8025",
            headers={"Sec-Fetch-Site": "same-origin"},
        )

    async def put(
        self, destination: str, text: str, sender: str | None = "ACME", tenant: str = "acme"
    ) -> int:
        owner = self.gateway.tenants.get(tenant)
        assert owner is not None
        number = await send_test(self.gateway, owner, destination, sender, text)
        assert number is not None
        return number

    async def get(self, path: str, target: str | None = None, **parameters: str | int) -> httpx.Response:
        headers = {} if target is None else {"HX-Request": "true", "HX-Target": target}
        return await self.client.get(path, params=parameters or None, headers=headers)

    async def post(self, path: str, **form: str | int) -> httpx.Response:
        return await self.client.post(f"{BASE}/{path}", data=form)


@pytest.fixture
def settings() -> Settings:
    return Settings(clients=CLIENTS, clock=ManualClock(), seed=1)


@pytest.fixture
async def inbox(settings: Settings) -> AsyncIterator[Inbox]:
    made = Inbox(settings)
    yield made
    await made.client.aclose()
    made.gateway.close()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
