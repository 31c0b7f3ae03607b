"""How results, statuses, segments and errors are typed: checked by mypy and pyright, never run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal, assert_type

from blackkonnect_sms import (
    AuthenticationError,
    BlackkonnectError,
    BulkResult,
    ConfigurationError,
    DuplicateId,
    Fate,
    InvalidArgument,
    MessageStatus,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RetryEvent,
    RetryPolicy,
    Segment,
    Segments,
    SendResult,
    TokenUnavailable,
    Unavailable,
    Unreachable,
    WaitResult,
    __version__,
    interrupted_send,
    is_final,
    new_id,
    segments,
)
from blackkonnect_sms_api.models import ProblemDetail


def sent(result: SendResult, bulk: BulkResult, fate: Fate) -> None:
    assert_type(result.message_id, str)
    assert_type(result.destination, str)
    assert_type(result.status, str | None)
    assert_type(result.correlation_id, str | None)
    assert_type(result.request_id, str | None)
    assert_type(result.reconciled, bool)
    assert_type(bulk.bulk_id, str)
    assert_type(bulk.fates, tuple[Fate, ...])
    assert_type(bulk.correlation_id, str | None)
    assert_type(bulk.request_id, str | None)
    assert_type(bulk.reconciled, bool)
    assert_type(bulk.error, BlackkonnectError | None)
    assert_type(bulk.parts, tuple[BulkResult, ...])
    assert_type(bulk.requests, tuple[BulkResult, ...])
    assert_type(bulk.accepted, tuple[Fate, ...])
    assert_type(bulk.refused, tuple[Fate, ...])
    assert_type(bulk.unknown, tuple[Fate, ...])
    assert_type(bulk.message_ids, tuple[str, ...])
    assert_type(iter(bulk), Iterator[Fate])
    assert_type(len(bulk), int)
    assert_type(fate.destination, str)
    assert_type(fate.message_id, str)
    assert_type(fate.outcome, Literal["accepted", "refused", "unknown"])
    assert_type(fate.status, str | None)
    assert_type(fate.sms_count, int | None)
    assert_type(fate.description, str | None)


def followed(status: MessageStatus, waited: WaitResult) -> None:
    assert_type(status.message_id, str | None)
    assert_type(status.status, str | None)
    assert_type(status.destination, str | None)
    assert_type(status.sender, str | None)
    assert_type(status.timestamp, dt.datetime | None)
    assert_type(status.bulk_id, str | None)
    assert_type(status.uuid, str | None)
    assert_type(status.is_final, bool)
    assert_type(waited.statuses, dict[str, MessageStatus])
    assert_type(waited.pending, tuple[str, ...])
    assert_type(waited.complete, bool)
    assert_type(is_final(status.status), bool)


def cut(parts: Segments, part: Segment) -> None:
    assert_type(segments("hello"), Segments)
    assert_type(parts.encoding, Literal["GSM 03.38", "UCS-2"])
    assert_type(parts.parts, tuple[Segment, ...])
    assert_type(parts.beyond_gsm, tuple[str, ...])
    assert_type(parts.count, int)
    assert_type(parts.left, int)
    assert_type(part.text, str)
    assert_type(part.used, int)
    assert_type(part.room, int)
    assert_type(part.left, int)


def repeated(policy: RetryPolicy, event: RetryEvent) -> None:
    assert_type(policy.attempts, int)
    assert_type(policy.base, float)
    assert_type(policy.cap, float)
    assert_type(policy.retry_after_cap, float)
    assert_type(event.operation, str)
    assert_type(event.attempt, int)
    assert_type(event.delay, float)
    assert_type(event.reason, str)


def failed(error: BlackkonnectError, unknown: OutcomeUnknown, wrong: InvalidArgument) -> None:
    assert_type(error.sent, Literal["yes", "no", "unknown"])
    assert_type(error.status_code, int | None)
    assert_type(error.problem, ProblemDetail | None)
    assert_type(error.correlation_id, str | None)
    assert_type(error.request_id, str | None)
    assert_type(error.retry_after, float | None)
    assert_type(unknown.message_ids, tuple[str, ...])
    assert_type(unknown.bulk_id, str | None)
    assert_type(unknown.result, BulkResult | None)
    assert_type(unknown.reconcile(), Any)
    assert_type(interrupted_send(KeyboardInterrupt()), OutcomeUnknown | None)
    assert_type(wrong.argument, str)
    value: ValueError = wrong
    assert value


def tree() -> None:
    refused: list[type[Refused]] = [
        AuthenticationError,
        DuplicateId,
        NotFound,
        RateLimited,
        TokenUnavailable,
        Unreachable,
    ]
    others: list[type[BlackkonnectError]] = [ConfigurationError, OutcomeUnknown, Refused, Unavailable]
    wrong: type[InvalidArgument] = ConfigurationError
    refused.append(Refused)
    others.append(wrong)


def named() -> None:
    version: str = __version__
    assert version
    assert_type(new_id(), str)
    assert_type(new_id(1_790_000_000_000), str)


def mistakes(result: SendResult, fate: Fate) -> None:
    """Each line is a mistake that a type checker finds; an ignore that is not needed is one too."""
    result.status = "SENT"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    assert result.text  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    RetryPolicy(4)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    RetryPolicy(attempts="4")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    segments(b"hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    is_final(7)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    new_id("now")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    interrupted_send("m-1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    if fate.outcome == "lost":  # type: ignore[comparison-overlap]  # pyright: ignore[reportUnnecessaryComparison]
        return
