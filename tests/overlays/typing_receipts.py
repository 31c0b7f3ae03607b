"""How the public names of the receipts are typed: checked by mypy and pyright, never run."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, assert_type

from blackkonnect_sms import MessageStatus
from blackkonnect_sms.receipts import (
    Answer,
    Receipt,
    ReceiptsASGI,
    ReceiptsWSGI,
    make_query,
    make_url,
    merge,
    parse_receipt,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def fields(receipt: Receipt) -> None:
    assert_type(receipt.message_id, str)
    assert_type(receipt.status, str)
    assert_type(receipt.timestamp, dt.datetime | None)
    assert_type(receipt.bulk_id, str | None)
    assert_type(receipt.part_id, str | None)
    assert_type(receipt.receipt_id, str | None)
    assert_type(receipt.destination, str | None)
    assert_type(receipt.sender, str | None)
    assert_type(receipt.mobile_country_code, str | None)
    assert_type(receipt.mobile_network_code, str | None)
    assert_type(receipt.callback_data, str | None)
    assert_type(receipt.extra, tuple[tuple[str, str], ...])
    assert_type(receipt.is_final, bool)


def functions(receipt: Receipt, status: MessageStatus) -> None:
    assert_type(parse_receipt("messageId=m-1"), Receipt)
    assert_type(parse_receipt(b"messageId=m-1"), Receipt)
    assert_type(merge(None, receipt), MessageStatus)
    assert_type(merge(status, receipt), MessageStatus)
    assert_type(make_query(receipt), str)
    assert_type(make_url("https://example.com/receipts", receipt), str)


def save(receipt: Receipt) -> None:
    assert_type(receipt, Receipt)


async def save_later(receipt: Receipt) -> None:
    assert_type(receipt, Receipt)


async def applications() -> None:
    asgi = ReceiptsASGI(save_later, secret="a-secret-of-your-own")
    assert_type(ReceiptsASGI(save, secret="a-secret-of-your-own"), ReceiptsASGI)
    answer = await asgi.answer("GET", "a-secret-of-your-own", "messageId=m-1")
    assert_type(answer, Answer)
    assert_type(answer.status, int)
    assert_type(answer.headers, tuple[tuple[str, str], ...])
    assert_type(answer.body, bytes)
    assert_type(answer.reason, str)
    wsgi = ReceiptsWSGI(save, secret="a-secret-of-your-own")
    assert_type(wsgi.answer("GET", "a-secret-of-your-own", b"messageId=m-1"), Answer)
    mounted: list[WSGIApplication] = []
    mounted.append(wsgi)


def mistakes(receipt: Receipt) -> None:
    """Each line is a mistake that a type checker finds; an ignore that is not needed is one too."""
    parse_receipt(7)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    merge(receipt, receipt)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    make_url(receipt)  # type: ignore[call-arg, arg-type]  # pyright: ignore[reportCallIssue]
    ReceiptsASGI(save)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ReceiptsWSGI(7, secret="")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    receipt.status = "SENT"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
