"""A client of the gateway that remembers what it sent, and judges every answer by that."""

from __future__ import annotations

import base64
import json
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.caller import OWN
from blackkonnect_contract.model import Bulk, Message, Statuses, Window, judge, moment, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from blackkonnect_contract.caller import Caller
    from blackkonnect_contract.control import Control
    from blackkonnect_contract.exchange import Answer, Exchange

__all__ = ["DUPLICATE", "Tenant", "new_id"]

_OK, _NOT_FOUND, _CONFLICT, _UNAUTHORIZED = 200, 404, 409, 401
_CHANGES = ("deliveryStatus", "deliveryTimestamp")
_REFUSED = (400, 409)
_STEPS = 40
_SCHEMAS = "/components/schemas"

LOST = Rule("nothing-lost", "What the gateway took is found by its ids.")
APPEARED = Rule("nothing-appears", "What was not sent, was refused or is another client's is not found.")
TAKEN = Rule("right-request-taken", "A request that keeps to every rule is taken.")
DUPLICATE = Rule("duplicate-ids", "An id that was used is always refused with 409, or always taken again.")
ECHO = Rule(
    "send-echo",
    "The answer to a send tells what was sent, and all of it.",
    f"{_SCHEMAS}/BulkSmsMessageResponse",
)
COUNT = Rule(
    "sms-count",
    "smsCount is how many parts the text needs (3GPP TS 23.038, TS 23.040).",
    f"{_SCHEMAS}/SmsMessageDeliveryStatus/properties/smsCount",
)
PAGES = Rule(
    "pages-partition", "The pages of a bulk hold each of its messages once, and as many as asked for."
)
SORTED = Rule("pages-sorted", "The pages of a bulk are sorted as asked for.")
EXPIRY = Rule(
    "token-expiry", "A token is refused after its exp.", f"{_SCHEMAS}/TokenResponse/properties/token"
)
RECEIPT = Rule(
    "receipt-moves-status",
    "A receipt moves the message to the status that it tells, unless that is past or the message's is final.",
)


def new_id(prefix: str = "c") -> str:
    """Return an id that no client used before."""
    return f"{prefix}-{uuid4().hex}"


