"""What one send costs beside bare httpx, on a warm connection and with a token: instructions and CPU time.

Each sender runs in a process of its own and sends to a server of raw sockets in another one, which answers a
constant. Instructions are counted by valgrind, of all threads, as the difference of two run sizes, so that
neither the start nor the first sends count. `--sends 200` sets the smaller of them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import httpx
import instructions
from blackkonnect_sms import AsyncBlackkonnectSMS, BlackkonnectSMS
from blackkonnect_sms_api.api.mobile_sms_messaging import send_message
from blackkonnect_sms_api.client import Client
from blackkonnect_sms_api.models import SimpleSmsMessageRequest

SENDS, WARM, TURNS = 200, 60, 5
PATH = "/api/sms/send-message/v1"
NUMBER, TEXT, SENDER = "+233200000001", "Your code is 482913", "ACME"
TOKEN = "e30.e30.e30"  # noqa: S105 - an empty JWT
MESSAGE = {"text": TEXT, "destination": NUMBER, "messageId": "01960de1-5b0a-7c3e-9d2f-4a6b8c0d1e2f"}
BODY = {**MESSAGE, "sourceAddress": SENDER}
TAKEN = {
    "code": 0,
    "message": None,
    "data": MESSAGE,
    "correlationId": "6f9bfa4e-0d8c-4c5b-9c3d-4b6f7f1f2a10",
    "conversationId": "0d7a4c1e-6c5a-4f0e-8f43-0b1c2d3e4f50",
    "requestId": "r",
    "items": [MESSAGE],
    "itemPagination": {"totalElements": 1, "pageSize": 1, "totalPages": 1, "pageNumber": 0, "offSet": 0},
    "deliveryStatus": "QUEUED",
    "isSuccessful": True,
}

Send = Callable[[], object]
SendAsync = Callable[[], Awaitable[object]]


class Gateway(socketserver.StreamRequestHandler):
    """Answers a token, or that the message was taken, for as long as the connection lasts."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer each request of a connection."""
        while line := self.rfile.readline():
            length = 0
            while (field := self.rfile.readline().lower()) != b"\r\n":
                if field.startswith(b"content-length:"):
                    length = int(field.partition(b":")[2])
            self.rfile.read(length)
            body = json.dumps({"token": TOKEN} if b"access-token" in line else TAKEN).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self.wfile.write(head.encode() + body)


def bare(url: str) -> Send:
    """Return what sends one message by httpx alone."""
    client = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False)
    return lambda: client.post(PATH, json=BODY).json()


def bare_async(url: str) -> SendAsync:
    """Return the same, asynchronous."""
    client = httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False)

    async def send() -> object:
        return (await client.post(PATH, json=BODY)).json()

    return send


def generated(url: str) -> Send:
    """Return what sends one message by the generated client."""
    made = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False)
    client = Client(base_url=url).set_httpx_client(made)
    return lambda: send_message.sync(client=client, body=_generated_body())


def generated_async(url: str) -> SendAsync:
    """Return the same, asynchronous."""
    made = httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False)
    client = Client(base_url=url).set_async_httpx_client(made)
    return lambda: send_message.asyncio(client=client, body=_generated_body())


def _generated_body() -> SimpleSmsMessageRequest:
    return SimpleSmsMessageRequest(
        text=TEXT, destination=NUMBER, source_address=SENDER, message_id=MESSAGE["messageId"]
    )


def ours(url: str, **options: Any) -> Send:  # noqa: ANN401 - arguments of the client
    """Return what sends one message by our client."""
    sms = BlackkonnectSMS(base_url=url, client_id="acme", client_secret="-", **options)  # noqa: S106
    return lambda: sms.send(NUMBER, TEXT, sender=SENDER)


def ours_async(url: str, **options: Any) -> SendAsync:  # noqa: ANN401 - arguments of the client
    """Return the same, asynchronous."""
    sms = AsyncBlackkonnectSMS(base_url=url, client_id="acme", client_secret="-", **options)  # noqa: S106
    return lambda: sms.send(NUMBER, TEXT, sender=SENDER)


