"""Bulks of any length as requests of a bounded size."""

from __future__ import annotations

import json
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from typing import Protocol

from blackkonnect_sms_api.models import BulkSmsMessageRequest, SmsMessage
from blackkonnect_sms_api.records import define, evolve, field
from blackkonnect_sms_api.types import UNSET

from blackkonnect_sms._requests import UNWRITABLE, no_json
from blackkonnect_sms._to_numbers import TextToNumbers
from blackkonnect_sms.errors import InvalidArgument
from blackkonnect_sms.ids import ChosenId, new_id
from blackkonnect_sms.statuses import known

__all__ = [
    "LARGEST_REQUEST",
    "MOST_MESSAGES",
    "Item",
    "Packer",
    "check_size",
    "pack",
    "pack_async",
    "packer_for",
    "split",
]

LARGEST_REQUEST = 10_000
"""How many destinations a request may have: what the document lets one message have (``destinations``)."""

MOST_MESSAGES = 1_000
"""How many messages a request may have: what the document lets a bulk have (``messages``)."""

Item = str | SmsMessage

_ANY_NUMBER = "+233200000001"


class Make(Protocol):
    """Makes a checked request; `bulk_request` with the fields of a bulk."""

    def __call__(
        self,
        destinations: list[Item],
        text: str | None = None,
        *,
        bulk_id: str | None = None,
        start: int | None = None,
    ) -> BulkSmsMessageRequest:
        """Make it of some of a bulk's numbers or messages."""


def check_size(size: object) -> int:
    """Return the size of requests as it is, or say what is wrong.

    Args:
        size: How many destinations a request has at most.

    Raises:
        InvalidArgument: It is no whole number from 1 to `LARGEST_REQUEST`.
    """
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= LARGEST_REQUEST:
        raise InvalidArgument("request_size", f"must be a whole number from 1 to {LARGEST_REQUEST}")
    return size


def split(request: BulkSmsMessageRequest, size: int) -> list[BulkSmsMessageRequest]:
    """Return a checked request as one or several, in the order given.

    Args:
        request: The request, with all its ids.
        size: How many destinations each has at most.

    Returns:
        The request itself where it is small enough; else requests with the same fields and messages, and
        with its ``bulkId`` and ``-1``, ``-2`` and so on behind it.

    Raises:
        InvalidArgument: It is split and holds what is no JSON.
    """
    pages = list(_pages(known(request.messages) or [], size))
    if len(pages) <= 1:
        return [request]
    _check_writable(request)
    return [_page(request, page, number) for number, page in enumerate(pages, 1)]


def _check_writable(request: BulkSmsMessageRequest) -> None:
    """Find a value of the caller's that is no JSON while nothing of the bulk has left.

    Numbers, senders and ids are strings by now, so of a destination only what the document does not know is
    looked at.
    """
    messages = known(request.messages) or []
    try:
        frames = [_without_messages(request).to_dict(), *(_part(one, 0, 0).to_dict() for one in messages)]
        extras = [
            one.additional_properties
            for message in messages
            if not isinstance(message, TextToNumbers)
            for one in known(message.destinations) or ()
            if one.additional_properties
        ]
        json.dumps([frames, extras], allow_nan=False)
    except UNWRITABLE as error:
        raise no_json() from error


def _pages(messages: Iterable[SmsMessage], size: int) -> Iterator[list[SmsMessage]]:
    page: list[SmsMessage] = []
    room = size
    for message in messages:
        start, count = 0, _count(message)
        while start < count:
            if room == 0 or len(page) == MOST_MESSAGES:
                yield page
                page, room = [], size
            stop = min(start + room, count)
            page.append(_part(message, start, stop))
            start, room = stop, room - (stop - start)
    if page:
        yield page


def _count(message: SmsMessage) -> int:
    if isinstance(message, TextToNumbers):
        return len(message.numbers)
    return len(known(message.destinations) or ())