class Tenant:
    """A client that remembers.

    Args:
        caller: Asks the gateway.
        control: Moves the client's clock; none where time goes by as it does.
        token: The client's own token, or none for a client without a name.

    Attributes:
        messages: All that the gateway took.
        bulks: All bulks that it took.
        refused: Ids that must not be found.
        now: The gateway's time; none where it is not known.
        accepts_duplicates: Whether ids that were used are taken again; none until it is known.
    """

    def __init__(self, caller: Caller, control: Control | None = None, token: str | None = OWN) -> None:
        self.caller = caller
        self.record = caller.record
        self.document = caller.record.document
        self.statuses = Statuses.of(self.document)
        self.messages: list[Message] = []
        self.bulks: list[Bulk] = []
        self.refused: list[str] = []
        self.accepts_duplicates: bool | None = None
        self.ids: set[str] = set()
        self.now = None if control is None else moment(control.now(caller.credentials.client_id))
        self._control = control
        self._token = token
        self._expires: datetime | None = None
        self._steps: deque[Exchange] = deque(maxlen=_STEPS)
        known = self.document.at(_SCHEMAS)
        name = "GatewayMessageDeliveryStatusDTO"
        self._schema = name if name in known else "GatewayMessageDeliveryStatus"
        bulk = self.document.operations["getBulkMessageStatus"]
        self.has_pages = ("query", "page") in bulk.parameters

    # What is asked

    def ask(self, operation: str, **parts_of_it: Any) -> Answer | None:  # noqa: ANN401 - of a request
        """Ask, with a token that has not expired."""
        if self._token == OWN:
            self._renew()
        parts_of_it.setdefault("token", self._token)
        answer = self.caller.call(operation, **parts_of_it)
        if self.caller.last is not None:
            self._steps.append(self.caller.last)
        return answer

    def broken(self, rule: Rule, message: str) -> None:
        """Note a broken rule with the steps that led to it."""
        pointer = rule.pointer.replace("NAME", self._schema)
        last = self.caller.last
        if not pointer and last is not None and last.operation:
            pointer = self.document.operations[last.operation].pointer
        steps = list(self._steps)[:-1]
        self.record.broken(replace(rule, pointer=pointer), message, exchange=last, steps=steps)

    def holds(self, holds: object, rule: Rule, message: str) -> bool:
        """Note whether something holds."""
        self.record.checks += 1
        if not holds:
            self.broken(rule, message)
        return bool(holds)

    def advance(self, seconds: float) -> None:
        """Let time go by, where it can be moved."""
        if self._control is not None:
            self.now = moment(self._control.advance(self.caller.credentials.client_id, seconds))

    def operator_tells(self, message: Message, status: str) -> None:
        """Let the operator tell of a message, where it can be made to, and look at what comes of it."""
        if self._control is None or message.message_id is None:
            return
        self._told(message, status, by_request=False)

    def receipt(self, message: Message, status: str) -> None:
        """Tell of a message by the operation that is for that, and look at what comes of it."""
        if "handleDeliveryReceipt" in self.document.operations:
            self._told(message, status, by_request=True)

    # Sends

    def send(self, destination: str, text: str, **more: Any) -> Message | None:  # noqa: ANN401 - JSON
        """Send a single message."""
        body = {"destination": destination, "text": text, **more}
        used = [more["messageId"]] if "messageId" in more else []
        at = self._time()
        answer = self.ask("sendMessage", json_body=body)
        told = self._taken(answer, used)
        if told is None:
            return None
        self._echo("data", told.get("data"), body)
        status = told.get("deliveryStatus")
        self.holds(status not in self.statuses.final, ECHO, f"a right message is {status} at once")
        items = told.get("items")
        self.holds(isinstance(items, list) and len(items) == 1, ECHO, "a single send has not one item")
        for item in items if isinstance(items, list) else ():
            self._echo("items", item, body)
        ids = [*used, *_texts(told.get("correlationId"))]
        message = Message(destination, ids, at, more.get("messageId"), more.get("sourceAddress"))
        self.messages.append(message)
        return message

    def send_bulk(self, entries: Sequence[Mapping[str, Any]], **more: Any) -> Bulk | None:  # noqa: ANN401
        """Send a bulk."""
        body = {"messages": list(entries), **more}
        sent = [(entry, to) for entry in entries for to in entry["destinations"]]
        used = [to["messageId"] for _, to in sent if "messageId" in to]
        used += [more["bulkId"]] if "bulkId" in more else []
        at = self._time()
        told = self._taken(self.ask("sendBulkMessages", json_body=body), used)
        if told is None:
            return None
        if "bulkId" in more:
            self.holds(told.get("bulkId") == more["bulkId"], ECHO, "the bulkId is not the one that was sent")
        items = told.get("items")
        held = items if isinstance(items, list) else []
        self.holds(len(held) == len(entries), ECHO, f"{len(held)} items for {len(entries)} messages")
        for item, entry in zip(held, entries, strict=False):
            self._echo("items", item, entry)
        self._echo("data", told.get("data"), entries[0])
        fates = told.get("smsMessageDeliveryStatuses")
        fates = fates if isinstance(fates, list) else []
        self.holds(len(fates) == len(sent), ECHO, f"{len(fates)} fates for {len(sent)} destinations")
        bulk = Bulk([*_texts(told.get("bulkId")), *_texts(told.get("correlationId"))])
        seen: set[str] = set()
        for fate, (entry, to) in zip(fates, sent, strict=False):
            if isinstance(fate, dict):
                bulk.messages.append(self._fate(fate, entry, to, at, told.get("bulkId"), more))
                seen.add(str(fate.get("messageId")))
        self.holds(
            len(seen) == len(bulk.messages), ECHO, "two destinations of a bulk have the same messageId"
        )
        self.messages += bulk.messages
        self.bulks.append(bulk)
        return bulk

    def duplicate(self, used: str, kind: str) -> None:
        """Send again with an id that was used; nothing may change by it."""
        fresh, other = new_id(), new_id()
        to = "+233209999999"
        if kind == "single":
            answer = self.ask(
                "sendMessage", json_body={"destination": to, "text": "again", "messageId": used}
            )
        else:
            body: dict[str, Any] = {
                "messages": [{"text": "again", "destinations": [{"destination": to, "messageId": fresh}]}],
                "bulkId": used if kind == "bulk" else other,
            }
            if kind == "entry":
                body["messages"][0]["destinations"].append({"destination": to, "messageId": used})
            answer = self.ask("sendBulkMessages", json_body=body)
        if answer is None:
            return
        accepted = answer.status == _OK
        known = self.accepts_duplicates
        if self.holds(
            answer.status in {_OK, _CONFLICT} and known in {None, accepted},
            DUPLICATE,
            f"answered {answer.status} to {used!r} again"
            + (
                "" if known is None else ", which was taken before" if known else ", which was refused before"
            ),
        ):
            self.accepts_duplicates = accepted
        if not accepted:
            if kind != "single":
                self.refused += [fresh] if kind == "bulk" else [fresh, other]
                self.absent(fresh)
                if kind == "entry":
                    self.absent(other, bulk=True)
            return
        for message in self.messages:
            message.ids = [one for one in message.ids if one != used or len(message.ids) == 1]
        for bulk in self.bulks:
            bulk.ids = [one for one in bulk.ids if one != used or len(bulk.ids) == 1]

    def refuse(self, operation: str, body: Mapping[str, Any], *ids: str) -> None:
        """Send what breaks a rule; nothing of it may be stored."""
        self.ask(operation, json_body=body, expect=[400])
        self.refused += ids
        for one in ids:
            self.absent(one)

    # Looks

    def look(self, message: Message, by: int = 0) -> str | None:
        """Ask for the status of a message; return it."""
        used = message.ids[by % len(message.ids)]
        answer = self.ask("getMessageStatus", path={"correlationId": used})
        return self._judged(message, answer)

    def absent(self, used: str, *, bulk: bool = False) -> None:
        """Ask for what is not there."""
        if bulk:
            answer = self.ask("getBulkMessageStatus", path={"bulkCorrelationId": used})
        else:
            answer = self.ask("getMessageStatus", path={"correlationId": used})
        if answer is not None:
            self.holds(
                answer.status == _NOT_FOUND,
                APPEARED,
                f"answered {answer.status} to {used!r}, which is not there",
            )

    def look_at_bulk(
        self, bulk: Bulk, size: int | None = None, sort: Sequence[str] = (), by: int = 0
    ) -> None:
        """Ask for all pages of a bulk, and one beyond them."""
        used = bulk.ids[by % len(bulk.ids)]
        if not self.has_pages:
            answer = self.ask("getBulkMessageStatus", path={"bulkCorrelationId": used})
            if bulk.messages:
                self._judged(bulk.messages[0], answer)
            return
        if self.now is None and any(one.startswith(_CHANGES) for one in sort):
            # Time goes by between two pages, and a message may change its place.
            return
        whole = len(bulk.messages)
        wanted = size or self._page_size()
        rows: list[dict[str, Any]] = []
        for page in range(-(-whole // wanted) + 1):
            found = self._page(used, page, size, sort)
            if found is None:
                return
            right = min(wanted, max(0, whole - page * wanted))
            told = f"page {page} of size {wanted} of {whole} messages holds {len(found)} instead of {right}"
            if not self.holds(len(found) == right, PAGES, told):
                return
            rows += found
        self._rows(bulk, rows)
        self._order(rows, sort)

    def all_of_it(self) -> None:
        """Look at all that was sent, and at all that must not be there."""
        for message in self.messages:
            self.look(message, 1)
        for bulk in self.bulks:
            self.look_at_bulk(bulk, 7)
        for used in self.refused[-3:]:
            self.absent(used)

    def old_token(self) -> None:
        """Let the token expire, where time can be moved: it is refused then, and a new one is not."""
        if self._control is None or self._token != OWN:
            return
        self._renew()
        token, expires = self.caller.token(), self._expires
        if expires is None or self.now is None:
            return
        self.advance(max(0.0, (expires - self.now).total_seconds()) + 1.0)
        for operation, path in (
            ("getMessageStatus", {"correlationId": self.messages[0].ids[0] if self.messages else new_id()}),
            ("getBulkMessageStatus", {"bulkCorrelationId": new_id()}),
        ):
            answer = self.caller.call(operation, path=path, token=token)
            if answer is not None:
                told = f"answered {answer.status} to a token that expired at {expires}; it is {self.now}"
                self.holds(answer.status == _UNAUTHORIZED, EXPIRY, told)
        used = new_id()
        body = {"destination": "+233200000009", "text": "late", "messageId": used}
        answer = self.caller.call("sendMessage", json_body=body, token=token)
        if answer is not None:
            told = f"answered {answer.status} to a send with a token that expired"
            self.holds(answer.status == _UNAUTHORIZED, EXPIRY, told)
        self.absent(used)

    # How answers are read

    def _time(self) -> datetime:
        return self.now or datetime.now(UTC)

    def _renew(self) -> None:
        if self.now is not None and self._expires is not None and self.now >= self._expires:
            self.caller.forget_token()
            self._expires = None
        if self._expires is None:
            self._expires = _expiry(self.caller.token())

    def _taken(self, answer: Answer | None, used: Sequence[str]) -> dict[str, Any] | None:
        if answer is None:
            return None
        known = self.ids.intersection(used)
        self.ids.update(used)
        told = answer.json if answer.status == _OK else None
        right = isinstance(told, dict) and told.get("isSuccessful") is True
        if known and answer.status in _REFUSED:
            return None
        self.holds(right, TAKEN, f"answered {answer.status}" + (" without success" if told else ""))
        return told if right else None

    def _echo(self, place: str, told: object, sent: Mapping[str, Any]) -> None:
        held = told if isinstance(told, dict) else {}
        for name, value in sent.items():
            if name == "destinations":
                self._echo_destinations(place, held.get(name), value)
            else:
                self.holds(held.get(name) == value, ECHO, f"{place}: {name} is not as it was sent")

    def _echo_destinations(self, place: str, told: object, sent: Sequence[Mapping[str, Any]]) -> None:
        held = told if isinstance(told, list) else []
        right = len(held) == len(sent) and all(
            isinstance(one, dict) and all(one.get(name) == value for name, value in to.items())
            for one, to in zip(held, sent, strict=True)
        )
        self.holds(right, ECHO, f"{place}: destinations are not as they were sent")

    def _fate(  # noqa: PLR0913, PLR0917 - what a message follows from
        self,
        fate: Mapping[str, Any],
        entry: Mapping[str, Any],
        to: Mapping[str, Any],
        at: datetime,
        bulk: object,
        more: Mapping[str, Any],
    ) -> Message:
        self.holds(
            fate.get("destination") == to["destination"],
            ECHO,
            f"a fate is of {fate.get('destination')!r} instead of {to['destination']!r}",
        )
        if "messageId" in to:
            right = fate.get("messageId") == to["messageId"]
            self.holds(
                right, ECHO, f"a fate is of message {fate.get('messageId')!r} instead of {to['messageId']!r}"
            )
        count = parts(entry["text"])
        told = f"{fate.get('smsCount')!r} instead of {count} for {len(entry['text'])} characters"
        self.holds(fate.get("smsCount") == count, COUNT, told)
        group = fate.get("messageGroupStatus")
        status = group.get("deliveryStatus") if isinstance(group, dict) else None
        self.holds(status not in self.statuses.final, ECHO, f"a right message is {status} at once")
        minutes = entry.get("validityPeriodMinutes")
        return Message(
            to["destination"],
            _texts(fate.get("messageId")) or [new_id()],
            at,
            to.get("messageId"),
            to.get("sourceAddress", more.get("sourceAddress")),
            bulk if isinstance(bulk, str) else None,
            due=moment(entry["sendAt"]) if "sendAt" in entry else None,
            window=self._window(entry.get("deliveryTimeWindow")),
            validity=timedelta(minutes=minutes) if minutes is not None else None,
        )

    def _window(self, asked: Mapping[str, Any] | None) -> Window | None:
        if asked is None:
            return None
        names = self.document.at(f"{_SCHEMAS}/Weekday")["enum"]
        days = frozenset(names.index(day) for day in asked["days"])
        if "from" not in asked:
            return Window(days)
        begins, ends = (60 * asked[name]["hour"] + asked[name]["minute"] for name in ("from", "to"))
        return Window(days, begins, ends)

    def _judged(self, message: Message, answer: Answer | None) -> str | None:
        if answer is None:
            return None
        if not self.holds(
            answer.status == _OK, LOST, f"answered {answer.status} to the id of a message that it took"
        ):
            return None
        told = answer.json
        if not isinstance(told, dict):
            return None
        self._compare(message, told)
        return message.status

    def _compare(self, message: Message, told: Mapping[str, Any]) -> None:
        self.record.checks += 1
        for rule, how in judge(self.statuses, message, told, self.now):
            self.broken(rule, how)

    def _page_size(self) -> int:
        bulk = self.document.operations["getBulkMessageStatus"]
        return int(bulk.parameters["query", "size"]["schema"]["default"])

    def _page(
        self, used: str, page: int, size: int | None, sort: Sequence[str]
    ) -> list[dict[str, Any]] | None:
        query = [("page", str(page))] if page else []
        query += [("size", str(size))] if size else []
        query += [("sort", one) for one in sort]
        answer = self.ask("getBulkMessageStatus", path={"bulkCorrelationId": used}, query=query)
        if answer is None:
            return None
        self.holds(answer.status == _OK, LOST, f"answered {answer.status} to the id of a bulk that it took")
        told = answer.json if answer.status == _OK else None
        if not isinstance(told, list):
            return None
        return [row for row in told if isinstance(row, dict)]

    def _rows(self, bulk: Bulk, rows: Sequence[dict[str, Any]]) -> None:
        by_id = {message.message_id or message.ids[0]: message for message in bulk.messages}
        found = [str(row.get("messageId")) for row in rows]
        lost, more = set(by_id) - set(found), set(found) - set(by_id)
        if len(found) != len(set(found)) or lost or more:
            twice = len(found) - len(set(found))
            self.broken(
                PAGES, f"of {len(by_id)} messages {len(lost)} are missing, {twice} twice, {len(more)} foreign"
            )
        for row in rows:
            message = by_id.get(str(row.get("messageId")))
            if message is not None:
                self._compare(message, row)

    def _order(self, rows: list[dict[str, Any]], sort: Sequence[str]) -> None:
        if not sort:
            return
        wanted = [(name, direction) for name, _, direction in (one.partition(",") for one in sort)]
        ways: list[Callable[[str, Mapping[str, Any]], str]] = [_text]
        if any(name == "deliveryStatus" for name, _ in wanted):
            ways.append(self._place)
        for way in ways:
            ordered = list(rows)
            for name, direction in reversed(wanted):
                ordered = sorted(ordered, key=partial(way, name), reverse=direction == "desc")
            names = [name for name, _ in wanted]
            if [[row.get(name) for name in names] for row in ordered] == [
                [row.get(name) for name in names] for row in rows
            ]:
                self.record.checks += 1
                return
        self.broken(SORTED, f"{len(rows)} statuses are not sorted by {' then '.join(sort)}")

    def _place(self, name: str, row: Mapping[str, Any]) -> str:
        value = str(row.get(name))
        known = self.statuses.names
        return f"{known.index(value):03}" if name == "deliveryStatus" and value in known else value

    def _told(self, message: Message, status: str, *, by_request: bool) -> None:
        before = self.look(message, 1)
        if before is None or message.message_id is None:
            return
        if by_request:
            query = [("messageId", message.message_id), ("deliveryStatus", status)]
            answer = self.ask("handleDeliveryReceipt", query=query, expect=[_OK])
            if answer is None or answer.status != _OK:
                return
        elif self._control is not None:
            self._control.tell_receipt(self.caller.credentials.client_id, message.message_id, status)
        if self.now is None and before not in self.statuses.final:
            message.plain = False
            self.look(message)
            return
        moves = before not in self.statuses.final and self.statuses.rank(status) > self.statuses.rank(before)
        message.plain = message.plain and not moves
        after = self.look(message)
        right = status if moves else before
        self.holds(
            after == right, RECEIPT, f"{after} after a receipt of {status} to {before}; {right} is right"
        )


def _text(name: str, row: Mapping[str, Any]) -> str:
    return str(row.get(name))


def _texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) and value else []


def _expiry(token: str) -> datetime | None:
    body = token.split(".")[1] if token.count(".") == 2 else ""  # noqa: PLR2004 - of a JWS
    try:
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return datetime.fromtimestamp(float(claims["exp"]), UTC)
    except (ValueError, KeyError, TypeError):
        return None
