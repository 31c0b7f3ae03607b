"""How the public names are typed: checked by mypy, never run."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, assert_type

import httpx
from blackkonnect_sms import (
    AsyncBlackkonnectSMS,
    AsyncBulkSends,
    BlackkonnectError,
    BlackkonnectSMS,
    BulkResult,
    BulkSends,
    Fate,
    InvalidArgument,
    MessageStatus,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RetryEvent,
    RetryPolicy,
    SendResult,
    WaitResult,
    __version__,
    interrupted_send,
    is_final,
    new_id,
)

if TYPE_CHECKING:
    from blackkonnect_sms_api.models import (
        BulkSmsMessageRequest,
        DeliveryWindow,
        SimpleSmsMessageRequest,
        SmsMessage,
    )


def told(event: RetryEvent) -> None:
    assert_type(event.operation, str)
    assert_type(event.attempt, int)
    assert_type(event.delay, float)
    assert_type(event.reason, str)


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
    async with AsyncBlackkonnectSMS.from_env(transport=httpx.AsyncHTTPTransport()) as sms:
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


def failures(error: BlackkonnectError) -> None:
    assert_type(error.status_code, int | None)
    assert_type(error.retry_after, float | None)
    if isinstance(error, OutcomeUnknown):
        assert_type(error.message_ids, tuple[str, ...])
        assert_type(error.bulk_id, str | None)
        assert_type(error.result, BulkResult | None)
    assert_type(interrupted_send(error), OutcomeUnknown | None)
    if isinstance(error, InvalidArgument):
        assert_type(error.argument, str)
    if isinstance(error, RateLimited):
        refused: Refused = error
        assert refused
    assert_type(is_final("SENT"), bool)
    version: str = __version__
    assert version


def mistakes(sms: BlackkonnectSMS) -> None:
    """Each line is a mistake that a type checker finds; an ignore that is not needed is one too."""
    sms.send(233200000001, "hello")  # type: ignore[arg-type]
    sms.send("+233200000001", "hello", send_at=None)  # type: ignore[call-arg]
    sms.send_bulk(["+233200000001"], "hello", validity=240)  # type: ignore[arg-type]
    sms.wait(7)  # type: ignore[arg-type]
    BlackkonnectSMS("https://sms.example.com")  # type: ignore[call-arg]
    BlackkonnectSMS(transport=httpx.AsyncHTTPTransport())  # type: ignore[arg-type]
