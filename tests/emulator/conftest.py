"""What the tests of the emulator share.

Every answer that a test gets is checked against the edition's document, headers included.
"""

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from typing import Any

import httpx
import jsonschema_rs
import pytest
from blackkonnect_emulator import Clock, Emulator, ManualClock, Settings, create_app
from blackkonnect_emulator.views import MessageFilter

EDITIONS = ("2025-05-16", "2026-02-25")
CLIENTS = {"acme": "acme's secret", "other": "other's secret"}


class Checked:
    """Checks answers against an edition's document, read here independently of the emulator."""

    def __init__(self, edition: str) -> None:
        text = (files("blackkonnect_sms_documents") / f"{edition}.json").read_text("utf-8")
        self.document: dict[str, Any] = json.loads(text)
        self.validators: dict[int, jsonschema_rs.Draft202012Validator] = {}

    def at(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"][2:].split("/"):
                target = target[part]
            node = target
        return node

    def fits(self, schema: Mapping[str, Any], value: Any) -> None:
        validator = self.validators.get(id(schema))
        if validator is None:
            whole = {**schema, "components": {"schemas": self.document["components"]["schemas"]}}
            validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
            self.validators[id(schema)] = validator
        validator.validate(value)

    def path_of(self, raw: str) -> str | None:
        for path in self.document["paths"]:
            wanted, given = path.split("/"), raw.split("/")
            if len(wanted) == len(given) and all(
                a == b or (a[0:1] == "{" and b) for a, b in zip(wanted, given, strict=True)
            ):
                return str(path)
        return None

    async def __call__(self, response: httpx.Response) -> None:
        text = await response.aread()
        if response.request.method == "HEAD":
            assert text == b""
            return
        if is_beside(response.request.url.path):
            return
        content = json.loads(text)
        path = self.path_of(response.request.url.raw_path.decode("ascii").partition("?")[0])
        if path is None:
            assert response.status_code == 404
            self.fits(self.document["components"]["schemas"]["ProblemDetail"], content)
            return
        item = self.document["paths"][path]
        operation = item.get(response.request.method.lower()) or next(iter(item.values()))
        if "responses" not in operation:
            operation = item["get" if "get" in item else "post"]
        if response.status_code == 503:
            # No page lists it, yet any gateway may have to say so.
            self.fits(self.document["components"]["schemas"]["ProblemDetail"], content)
            return
        described = self.at(operation["responses"][str(response.status_code)])
        self.fits(described["content"][response.headers["content-type"]]["schema"], content)
        for name, given in described.get("headers", {}).items():
            header = self.at(given)
            assert name in response.headers or not header["required"]
            self.fits(header["schema"], response.headers[name])
        if response.status_code >= 400:
            assert content["status"] == response.status_code


def is_beside(path: str) -> bool:
    """Tell whether a path is the emulator's own and none of the vendor's."""
    return path == "/" or path.startswith("/_emulator")


@cache
def checked(edition: str) -> Checked:
    return Checked(edition)


def template_of(operation: str) -> str:
    """Find an operation's path in the document of both editions, with its parameter left open as `{}`."""
    document = json.loads((files("blackkonnect_sms_documents") / "blackkonnect-sms.json").read_text("utf-8"))
    for template, item in document["paths"].items():
        if any(isinstance(held, dict) and held.get("operationId") == operation for held in item.values()):
            return re.sub(r"\{[^}]*\}", "{}", template)
    raise LookupError(operation)


class Gateway:
    """An emulator in process, with clients for its tenants."""

    TOKEN = template_of("retrieveAccessToken")
    SINGLE = template_of("sendMessage")
    BULK = template_of("sendBulkMessages")
    STATUS = template_of("getMessageStatus")
    BULK_STATUS = template_of("getBulkMessageStatus")
    RECEIPT = template_of("handleDeliveryReceipt")

    def __init__(self, app: Emulator, settings: Settings, clock: Clock, checked: Checked) -> None:
        self.app = app
        self.settings = settings
        self.clock = clock
        self.checked = checked

    def client(self, token: str | None = None, *, checks: bool = True) -> httpx.AsyncClient:
        """Make a client; without checks where the answers are to break what the document says."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url="http://127.0.0.1",
            headers={} if token is None else {"Authorization": f"Bearer {token}"},
            event_hooks={"response": [self.checked] if checks else []},
        )

    async def token(self, name: str = "acme") -> str:
        async with self.client() as client:
            form = {"grant_type": "client_credentials", "client_id": name, "client_secret": CLIENTS[name]}
            answer = await client.post(self.TOKEN, data=form)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["token"])

    def example(self, name: str) -> Any:
        return json.loads(json.dumps(self.checked.document["components"]["examples"][name]["value"]))

    @property
    def inside(self) -> Any:
        return self.app.gateway

    @asynccontextmanager
    async def signed_in(self, name: str = "acme", *, checks: bool = True) -> AsyncIterator[httpx.AsyncClient]:
        async with self.client(await self.token(name), checks=checks) as client:
            yield client

    async def ledger(self, name: str = "acme") -> list[Any]:
        """List what the gateway took of a tenant, oldest first, whatever it answered."""
        found: list[Any] = []
        while some := await self.inside.queries.messages(
            MessageFilter(tenant=name, limit=1000, before=found[-1].number if found else None)
        ):
            found += some
        return found[::-1]

    async def status(self, client: httpx.AsyncClient, sought: str) -> str | None:
        """Ask a message's status; `None` where it is not found."""
        answer = await client.get(self.STATUS.format(sought))
        return str(answer.json()["deliveryStatus"]) if answer.status_code == 200 else None


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def start() -> Iterator[Callable[..., Gateway]]:
    """Make emulators with a clock that stands still, and close them."""
    made: list[Gateway] = []

    def make(**given: Any) -> Gateway:
        clock = given.pop("clock", None) or ManualClock()
        settings = Settings(**{"clients": CLIENTS, "seed": 1, **given}, clock=clock)
        gateway = Gateway(create_app(settings), settings, clock, checked(settings.edition))
        made.append(gateway)
        return gateway

    yield make
    for gateway in made:
        gateway.app.gateway.close()


@pytest.fixture
def gateway(start: Callable[..., Gateway]) -> Gateway:
    return start()


@pytest.fixture(params=EDITIONS)
def each_edition(request: pytest.FixtureRequest, start: Callable[..., Gateway]) -> Gateway:
    return start(edition=request.param)
