"""What the control API tells, typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class ClockReading:
    """How a clock goes.

    Attributes:
        mode: `real`, `scaled` or `manual`.
        factor: How many of its seconds go by in a real one.
        now: The time that it tells.
        next_event: When the next message reaches a status or the next receipt is due, if known.
    """

    mode: str
    factor: float
    now: datetime
    next_event: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatusAt:
    """A status and when it is reached."""

    status: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try to deliver a receipt.

    Attributes:
        at: When it began.
        address: What was called.
        outcome: The status code of the answer, or in a few words why there was none that counts.
        milliseconds: How long it took on this machine.
    """

    at: datetime
    address: str = field(repr=False)
    outcome: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt with the attempts to deliver it.

    Attributes:
        number: The emulator's number of it.
        receipt_id: The id that it is delivered with.
        message: The number of the message that it tells of.
        message_id: The id of that message.
        status: The status that it tells.
        since: When the message reaches that.
        state: `waiting`, `delivered`, `given up` or `dropped`.
        due_at: When the next attempt is due, if there is one to come.
        attempts: The attempts so far, oldest first.
    """

    number: int
    receipt_id: str
    message: int
    message_id: str
    status: str
    since: datetime
    state: str
    due_at: datetime | None
    attempts: Sequence[Attempt]


@dataclass(frozen=True, slots=True)
class Half:
    """A request or an answer.

    Attributes:
        headers: Its headers, without secrets.
        body: Its body, or the begin of a long one; empty where it holds a secret.
    """

    headers: Sequence[tuple[str, str]] = field(repr=False)
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request that came in, and its answer.

    Attributes:
        number: Its number; a later one has a higher one.
        at: When it was answered.
        tenant: Who asked.
        operation: The operation's name in the document.
        correlation_id: The gateway's id of the request, where it has one.
        fault: The kind of fault that showed, if any.
        method: The request's method.
        path: Its path and query.
        request: Its headers and body.
        status: The status of the answer; `None` where none went out.
        answer: The answer's headers and body, if one went out.
    """

    number: int
    at: datetime
    tenant: str
    operation: str
    correlation_id: str | None
    fault: str | None
    method: str
    path: str
    request: Half
    status: int | None
    answer: Half | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that the gateway took.

    Attributes:
        number: The emulator's number of it; a later one has a higher one.
        tenant: Whose it is.
        message_id: The id that the sender chose, or the gateway.
        uuid: The gateway's id of it.
        bulk_id: The bulk that it belongs to, if any.
        correlation_id: The gateway's id of the request that it came by.
        conversation_id: The gateway's id of the exchange.
        operation: The operation that it came by.
        destination: Where it goes.
        sender: Who it says it is from.
        text: What it says.
        encoding: `GSM 03.38` or `UCS-2`.
        parts: How many parts the text needs.
        outcome: The name of the outcome that was forced on it, if any.
        status: The status that it has reached.
        since: Since when.
        accepted_at: When it was accepted.
        final: Whether its status is final.
    """

    number: int
    tenant: str
    message_id: str
    uuid: str
    bulk_id: str | None
    correlation_id: str
    conversation_id: str
    operation: str
    destination: str = field(repr=False)
    sender: str | None
    text: str = field(repr=False)
    encoding: str
    parts: int
    outcome: str | None
    status: str
    since: datetime
    accepted_at: datetime
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageInFull(Message):
    """A message with everything that is known of it.

    Attributes:
        details: The other fields that the sender gave, as the document names them.
        timeline: The statuses that it has reached.
        ahead: Those that it is to reach.
        receipts: Its receipts; none where it was waited for.
        exchange: The request that it came by, where the emulator still knows it; none where it was waited
            for.
    """

    details: Mapping[str, Any] = field(repr=False)
    timeline: Sequence[StatusAt]
    ahead: Sequence[StatusAt]
    receipts: Sequence[Receipt] = ()
    exchange: Exchange | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for an outcome or a fault.

    Attributes:
        number: Its number, to end it by.
        kind: The kind of fault, or the outcome's name.
        tenant: Whose requests it is for; `None` for everybody's.
        fired: How often it has come about.
        parameters: All of its fields, as the control API names them.
    """

    number: int
    kind: str
    tenant: str | None
    fired: int
    parameters: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TenantInfo:
    """A tenant.

    Attributes:
        name: Its client id; empty for the anonymous one.
        clock: How its clock goes.
        own_clock: Whether that is its own.
        callback: Where its receipts go, without path and query; `None` where to nobody.
        secret: Its secret, told once where it was made just now.
    """

    name: str
    clock: ClockReading
    own_clock: bool
    callback: str | None
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a seed put in: how many of each, and the secrets that were made, by the tenants' names."""

    tenants: int
    messages: int
    outcomes: int
    faults: int
    secrets: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Description:
    """What an emulator is.

    Attributes:
        edition: The edition that it behaves like.
        seed: What its chance follows from, if anything.
        profile: The limits that it keeps.
        clock: How its clock goes.
        tenants: Its tenants.
        outcomes_by_number: The number that forces each outcome, by the outcome's name.
        fault_kinds: What each kind of fault does, by its name.
        messages: How many messages there are.
        everything: All of the answer.
    """

    edition: str
    seed: int | None
    profile: Mapping[str, Any]
    clock: ClockReading
    tenants: Sequence[TenantInfo]
    outcomes_by_number: Mapping[str, str]
    fault_kinds: Mapping[str, str]
    messages: int
    everything: Mapping[str, Any] = field(repr=False)
