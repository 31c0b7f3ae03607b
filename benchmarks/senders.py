"""One text to each of many numbers by one SDK, in the environment that has it; a line of JSON for each.

A line holds the numbers of a call and what its end told: ``accepted``, ``refused`` (by an answer of 4xx, or
an error that says that nothing was sent) or ``open``, where neither is told. It uses nothing but the SDK, so
that it runs in any environment, and shares a client with no other thread.
"""

from __future__ import annotations

import asyncio
import errno
import json
import random
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

THREADS = 48
IN_BULK = 5
TEXT = "Your code is 482913"
SENDER = "+12025550150"
TIMEOUT = 1

Said = tuple[list[str], str, str]
Send = Callable[[str], bool]


def refuse_some_connections(seed: int, chance: float) -> None:
    """Let connections be refused by chance, as the operating system tells it where nobody listens."""
    drawn = random.Random(seed)  # noqa: S311 - repeatable
    lock = threading.Lock()
    connect = socket.socket.connect

    def faulty(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - whatever the family has
        with lock:
            refused = drawn.random() < chance
        if refused:
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
        connect(self, address)

    socket.socket.connect = faulty  # type: ignore[method-assign, assignment]


def twilio(setting: str, port: int, _: str) -> Send:
    """Return what sends by twilio; `max_retries` is its documented setting."""
    made = {"http_client": _of("twilio.http.http_client").TwilioHttpClient(timeout=TIMEOUT, max_retries=3)}
    client = _of("twilio.rest").Client("AC" + "0" * 32, "secret", **(made if setting else {}))
    client.api.base_url = f"https://127.0.0.1:{port}"
    return lambda number: bool(client.messages.create(to=number, from_=SENDER, body=TEXT).sid)


def vonage(setting: str, port: int, _: str) -> Send:
    """Return what sends by vonage; `max_retries` is its documented setting, 3 without it."""
    vonage_ = _of("vonage")
    made = {"timeout": TIMEOUT, "max_retries": 0} if setting else {}
    options = vonage_.HttpClientOptions(rest_host=f"127.0.0.1:{port}", **made)
    client = vonage_.Vonage(vonage_.Auth(api_key="key", api_secret="secret"), options)  # noqa: S106
    message = _of("vonage_sms").SmsMessage
    return lambda number: bool(
        client.sms.send(message(to=number[1:], from_=SENDER, text=TEXT)).messages[0].message_id
    )


def telnyx(setting: str, port: int, _: str) -> Send:
    """Return what sends by telnyx; `max_retries` is its documented setting, 2 without it."""
    made = {"": {}, "retries off": {"max_retries": 0}}.get(setting, {"timeout": TIMEOUT})
    client = _of("telnyx").Telnyx(api_key="key", base_url=f"https://127.0.0.1:{port}/v2", **made)

    def send(number: str) -> bool:
        key = {"idempotency_key": f"send-{number}"} if "key" in setting else {}
        return bool(client.messages.send(to=number, from_=SENDER, text=TEXT, **key).data.id)

    return send


def infobip(setting: str, port: int, certificate: str) -> Send:
    """Return what sends by infobip-api-python-client; `retries` is its documented setting."""
    sdk, models = _of("infobip_api_client"), _of("infobip_api_client.models")
    configuration = sdk.Configuration(
        host=f"https://127.0.0.1:{port}",
        api_key={"APIKeyHeader": "key"},
        api_key_prefix={"APIKeyHeader": "App"},
        **({"retries": 3} if setting else {}),
    )
    configuration.ssl_ca_cert = certificate
    api = _of("infobip_api_client.api.sms_api").SmsApi(sdk.ApiClient(configuration))
    limit = {"_request_timeout": TIMEOUT} if setting else {}

    def send(number: str) -> bool:
        message = models.SmsMessage(
            sender="ACME",
            destinations=[models.SmsDestination(to=number)],
            content=models.SmsMessageContent(models.SmsTextContent(text=TEXT)),
        )
        answer = api.send_sms_messages(sms_request=models.SmsRequest(messages=[message]), **limit)
        return bool(answer.messages[0].status.group_name == "PENDING")

    return send


RIVALS = {"twilio": twilio, "vonage": vonage, "telnyx": telnyx, "infobip": infobip}


def by_rival(name: str, setting: str, port: int, certificate: str, numbers: list[str]) -> Iterator[Said]:
    """Send by one of the rivals, in threads that have a client each."""
    mine = threading.local()

    def begin() -> None:
        mine.send = RIVALS[name](setting, port, certificate)

    def send(number: str) -> Said:
        try:
            return [number], "accepted" if mine.send(number) else "open", ""
        except Exception as error:  # noqa: BLE001 - what it tells is the question
            status = _status_of(error)
            told = "refused" if status is not None and 400 <= status < 500 else "open"  # noqa: PLR2004
            return [number], told, type(error).__name__

    with ThreadPoolExecutor(THREADS, initializer=begin) as pool:
        yield from pool.map(send, numbers)


def by_ours(setting: str, port: int, numbers: list[str]) -> Iterator[Said]:
    """Send by blackkonnect_sms, by the method that the setting names."""
    ours = _of("blackkonnect_sms")
    arguments: dict[str, Any] = {
        "base_url": f"https://127.0.0.1:{port}",
        "client_id": "acme",
        "client_secret": "-",
        "reconcile_for": 2.0,
    }
    if "timeout" in setting:
        arguments["timeout"] = TIMEOUT
    if "async" in setting:
        yield from asyncio.run(_by_ours_async(ours, "bulk" in setting, arguments, numbers))
        return
    with ours.BlackkonnectSMS(**arguments) as sms:
        if "bulk" in setting:
            for result in sms.send_bulks(numbers, TEXT, request_size=IN_BULK, concurrency=THREADS):
                yield from _fates(result)
            return

        unknown: dict[str, Any] = {}

        def told(number: str, call: Callable[[], Any]) -> Said:
            try:
                return [call().destination], "accepted", ""
            except ours.OutcomeUnknown as error:
                unknown[number] = error
                return [number], "open", type(error).__name__
            except ours.Refused as error:
                return [number], "refused", type(error).__name__

        with ThreadPoolExecutor(THREADS) as pool:
            said = list(pool.map(lambda number: told(number, lambda: sms.send(number, TEXT)), numbers))
            if "reconcile" not in setting:
                yield from said
                return
            yield from (line for line in said if line[1] != "open")
            yield from pool.map(lambda one: told(one[0], one[1].reconcile), list(unknown.items()))


async def _by_ours_async(
    ours: Any,  # noqa: ANN401 - the package
    bulk: bool,  # noqa: FBT001
    arguments: dict[str, Any],
    numbers: list[str],
) -> list[Said]:
    said: list[Said] = []
    async with ours.AsyncBlackkonnectSMS(**arguments) as sms:
        if bulk:
            sends = sms.send_bulks(numbers, TEXT, request_size=IN_BULK, concurrency=THREADS)
            async for result in sends:
                said += _fates(result)
            return said
        turns = asyncio.Semaphore(THREADS)

        async def send(number: str) -> Said:
            async with turns:
                try:
                    return [(await sms.send(number, TEXT)).destination], "accepted", ""
                except ours.BlackkonnectError as error:
                    return [number], "refused" if error.sent == "no" else "open", type(error).__name__

        return list(await asyncio.gather(*map(send, numbers)))


def _fates(result: Any) -> Iterable[Said]:  # noqa: ANN401 - a BulkResult
    words = {"accepted": "accepted", "refused": "refused", "unknown": "open"}
    return [([fate.destination], words[fate.outcome], type(result.error).__name__) for fate in result]


def _status_of(error: Exception) -> int | None:
    for one in (error, getattr(error, "response", None)):
        for name in ("status_code", "status"):
            value = getattr(one, name, None)
            if isinstance(value, int):
                return value
    return None


def _of(module: str) -> Any:  # noqa: ANN401 - an SDK, which only its own environment has
    return import_module(module)


def main() -> None:
    """Send as the arguments say: a JSON object on the command line."""
    told = json.loads(sys.argv[1])
    refuse_some_connections(told["seed"], told["refused"])
    numbers = [f"+2332{told['first'] + index:08}" for index in range(told["count"])]
    if told["name"] == "ours":
        said = by_ours(told["setting"], told["port"], numbers)
    else:
        said = by_rival(told["name"], told["setting"], told["port"], told["certificate"], numbers)
    for line in said:
        print(json.dumps(line))


if __name__ == "__main__":
    main()