def pyreqwest(url: str) -> Send:
    """Return what sends one message by pyreqwest alone, without any limit on time or size."""
    client = import_module("pyreqwest.client").SyncClientBuilder().no_proxy().build()

    def send() -> object:
        request = client.post(url + PATH).headers({"Authorization": f"Bearer {TOKEN}"}).body_json(BODY)
        return request.build().send().json()

    return send


def pyreqwest_async(url: str) -> SendAsync:
    """Return the same, asynchronous."""
    client = import_module("pyreqwest.client").ClientBuilder().no_proxy().build()

    async def send() -> object:
        request = client.post(url + PATH).headers({"Authorization": f"Bearer {TOKEN}"}).body_json(BODY)
        return await (await request.build().send()).json()

    return send


SYNC: dict[str, Callable[[str], Send]] = {
    "bare httpx": bare,
    "blackkonnect_sms_api": generated,
    "blackkonnect_sms": ours,
    "blackkonnect_sms, fast": lambda url: ours(url, fast=True),
    "bare pyreqwest": pyreqwest,
}
ASYNC: dict[str, Callable[[str], SendAsync]] = {
    "bare httpx": bare_async,
    "blackkonnect_sms_api": generated_async,
    "blackkonnect_sms": ours_async,
    "blackkonnect_sms, fast": lambda url: ours_async(url, fast=True),
    "bare pyreqwest": pyreqwest_async,
}


def child(manner: str, name: str, url: str, sends: int) -> None:
    """Send, and print the seconds of CPU time that each took after the first ones."""
    if manner == "sync":
        send = SYNC[name](url)
        for _ in range(WARM):
            send()
        begun = time.process_time()
        for _ in range(sends):
            send()
        print((time.process_time() - begun) / sends)
    else:
        asyncio.run(_child_async(name, url, sends))


async def _child_async(name: str, url: str, sends: int) -> None:
    send = ASYNC[name](url)
    for _ in range(WARM):
        await send()
    begun = time.process_time()
    for _ in range(sends):
        await send()
    print((time.process_time() - begun) / sends)


def _command(manner: str, name: str, url: str, sends: int) -> list[str]:
    return [sys.executable, str(Path(__file__)), "--child", manner, name, url, "--sends", str(sends)]


def _cpu_seconds(manner: str, name: str, url: str, sends: int) -> float:
    command = _command(manner, name, url, sends)
    # What is compiled here is not compiled where instructions are counted.
    environment = instructions.surroundings()
    told = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)  # noqa: S603 - this file
    return float(told.stdout)


def _instructions(manner: str, name: str, url: str, sends: int) -> float:
    few, many = (instructions.of(_command(manner, name, url, count)) for count in (sends, 2 * sends))
    return (many - few) / sends


def measure(manner: str, names: list[str], url: str, sends: int, turns: int) -> None:
    """Print a table of one manner; times are the least of turns, so that a busy moment touches all alike."""
    least = dict.fromkeys(names, float("inf"))
    for _ in range(turns):
        for name in names:
            least[name] = min(least[name], _cpu_seconds(manner, name, url, 5 * sends))
    try:
        counted = {name: _instructions(manner, name, url, sends) for name in names}
    except instructions.NoValgrindError as error:
        print(f"instructions are not counted: {error}")
        counted = dict.fromkeys(names, float("nan"))
    print(f"{f'one send, {manner}':30} {'instructions':>13} {'x httpx':>8} {'CPU us':>8} {'x httpx':>8}")
    for name in names:
        cost, seconds = counted[name], least[name]
        ratios = cost / counted["bare httpx"], seconds / least["bare httpx"]
        print(f"{name:30} {cost:13,.0f} {ratios[0]:8.3f} {seconds * 1e6:8.0f} {ratios[1]:8.3f}")


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} is not installed"


def main() -> None:
    """Measure both manners."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sends", type=int, default=SENDS)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--only", action="append", help="a sender beside bare httpx; all by default")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        manner, name, url = given.child
        child(manner, name, url, given.sends)
        return
    packages = ("blackkonnect-sms", "httpx", "httpcore", "pyreqwest", "orjson")
    print(f"Python {sys.version.split()[0]}", *map(_version, packages), sep=", ")
    names = ["bare httpx", *(given.only or list(SYNC)[1:])]
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Gateway) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        for manner in ("sync", "async"):
            measure(manner, names, url, given.sends, given.turns)
        server.shutdown()


if __name__ == "__main__":
    main()
