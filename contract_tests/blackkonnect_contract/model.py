"""What becomes of messages by the document: a reference to compare a gateway with, without asking it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.breach import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from blackkonnect_contract.document import Document

__all__ = ["Bulk", "Message", "Statuses", "Window", "judge", "moment", "parts"]

_STATUS = "/components/schemas/DeliveryStatus"
_ENTRY = "/components/schemas/SmsMessage/properties"
_TIMESTAMP = "deliveryTimestamp"

FORWARD = Rule("status-only-forward", "A status only moves forward, and a final one stays.", _STATUS)
TIMESTAMP = Rule(
    "timestamp-of-status",
    "The timestamp of a status tells when the message reached it.",
    "/components/schemas/NAME/properties/deliveryTimestamp",
)
SAME = Rule(
    "same-message", "The status is that of the message that was asked for.", "/components/schemas/NAME"
)
NOT_BEFORE = Rule("not-before-send-at", "A message is not sent before it is to be.", f"{_ENTRY}/sendAt")
WINDOW = Rule(
    "within-delivery-window",
    "A message is sent on the days, and in the part of these days in UTC, that it may be.",
    f"{_ENTRY}/deliveryTimeWindow",
)
VALIDITY = Rule(
    "within-validity",
    "A message is delivered as long as it is worth it, and expires no earlier.",
    f"{_ENTRY}/validityPeriodMinutes",
)
FINAL = Rule("final-in-the-end", "After enough time every message has a final status.", _STATUS)

_ROUNDING = timedelta(milliseconds=2)
_ON_THE_WAY = timedelta(minutes=15)
_PROMPT = timedelta(minutes=5)
_LONGEST_VALIDITY = timedelta(minutes=2880)
_SINGLE = {1: 160, 2: 70}
_JOINED = {1: 153, 2: 67}
_ASCII = 0x80


def moment(text: object) -> datetime | None:
    """Read a time (RFC 3339); none where it can't be read or names no zone."""
    try:
        read = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return None if read.tzinfo is None else read.astimezone(UTC)