def _part(message: SmsMessage, start: int, stop: int) -> SmsMessage:
    if isinstance(message, TextToNumbers):
        return message.part(start, stop)
    part = evolve(message, destinations=(known(message.destinations) or [])[start:stop])
    part.additional_properties = message.additional_properties
    return part


def _without_messages(request: BulkSmsMessageRequest) -> BulkSmsMessageRequest:
    frame = evolve(request, messages=UNSET)
    frame.additional_properties = request.additional_properties
    return frame


def _page(request: BulkSmsMessageRequest, messages: list[SmsMessage], number: int) -> BulkSmsMessageRequest:
    name = f"{request.bulk_id}-{number}"
    # It is as new as the bulk's own.
    page = evolve(
        request,
        messages=messages,
        bulk_id=ChosenId(name) if isinstance(request.bulk_id, ChosenId) else name,
    )
    page.additional_properties = request.additional_properties
    return page


@define
class Packer:
    """Packs numbers or messages into requests as they come; it holds no more than one request's.

    Attributes:
        size: How many destinations a request has at most.
        make: Makes a request of some of them, given how many went before; its ``bulkId`` is the whole's.
    """

    size: int
    make: Callable[[list[Item], int], BulkSmsMessageRequest]
    _held: list[Item] = field(factory=list, init=False)
    _weight: int = field(default=0, init=False)
    _before: int = field(default=0, init=False)
    _made: int = field(default=0, init=False)

    def add(self, item: Item) -> list[BulkSmsMessageRequest]:
        """Take one more; return the requests that are full.

        Raises:
            InvalidArgument: What came is wrong; the error names its place among all.
        """
        weight = _weight(item)
        full = self.rest() if self._held and self._weight + weight > self.size else []
        self._held.append(item)
        self._weight += weight
        if self._weight >= self.size or (len(self._held) == MOST_MESSAGES and isinstance(item, SmsMessage)):
            full += self.rest()
        return full

    def rest(self) -> list[BulkSmsMessageRequest]:
        """Return what is left at the end.

        Raises:
            InvalidArgument: As `add`.
        """
        if not self._held:
            return []
        held, self._held, self._weight = self._held, [], 0
        start, self._before = self._before, self._before + len(held)
        request = self.make(held, start)
        pages = list(_pages(known(request.messages) or [], self.size))
        first, self._made = self._made + 1, self._made + len(pages)
        return [_page(request, page, number) for number, page in enumerate(pages, first)]


def _weight(item: object) -> int:
    destinations = known(item.destinations) if isinstance(item, SmsMessage) else None
    return len(destinations) if isinstance(destinations, list | tuple) else 1


def packer_for(make: Make, text: str | None, bulk_id: str | None, size: int) -> Packer:
    """Return what packs the numbers or messages of an iterator.

    Args:
        make: Makes a request.
        text: The text of all, where they are numbers.
        bulk_id: The id of the whole; a new one by default.
        size: How many destinations a request has at most.

    Raises:
        InvalidArgument: What is given beside the iterator is wrong; nothing of it was read.
    """
    name = ChosenId(new_id()) if bulk_id is None else bulk_id
    if text is not None:
        make([_ANY_NUMBER], text, bulk_id=name)
    return Packer(check_size(size), lambda held, start: make(held, text, bulk_id=name, start=start))


def pack(items: Iterable[Item], packer: Packer) -> Iterator[BulkSmsMessageRequest]:
    """Yield the requests of an iterable, each as soon as it is full."""
    for item in items:
        yield from packer.add(item)
    yield from packer.rest()


async def pack_async(
    items: Iterable[Item] | AsyncIterable[Item], packer: Packer
) -> AsyncIterator[BulkSmsMessageRequest]:
    """Yield the requests of an iterable of either kind, each as soon as it is full."""
    if isinstance(items, AsyncIterable):
        async for item in items:
            for request in packer.add(item):
                yield request
        for request in packer.rest():
            yield request
    else:
        for request in pack(items, packer):
            yield request
