"""A text to each of many numbers by one client, in the environment that has it; a line of JSON with the cost.

`python benchmarks/bulk_senders.py WAY PORT COUNT [COUNT]`, with the variable ``TOKEN`` where a way needs one.
``AT_ONCE`` requests are under way at once, 8 without that variable; where ``FAST`` is set, ours sends with
``fast=True``. All counts but the last are for warming up. What is measured is the process's CPU time, from
building the list of numbers to having read each fate. It uses nothing but the client, so that it runs in any
environment.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

AT_ONCE = int(os.environ.get("AT_ONCE", "8"))
FAST = bool(os.environ.get("FAST"))
IN_REQUEST = 1_000
TEXT = "Your code is 482913"
SENDER = "ACME"
CLIENT, SECRET = "acme", "correct-horse-battery"
PATH = "/api/sms/send-bulk-messages/v1"

Fates = dict[str, str]
Send = Callable[[list[str]], Fates]


def ours(port: int, _: str) -> Send:
    """Return what sends by `BlackkonnectSMS.send_bulks`."""
    client = _ours().BlackkonnectSMS(**_told(port))

    def send(numbers: list[str]) -> Fates:
        with client.send_bulks(numbers, TEXT, sender=SENDER, concurrency=AT_ONCE) as results:
            return {fate.destination: fate.outcome for result in results for fate in result}

    return send


def ours_whole(port: int, _: str) -> Send:
    """Return what sends by `BlackkonnectSMS.send_bulk`, which returns when all is sent."""
    client = _ours().BlackkonnectSMS(**_told(port))

    def send(numbers: list[str]) -> Fates:
        result = client.send_bulk(numbers, TEXT, sender=SENDER, concurrency=AT_ONCE)
        return {fate.destination: fate.outcome for fate in result}

    return send


def ours_async(port: int, _: str) -> Send:
    """Return what sends by `AsyncBlackkonnectSMS.send_bulks`."""
    runner = asyncio.Runner()
    client = _ours().AsyncBlackkonnectSMS(**_told(port))

    async def every(numbers: list[str]) -> Fates:
        async with client.send_bulks(numbers, TEXT, sender=SENDER, concurrency=AT_ONCE) as results:
            return {fate.destination: fate.outcome async for result in results for fate in result}

    return lambda numbers: runner.run(every(numbers))


def plain(port: int, token: str) -> Send:
    """Return what sends by plain dicts with orjson and http.client, a connection for each thread."""
    orjson, http = _of("orjson"), _of("http.client")
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def begin() -> Send:
        connection = http.HTTPConnection("127.0.0.1", port)

        def send(numbers: list[str]) -> Fates:
            bulk_id = _fresh()
            listed = [
                {"destination": number, "messageId": f"{bulk_id}-{index}"}
                for index, number in enumerate(numbers)
            ]
            body = {
                "bulkId": bulk_id,
                "sourceAddress": SENDER,
                "messages": [{"destinations": listed, "text": TEXT}],
            }
            connection.request("POST", PATH, orjson.dumps(body), headers)
            answer = orjson.loads(connection.getresponse().read())
            return {
                fate["destination"]: fate["messageGroupStatus"]["deliveryStatus"]
                for fate in answer["smsMessageDeliveryStatuses"]
            }

        return send

    return _in_threads(begin, IN_REQUEST)


def stock(port: int, token: str) -> Send:
    """Return what sends by the code that openapi-python-client generates by itself."""
    models = _of("stock_client.models")
    operation = _of("stock_client.api.mobile_sms_messaging.send_bulk_messages")
    client = _of("stock_client").AuthenticatedClient(f"http://127.0.0.1:{port}", token)

    def send(numbers: list[str]) -> Fates:
        bulk_id = _fresh()
        listed = [
            models.MessageDestination(destination=number, message_id=f"{bulk_id}-{index}")
            for index, number in enumerate(numbers)
        ]
        body = models.BulkSmsMessageRequest(
            bulk_id=bulk_id,
            source_address=SENDER,
            messages=[models.SmsMessage(destinations=listed, text=TEXT)],
        )
        answer = operation.sync(client=client, body=body)
        return {
            fate.destination: fate.message_group_status.delivery_status
            for fate in answer.sms_message_delivery_statuses
        }

    return _in_threads(lambda: send, IN_REQUEST)


def infobip(port: int, _: str) -> Send:
    """Return what sends by infobip-api-python-client, which takes many destinations in a request."""
    sdk, models = _of("infobip_api_client"), _of("infobip_api_client.models")

    def begin() -> Send:
        configuration = sdk.Configuration(
            host=f"http://127.0.0.1:{port}",
            api_key={"APIKeyHeader": "key"},
            api_key_prefix={"APIKeyHeader": "App"},
        )
        api = _of("infobip_api_client.api.sms_api").SmsApi(sdk.ApiClient(configuration))

        def send(numbers: list[str]) -> Fates:
            message = models.SmsMessage(
                sender=SENDER,
                destinations=[models.SmsDestination(to=number) for number in numbers],
                content=models.SmsMessageContent(models.SmsTextContent(text=TEXT)),
            )
            answer = api.send_sms_messages(sms_request=models.SmsRequest(messages=[message]))
            return {one.destination: one.status.group_name for one in answer.messages}

        return send

    return _in_threads(begin, IN_REQUEST)


def twilio(port: int, _: str) -> Send:
    """Return what sends by twilio, one text in a request."""

    def begin() -> Send:
        client = _of("twilio.rest").Client("AC" + "0" * 32, "secret")
        client.api.base_url = f"http://127.0.0.1:{port}"
        return lambda numbers: {
            number: client.messages.create(to=number, from_=SENDER, body=TEXT).status for number in numbers
        }

    return _in_threads(begin, 1)


def vonage(port: int, _: str) -> Send:
    """Return what sends by vonage, one text in a request; it speaks nothing but TLS."""

    def begin() -> Send:
        vonage_ = _of("vonage")
        options = vonage_.HttpClientOptions(rest_host=f"127.0.0.1:{port}")
        client = vonage_.Vonage(vonage_.Auth(api_key="key", api_secret="secret"), options)  # noqa: S106
        message = _of("vonage_sms").SmsMessage
        return lambda numbers: {
            number: client.sms.send(message(to=number[1:], from_=SENDER, text=TEXT)).messages[0].status
            for number in numbers
        }

    return _in_threads(begin, 1)


def telnyx(port: int, _: str) -> Send:
    """Return what sends by telnyx, one text in a request."""

    def begin() -> Send:
        client = _of("telnyx").Telnyx(api_key="key", base_url=f"http://127.0.0.1:{port}/v2")
        return lambda numbers: {
            number: client.messages.send(to=number, from_=SENDER, text=TEXT).data.id for number in numbers
        }

    return _in_threads(begin, 1)


WAYS: dict[str, Callable[[int, str], Send]] = {
    made.__name__: made
    for made in (ours, ours_whole, ours_async, plain, stock, infobip, twilio, vonage, telnyx)
}


def _in_threads(begin: Callable[[], Send], size: int) -> Send:
    """Return what sends in threads that each send a part of the numbers at a time."""
    mine = threading.local()

    def start() -> None:
        mine.send = begin()

    def one(part: list[str]) -> Fates:
        told: Fates = mine.send(part)
        return told

    pool = ThreadPoolExecutor(AT_ONCE, initializer=start)

    def send(numbers: list[str]) -> Fates:
        fates: Fates = {}
        for told in pool.map(one, _parts(numbers, size)):
            fates.update(told)
        return fates

    return send


def _parts(numbers: list[str], size: int) -> Iterator[list[str]]:
    return (numbers[at : at + size] for at in range(0, len(numbers), size))


def _ours() -> Any:  # noqa: ANN401 - the package
    return _of("blackkonnect_sms")


def _told(port: int) -> dict[str, Any]:
    return {
        "base_url": f"http://127.0.0.1:{port}",
        "client_id": CLIENT,
        "client_secret": SECRET,
        "timeout": 120,
        "deadline": 600,
        "fast": FAST,
    }


_RUN = f"{time.time_ns():x}"
_count = itertools.count()


def _fresh() -> str:
    """Return an id at the least cost there is."""
    return f"{_RUN}-{next(_count)}"


def _of(module: str) -> Any:  # noqa: ANN401 - a client, which only its own environment has
    return import_module(module)


def numbered(first: int, count: int) -> list[str]:
    """Return so many numbers, each another."""
    return [f"+2332{number:08}" for number in range(first, first + count)]


def main(arguments: Iterable[str]) -> None:
    """Send as the command line says, and tell what it cost."""
    way, port, *counts = arguments
    send = WAYS[way](int(port), os.environ.get("TOKEN", ""))
    first, seconds, cpu = 0, 0.0, 0.0
    for count in map(int, counts):
        begun, used = time.perf_counter(), time.process_time()
        fates = send(numbered(first, count))
        seconds, cpu = time.perf_counter() - begun, time.process_time() - used
        if len(fates) != count or not all(fates.values()) or set(fates.values()) & {"refused", "unknown"}:
            raise SystemExit(f"{way} read {len(fates)} fates of {count}: {sorted(set(fates.values()))[:5]}")
        first += count
    print(json.dumps({"texts": count, "seconds": seconds, "cpu": cpu}))


if __name__ == "__main__":
    main(sys.argv[1:])
