"""By which names the emulator may be called, and below which paths."""

from typing import Any

import httpx
import pytest
from blackkonnect_emulator import Settings, SettingsError
from starlette.applications import Starlette
from starlette.routing import Mount

pytestmark = pytest.mark.anyio

OURS = [
    b"127.0.0.1",
    b"127.0.0.1:8025",
    b"127.0.0.1:1",
    b"127.0.0.1:",
    b"localhost",
    b"LOCALHOST:65535",
    b"[::1]",
    b"[::1]:8025",
    b"127.1.2.3",
    b"127.255.255.254:80",
    b"[0:0:0:0:0:0:0:1]:80",
]
OTHERS = [
    b"evil.example",
    b"evil.example:8025",
    b"localhost.evil.example",
    b"evil.example:127.0.0.1",
    b"127.0.0.1.evil.example",
    b"127.0.0.1@evil.example",
    b"10.0.0.1",
    b"0.0.0.0",
    b"[::2]",
    b"[::]",
    b"::1",
    b"127.0.0.1:80:80",
    b"127.0.0.1:x",
    b"127.0.0.1, evil.example",
    b"",
    b":80",
    b"[",
    b"]127.0.0.1[",
    b"[127.0.0.1]",
    b"\xff\xfe",
    b"127.0.0.\xb9",
    b"\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1",
    b"localhost\x00",
    b" localhost",
    b"2130706433",
    b"0x7f.0.0.1",
    b"x" * 60_000,
]


async def statuses(gateway: Any, *hosts: bytes) -> list[int]:
    """Ask the vendor's path and others, below and above the check."""
    codes: list[int] = []

    async def receive() -> Any:
        raise AssertionError("nobody asks for the body")

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            codes.append(message["status"])

    for path in (gateway.STATUS.format("m"), "/nowhere"):
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"host", host) for host in hosts],
        }
        await gateway.app(scope, receive, send)
    return codes


@pytest.mark.parametrize("host", OURS)
async def test_names_of_this_machine(gateway: Any, host: bytes) -> None:
    for _ in range(2):
        assert await statuses(gateway, host) == [401, 404]


@pytest.mark.parametrize("host", OTHERS)
async def test_other_names(gateway: Any, host: bytes) -> None:
    for _ in range(2):
        assert await statuses(gateway, host) == [421, 421]


async def test_none_and_two(gateway: Any) -> None:
    assert await statuses(gateway) == [400, 400]
    assert await statuses(gateway, b"127.0.0.1", b"127.0.0.1") == [400, 400]
    assert await statuses(gateway, b"127.0.0.1", b"evil.example") == [400, 400]


async def test_names_that_are_allowed(start: Any) -> None:
    gateway = start(hosts=["Gateway", "sms.test", "FD00::1", "[fd00::2]", "10.0.0.1"])
    for host in (b"gateway", b"GATEWAY:8025", b"sms.test:80", b"[fd00::1]:80", b"[fd00::2]", b"10.0.0.1"):
        assert await statuses(gateway, host) == [401, 404]
    for host in (b"gateway.evil.example", b"test", b"sms.test:x", b"fd00::1", b"10.0.0.2"):
        assert await statuses(gateway, host) == [421, 421]


@pytest.mark.parametrize("hosts", ["gateway", [""], ["gateway:8025"], ["http://gateway"], [1]])
def test_names_that_make_no_sense(hosts: Any) -> None:
    for name in ("hosts", "callback_hosts"):
        with pytest.raises(SettingsError, match=f"^{name}: "):
            Settings(**{name: hosts})


async def test_the_refusal_tells_nothing_of_the_host(gateway: Any) -> None:
    async with gateway.client(checks=False) as client:
        answer = await client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "evil" not in answer.text


@pytest.mark.parametrize("mounted", ["/sms", "/a%20b/c"])
async def test_below_a_path_of_another_application(gateway: Any, mounted: str) -> None:
    # A framework routes by the decoded path.
    outer = Starlette(routes=[Mount(mounted.replace("%20", " "), app=gateway.app)])
    token = await gateway.token()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(outer),
        base_url=f"http://127.0.0.1{mounted}",
        headers={"Authorization": f"Bearer {token}"},
    ) as client:
        sent = await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))
        assert sent.status_code == 200
        for sought in (sent.json()["correlationId"], sent.json()["data"]["messageId"]):
            found = await client.get(gateway.STATUS.format(sought))
            assert found.json()["deliveryStatus"] == "QUEUED"
        odd = await client.get(gateway.STATUS.format("a%2Fb"))
        assert odd.status_code == 400
        assert (await client.get(f"{mounted}{gateway.STATUS.format('m')}")).status_code == 404


async def test_a_websocket_is_refused(gateway: Any) -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await gateway.app({"type": "websocket", "path": "/"}, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]
