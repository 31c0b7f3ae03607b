"""How the clients are typed: checked by mypy and pyright, never run."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, assert_type

import blackkonnect_sms
import httpx
from blackkonnect_sms import (
    AsyncBlackkonnectSMS,
    AsyncBulkSends,
    BlackkonnectError,
    BlackkonnectSMS,
    BulkResult,
    BulkSends,
    Fate,
    MessageStatus,
    RetryEvent,
    RetryPolicy,
    SendResult,
    WaitResult,
    new_id,
)
from blackkonnect_sms.clock import Clock

if TYPE_CHECKING:
    from blackkonnect_sms.auth import ClientCredentials
    from blackkonnect_sms_api.models import (
        BulkSmsMessageRequest,
        DeliveryWindow,
        SimpleSmsMessageRequest,
        SmsMessage,
    )


def told(event: RetryEvent) -> None:
    assert_type(event, RetryEvent)


def seen(request: httpx.Request) -> None:
    assert_type(request, httpx.Request)


async def seen_later(response: httpx.Response) -> None:
    assert_type(response, httpx.Response)


def alone(auth: ClientCredentials) -> None:
    client = httpx.Client(base_url=auth.base_url, auth=auth)
    assert_type(client, httpx.Client)


def sync(window: DeliveryWindow, single: SimpleSmsMessageRequest, whole: BulkSmsMessageRequest) -> None:
    assert_type(BlackkonnectSMS.from_env(), BlackkonnectSMS)
    assert_type(BlackkonnectSMS.from_env({"BLACKKONNECT_SCOPE": "sms"}, timeout=3.0), BlackkonnectSMS)
    with BlackkonnectSMS(
        base_url="https://sms.example.com",
        client_id="acme",
        client_secret="",
        scope=None,
        timeout=3,
        deadline=30.0,
        retry=RetryPolicy(attempts=2, base=0.1, cap=1.0, retry_after_cap=5.0),
        on_retry=told,
        transport=httpx.HTTPTransport(),
        event_hooks={"request": [seen], "response": (print,)},
        clock=Clock(),
    ) as sms:
        assert_type(sms, BlackkonnectSMS)
        sent = sms.send("+233200000001", "hello", sender="ACME", priority=1, resend_when_absent=True)
        assert_type(sent, SendResult)
        assert_type(sms.send(single), SendResult)
        messages: list[SmsMessage] = []
        assert_type(sms.send_bulk(messages), BulkResult)
        assert_type(sms.send_bulk(whole), BulkResult)
        bulk = sms.send_bulk(
            ("+233200000001",),
            "hello",
            send_at=dt.datetime.now(dt.UTC),
            validity=dt.timedelta(hours=4),
            window=window,
        )
        assert_type(bulk, BulkResult)
        assert_type(bulk.accepted, tuple[Fate, ...])
        assert_type(bulk.parts, tuple[BulkResult, ...])
        assert_type(bulk.error, BlackkonnectError | None)
        assert_type(sms.reconcile(bulk), BulkResult)
        with sms.send_bulks(iter([new_id()]), "hello", request_size=10, concurrency=1) as sends:
            assert_type(sends, BulkSends)
            for result in sends:
                assert_type(result, BulkResult)
        assert_type(sends.unclaimed, tuple[BulkResult, ...])
        for fate in bulk:
            assert_type(fate, Fate)
        assert_type(sms.status(sent), MessageStatus)
        assert_type(sms.status("m-1"), MessageStatus)
        assert_type(sms.statuses(bulk), Iterator[MessageStatus])
        waited = sms.wait(bulk, timeout=5)
        assert_type(waited, WaitResult)
        assert_type(waited.statuses, dict[str, MessageStatus])
        assert_type(waited.complete, bool)
        sms.close()


async def numbers() -> AsyncIterator[str]:
    yield "+233200000001"


async def asynchronous() -> None:
    async with AsyncBlackkonnectSMS(
        transport=httpx.AsyncHTTPTransport(), event_hooks={"response": [seen_later]}
    ) as sms:
        assert_type(sms, AsyncBlackkonnectSMS)
        sent = await sms.send("+233200000001", "hello")
        assert_type(sent, SendResult)
        bulk = await sms.send_bulk(["+233200000001"], "hello")
        assert_type(bulk, BulkResult)
        assert_type(await sms.status(sent), MessageStatus)
        assert_type(sms.statuses(bulk), AsyncIterator[MessageStatus])
        assert_type(await sms.wait(sent), WaitResult)
        assert_type(await sms.reconcile(bulk), BulkResult)
        async with sms.send_bulks(numbers(), "hello") as sends:
            assert_type(sends, AsyncBulkSends)
            async for result in sends:
                assert_type(result, BulkResult)
        await sms.aclose()


def mistakes(sms: BlackkonnectSMS) -> None:
    """Each line is a mistake that a type checker finds; an ignore that is not needed is one too."""
    sms.send(233200000001, "hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    sms.send("+233200000001", "hello", send_at=None)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    sms.send_bulk(["+233200000001"], "hello", validity=240)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    sms.send_bulk(numbers(), "hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    sms.wait(7)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    sms.aclose()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    BlackkonnectSMS("https://sms.example.com")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    BlackkonnectSMS(transport=httpx.AsyncHTTPTransport())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    BlackkonnectSMS(event_hooks=[seen])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    BlackkonnectSMS(on_retry=seen)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert blackkonnect_sms.Sms  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


async def asynchronous_mistakes(sms: AsyncBlackkonnectSMS) -> None:
    """The same of the asynchronous client."""
    assert sms.send("+233200000001").status  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    for _ in sms.statuses("b-1"):  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        return
    AsyncBlackkonnectSMS(transport=httpx.HTTPTransport())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