def parts(text: str) -> int:
    """Count the parts of a text of plain letters, or of one with others of the Basic Multilingual Plane.

    Args:
        text: ASCII letters, digits and blanks alone, or with at least one letter that GSM 03.38 has not.
    """
    width = 1 if all(ord(letter) < _ASCII for letter in text) else 2
    return 1 if len(text) <= _SINGLE[width] else -(-len(text) // _JOINED[width])


@dataclass(frozen=True, slots=True)
class Statuses:
    """The statuses of the document, and which of them are final.

    Attributes:
        names: All, in their order.
        final: The final ones.
    """

    names: tuple[str, ...]
    final: frozenset[str]

    @classmethod
    def of(cls, document: Document) -> Statuses:
        """Read them from an edition of the document."""
        schema = document.at(_STATUS)
        names = schema.get("enum") or schema["x-extensible-enum"]
        return cls(tuple(names), frozenset(schema["x-final-statuses"]))

    @property
    def first(self) -> str:
        """The one that a message begins with."""
        return next(name for name in self.names if name not in self.final)

    def rank(self, name: str) -> int:
        """Return how far a message with this status is; all final ones are equally far."""
        if name in self.final or name not in self.names:
            return len(self.names)
        return self.names.index(name)


@dataclass(frozen=True, slots=True)
class Window:
    """When a message may be delivered.

    Attributes:
        days: The days of the week, 0 for Monday.
        begins: From which minute of the day, in UTC.
        ends: To which minute; one before the beginning is of the next day.
    """

    days: frozenset[int]
    begins: int = 0
    ends: int = 24 * 60

    def is_open(self, at: datetime, slack: timedelta = _ROUNDING) -> bool:
        """Tell whether a moment lies within it, the part past midnight being of either day."""
        past_midnight = self.ends < self.begins and at.weekday() in self.days
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        if past_midnight and at - midnight <= timedelta(minutes=self.ends) + slack:
            return True
        return any(begins - slack <= at <= ends + slack for begins, ends in self._spans(at))

    def opens(self, due: datetime) -> datetime:
        """Return when it is open for a minute at least, first from a moment on."""
        for begins, ends in self._spans(due):
            start = max(begins, due)
            if start + timedelta(minutes=1) <= ends:
                return start
        return due + timedelta(days=9)

    def _spans(self, around: datetime) -> Iterator[tuple[datetime, datetime]]:
        midnight = around.replace(hour=0, minute=0, second=0, microsecond=0)
        for offset in range(-1, 9):
            day = midnight + timedelta(days=offset)
            if day.weekday() in self.days:
                ends = self.ends if self.ends > self.begins else self.ends + 24 * 60
                yield day + timedelta(minutes=self.begins), day + timedelta(minutes=ends)


@dataclass(slots=True)
class Message:
    """A message that the gateway took.

    Attributes:
        destination: The number that it goes to, as sent.
        ids: By which its status is asked for: the sender's own or the gateway's.
        accepted: When it was taken.
        message_id: Its id, when it is known.
        sender: The sender, as sent.
        bulk: The sender's id of its bulk.
        due: When it is to be sent at the earliest.
        window: When it may be delivered.
        validity: For how long it is worth delivering.
        plain: Whether nothing but its time decides what becomes of it.
        status: The latest that was seen.
        since: The timestamp of that.
        looked: When it was seen last.
        uuid: The gateway's own id.
    """

    destination: str
    ids: list[str]
    accepted: datetime
    message_id: str | None = None
    sender: str | None = None
    bulk: str | None = None
    due: datetime | None = None
    window: Window | None = None
    validity: timedelta | None = None
    plain: bool = True
    status: str | None = None
    since: datetime | None = None
    looked: datetime | None = None
    uuid: str | None = None

    @property
    def begins(self) -> datetime:
        """When it may be sent, windows aside."""
        return self.accepted if self.due is None else max(self.due, self.accepted)

    @property
    def opens(self) -> datetime:
        """When it may be sent."""
        return self.begins if self.window is None else self.window.opens(self.begins)

    @property
    def ends(self) -> datetime:
        """When it is no longer worth delivering, whatever it asked for."""
        return self.begins + min(self.validity or _LONGEST_VALIDITY, _LONGEST_VALIDITY)


@dataclass(slots=True)
class Bulk:
    """A bulk that the gateway took.

    Attributes:
        ids: By which it is asked for.
        messages: Its messages, in the order of the request.
    """

    ids: list[str]
    messages: list[Message] = field(default_factory=list)


def judge(
    statuses: Statuses, message: Message, told: Mapping[str, Any], now: datetime | None
) -> Iterator[tuple[Rule, str]]:
    """Compare a status that a gateway tells with what it may be, and remember it.

    Args:
        statuses: The statuses of the document.
        message: The message.
        told: The status, as JSON reads it.
        now: The time of the gateway; none where it is not known.

    Yields:
        What rule is broken, and how.
    """
    yield from _identity(message, told)
    status, since = told.get("deliveryStatus"), moment(told.get(_TIMESTAMP))
    if not isinstance(status, str) or status not in statuses.names:
        return
    before = message.status
    if before is not None and status != before:  # noqa: SIM102
        if before in statuses.final or statuses.rank(status) <= statuses.rank(before):
            yield FORWARD, f"the status went from {before} to {status}"
            return
    if since is not None:
        yield from _times(message, status, since, now)
        if now is not None and message.plain:
            yield from _limits(statuses, message, status, since)
    if now is not None and message.plain:
        yield from _progress(statuses, message, status, now)
    message.status, message.looked = status, now
    message.since = since or message.since


def _identity(message: Message, told: Mapping[str, Any]) -> Iterator[tuple[Rule, str]]:
    wanted = {
        "uuid": message.uuid,
        "messageId": message.message_id,
        "destination": message.destination,
        "bulkReferenceId": message.bulk,
    }
    if "sourceAddress" in told:
        wanted["sourceAddress"] = message.sender
    for name, value in wanted.items():
        if value is not None and told.get(name) != value:
            yield SAME, f"{name} is {told.get(name)!r} instead of {value!r}"
    if message.sender is None and told.get("sourceAddress"):
        yield SAME, f"sourceAddress is {told['sourceAddress']!r}, but none was sent"
    if message.bulk is None and told.get("bulkReferenceId"):
        yield SAME, f"bulkReferenceId is {told['bulkReferenceId']!r}, but it is no bulk's"
    message.uuid = message.uuid or told.get("uuid")
    message.message_id = message.message_id or told.get("messageId")


def _times(
    message: Message, status: str, since: datetime, now: datetime | None
) -> Iterator[tuple[Rule, str]]:
    if message.status == status and message.since is not None:
        if since != message.since:
            yield TIMESTAMP, f"{status} was since {message.since}, and is since {since} now"
        return
    if message.since is not None and since < message.since:
        yield TIMESTAMP, f"{status} since {since}, which is before {message.status} since {message.since}"
    if now is None:
        return
    if since > now + _ROUNDING:
        yield TIMESTAMP, f"{status} since {since}, but it is {now} only"
    if since < message.accepted - _ROUNDING:
        yield TIMESTAMP, f"{status} since {since}, but it was taken at {message.accepted} only"
    if message.looked is not None and message.plain and since < message.looked - _ROUNDING:
        yield TIMESTAMP, f"{status} since {since}, but it was {message.status} at {message.looked}"


def _limits(statuses: Statuses, message: Message, status: str, since: datetime) -> Iterator[tuple[Rule, str]]:
    if status == statuses.first:
        return
    if status == "EXPIRED":
        if message.validity is not None and since < message.accepted + message.validity - _ROUNDING:  # noqa: SIM102
            if message.validity <= _LONGEST_VALIDITY:
                yield VALIDITY, f"{status} at {since}, before its {message.validity} were over"
        return
    if since < message.begins - _ROUNDING:
        yield NOT_BEFORE, f"{status} at {since}, but to be sent at {message.begins}"
    if message.window is not None:
        slack = _ON_THE_WAY if status in statuses.final else _ROUNDING
        if not message.window.is_open(since - slack if status in statuses.final else since, slack):
            yield (
                WINDOW,
                f"{status} at {since} ({since:%A}), which is outside its window {_told(message.window)}",
            )
    if message.validity is not None and since > message.begins + message.validity + _ROUNDING:
        yield VALIDITY, f"{status} at {since}, after it had ceased to be worth it at {message.ends}"


def _progress(statuses: Statuses, message: Message, status: str, now: datetime) -> Iterator[tuple[Rule, str]]:
    if message.opens + _PROMPT < message.ends and now >= message.opens + _PROMPT:
        if status == statuses.first:
            rule = WINDOW if message.window is not None else FINAL
            yield rule, f"still {status} at {now}, though it may be sent since {message.opens}"
        elif status == "EXPIRED":
            yield (
                VALIDITY,
                f"{status}, though it could be sent at {message.opens}",
            )
    if now >= message.ends + _PROMPT and status not in statuses.final:
        yield FINAL, f"still {status} at {now}, though its validity ended at {message.ends}"


def _told(window: Window) -> str:
    days: Sequence[str] = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
    named = " ".join(days[day] for day in sorted(window.days))
    return f"{named} {window.begins // 60:02}:{window.begins % 60:02} to {window.ends // 60:02}:{window.ends % 60:02}"  # noqa: E501
