"""What the generated client and the overlays add to one send, in CPU time, beside bare httpx."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.metadata import version

import httpx
from blackkonnect_sms import BlackkonnectSMS
from blackkonnect_sms_api.api.mobile_sms_messaging import send_message
from blackkonnect_sms_api.client import Client
from blackkonnect_sms_api.models import SimpleSmsMessageRequest

ROUNDS, CALLS = 20, 200
URL = "https://gateway.example"
NUMBER, TEXT = "+233200000001", "Your code is 482913"
TOKEN = {"token": "e30.e30.e30"}
TAKEN = {
    "code": 0,
    "message": None,
    "data": {"text": TEXT, "destination": NUMBER, "messageId": "m"},
    "correlationId": "6f9bfa4e-0d8c-4c5b-9c3d-4b6f7f1f2a10",
    "conversationId": "0d7a4c1e-6c5a-4f0e-8f43-0b1c2d3e4f50",
    "requestId": "r",
    "items": [{"text": TEXT, "destination": NUMBER, "messageId": "m"}],
    "itemPagination": {"totalElements": 1, "pageSize": 1, "totalPages": 1, "pageNumber": 0, "offSet": 0},
    "deliveryStatus": "QUEUED",
    "isSuccessful": True,
}


def gateway(request: httpx.Request) -> httpx.Response:
    """Answer as a gateway does."""
    return httpx.Response(200, json=TOKEN if "access-token" in request.url.path else TAKEN)


def senders() -> dict[str, Callable[[], object]]:
    """Return what sends one message, by name; the first is the rival."""
    transport = httpx.MockTransport(gateway)
    bare = httpx.Client(base_url=URL, transport=transport, headers={"Authorization": "Bearer e30.e30.e30"})
    generated = Client(base_url=URL).set_httpx_client(bare)
    sms = BlackkonnectSMS(base_url=URL, client_id="acme", client_secret="-", transport=transport)  # noqa: S106
    body = {"text": TEXT, "destination": NUMBER, "messageId": "m"}
    return {
        f"bare httpx {version('httpx')}": lambda: bare.post("/api/sms/send-message/v1", json=body).json(),
        "blackkonnect_sms_api": lambda: send_message.sync(
            client=generated,
            body=SimpleSmsMessageRequest(text=TEXT, destination=NUMBER, message_id="m"),
        ),
        f"blackkonnect_sms {version('blackkonnect-sms')}": lambda: sms.send(NUMBER, TEXT),
    }


def main() -> None:
    """Measure in turns, so that a busy moment touches all alike, and tell the least of each."""
    known = senders()
    least = dict.fromkeys(known, float("inf"))
    for _ in range(ROUNDS):
        for name, send in known.items():
            begun = time.process_time()
            for _ in range(CALLS):
                send()
            least[name] = min(least[name], (time.process_time() - begun) / CALLS)
    rival = next(iter(least.values()))
    print(f"{'one send':30} {'CPU us':>8} {'x httpx':>8}")
    for name, seconds in least.items():
        print(f"{name:30} {seconds * 1e6:8.0f} {seconds / rival:8.2f}")


if __name__ == "__main__":
    main()
