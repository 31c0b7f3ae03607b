"""Requests derived from the document, place by place and keyword by keyword, and the answer that is right."""

from __future__ import annotations

import copy
import datetime as dt
import json
import random
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.good_requests import (
    BULK,
    NUMBER,
    PAGES,
    RECEIPT,
    SEND,
    STATUS,
    TOKEN,
    Sent,
    a_bulk,
    a_send,
    new_id,
)
from blackkonnect_contract.taken import Taken
from blackkonnect_contract.variants import GONE, Variant, changed, texts_near, variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blackkonnect_contract.caller import Caller
    from blackkonnect_contract.document import Document, Operation, SchemaError
    from blackkonnect_contract.exchange import Answer
    from blackkonnect_contract.run import Run

__all__ = ["check"]

_OK, _BAD, _NOT_FOUND, _NOT_ALLOWED, _TWICE, _LARGE, _MEDIA = 200, 400, 404, 405, 409, 413, 415
_OURS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LEAST_NEW = 8
"""A shorter id may have been used before."""
_FOLLOWED = 0.05
_LOOKED_AT = 0.15
"""The part of the changes that a short look tries."""
_ASKED_AGAIN = 200
_NO_JSON = (
    *(b"", b"{", b"[]", b"null", b"true", b"1", b'"x"', b"{]", b"{'text': 'x'}", b"\xff\xfe{\x00}\x00"),
    *(b'{"text": "x", "destination": "+233200000001",}', b'{"text": "x" "destination": "+233200000001"}'),
    *(b'{"text": "x", "destination": "+233200000001"} {}', b'{"text": "x", "destination": "+233200000001"'),
)
_TWICE_NAMED = b'{"text": "x", "text": "y", "destination": "+233200000001", "messageId": "%s"}'
_NOT_JSON = (
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded",
    "application/problem+json",
    "",
)
_JSON = ("application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8")
_STORES_NOTHING = Rule(
    "refused-stores-nothing", "A request that is refused stores nothing.", "/components/responses/BadRequest"
)
_POINTER = Rule(
    "pointer-names-what-is-wrong",
    "The JSON Pointer of an error names the field that breaks a rule.",
    "/components/schemas/ProblemError/properties/pointer",
)
_UNREADABLE = Rule(
    "unreadable-is-refused", "A body that can't be read is refused.", "/components/responses/BadRequest"
)
_MEDIA_TYPE = Rule(
    "media-type",
    "A body is read in the media type of the document alone.",
    "/components/responses/UnsupportedMediaType",
)
_METHOD = Rule(
    "method-not-allowed",
    "A path has the methods of the document alone.",
    "/components/responses/MethodNotAllowed",
)
_UNKNOWN = Rule("unknown-id", "What nothing was sent by is not found.", "/components/responses/NotFound")
_PATH = Rule("unknown-path", "A path that the document does not have is not found.")


def check(run: Run) -> None:
    """Go through the table.

    Args:
        run: What to ask, and where to note what was found.
    """
    table = Table(run)
    for part in (
        table.good_sends,
        table.token_forms,
        table.unreadable,
        table.media_types,
        table.methods,
        table.parameters,
        table.bodies,
        table.what_is_stored,
    ):
        if run.time_is_up():
            return
        part()


class Table:
    """What the parts of the table share."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.record = run.record
        self.document = run.document
        self.caller: Caller = run.fresh() or run.caller()
        self.taken = Taken(self.caller)
        self.random = random.Random(run.seed)  # noqa: S311 - no secret
        self.refused: list[dict[str, Any]] = []
        self.kept: dict[str, dict[str, Any]] = {}

    def good_sends(self) -> None:
        """Sends with all fields and with as few as there may be; texts of every length that matters."""
        for body in (_fresh(_whole_send(self.document)), a_send(), {"text": "x", "destination": NUMBER}):
            self._send(SEND, body)
        for text in (" spaces at its ends ", "a\nb", "é😀ж", "\\\"<>&'", "0", "null", "x" * 161, "ж" * 71):
            self._send(SEND, a_send(text=text))
        for destination in ("+233200000001", "233200000001", "+1234567", "+123456789012345"):
            self._send(SEND, a_send(destination=destination))
        self._send(BULK, _fresh(_whole_bulk(self.document)))
        self._send(BULK, {"messages": [{"text": "x", "destinations": [{"destination": NUMBER}]}]})
        texts = list(_texts())
        messages = [{"text": text, "destinations": [{"destination": NUMBER}]} for text in texts]
        self._send(BULK, {"messages": messages})
        for text in (*self.random.sample(texts, 6), "x" * 161, "x" * 160, "ж" * 71):
            self._send(BULK, a_bulk(1, text=text))
        for count in (2, 3, 25):
            self._send(BULK, a_bulk(count))
        same = a_bulk(3)
        for one in same["messages"][0]["destinations"]:
            one["destination"] = NUMBER
        self._send(BULK, same)
        for day in self._days():
            self._send(BULK, a_bulk(1, deliveryTimeWindow={"days": [day]}))
        for hour in (0, 11, 12, 23) if self.run.quick else range(24):
            window = {"days": ["MONDAY"], "from": {"hour": hour, "minute": 0}}
            window["to"] = {"hour": (hour + 12) % 24, "minute": 59}
            self._send(BULK, a_bulk(1, deliveryTimeWindow=window))

    def bodies(self) -> None:
        """Every place of every body changed by every keyword that holds there."""
        for operation in (SEND, BULK):
            self._body_of(operation)

    def _body_of(self, operation: str) -> None:
        known = self.document.operations[operation]
        if known.body is None:
            return
        good = _whole_send(self.document) if operation == SEND else _whole_bulk(self.document)
        seen: set[str] = set()
        for variant in variants(self.document, known.body, good):
            shown = f"{variant.pointer} {'gone' if variant.value is GONE else json.dumps(variant.value)}"
            if shown in seen or self.run.time_is_up():
                continue
            seen.add(shown)
            if self.run.quick and self.random.random() > _LOOKED_AT:
                continue
            fresh = _fresh(good)
            body = changed(fresh, variant)
            errors = self.document.errors(known.body, body)
            if errors:
                self._refuse(operation, body, variant, errors)
            elif not _is_for_the_profile(variant):
                self._send(operation, _mended(body, variant), variant)

    def token_forms(self) -> None:
        """Every field of the form for a token."""
        own = self.caller.credentials
        good = {
            "grant_type": "client_credentials",
            "client_id": own.client_id,
            "client_secret": own.client_secret,
        }
        rule = Rule(
            "token-request", "A request for a token has its fields.", "/components/schemas/TokenRequest"
        )
        for name in good:
            left = {key: value for key, value in good.items() if key != name}
            for how, form in (
                ("left out", left),
                ("empty", {**good, name: ""}),
                ("256 x", {**good, name: "x" * 256}),
            ):
                answer = self.caller.call(TOKEN, form=form, token=None)
                wanted = {_BAD, 401} if name == "client_id" and how == "256 x" else {_BAD}
                self._status(answer, wanted, rule, f"{name} {how}")
        for grant in ("password", "CLIENT_CREDENTIALS", "client_credentials ", "authorization_code", "x"):
            answer = self.caller.call(TOKEN, form={**good, "grant_type": grant}, token=None)
            self._status(answer, {_BAD}, rule, f"grant_type {grant!r}")
        answer = self.caller.call(TOKEN, form={**good, "scope": "sms", "more": "x"}, token=None)
        self._status(answer, {_OK}, rule, "fields that are not known, which are ignored (RFC 6749, 3.2)")
        answer = self.caller.call(TOKEN, json_body=good, token=None)
        self._status(answer, {_BAD, _MEDIA}, _MEDIA_TYPE, "credentials in JSON")
        for media_type in ("text/plain", "multipart/form-data; boundary=x", ""):
            answer = self.caller.call(TOKEN, form=good, media_type=media_type, token=None)
            self._status(answer, {_BAD, _MEDIA}, _MEDIA_TYPE, f"credentials as {media_type or 'nothing'}")
        answer = self.caller.call(TOKEN, content=b"", token=None)
        needed = self.document.at(f"{self.document.operations[TOKEN].pointer}/requestBody").get("required")
        self._status(answer, {_BAD, _MEDIA} if needed else {_BAD, _MEDIA, 401}, rule, "an empty body")

    def unreadable(self) -> None:
        """Bodies that are no JSON, or no object."""
        for operation in (SEND, BULK):
            for content in _NO_JSON:
                answer = self.caller.call(operation, content=content)
                self._status(answer, {_BAD}, _UNREADABLE, f"the body {content[:40]!r}")
        body = a_send()
        answer = self.caller.call(SEND, content=_TWICE_NAMED % body["messageId"].encode())
        self._status(answer, {_BAD}, _UNREADABLE, "a name that stands twice")
        self.refused.append(body)

    def media_types(self) -> None:
        """Other media types than the document's, and other ways to write that one."""
        for operation in (SEND, BULK):
            for media_type in _NOT_JSON:
                body = a_send() if operation == SEND else a_bulk()
                answer = self.caller.call(operation, json_body=body, media_type=media_type)
                self._status(answer, {_BAD, _MEDIA}, _MEDIA_TYPE, f"JSON as {media_type or 'nothing'}")
                self.refused.append(body)
            for media_type in _JSON:
                body = a_send() if operation == SEND else a_bulk()
                answer = self.caller.call(operation, json_body=body, media_type=media_type)
                self._status(answer, {_OK}, _MEDIA_TYPE, f"JSON as {media_type}")

    def parameters(self) -> None:
        """Every parameter of every operation, by its schema."""
        sent = Sent(self.caller)
        for operation in self.document.operations.values():
            for (place, name), parameter in operation.parameters.items():
                for text, errors in self._values(operation, place, name, parameter):
                    if self.run.time_is_up() or (self.run.quick and self.random.random() > _LOOKED_AT):
                        continue
                    self._ask(sent, operation, place, name, text, errors)
        for unknown in (new_id(), "x", "a" * 100, "0"):
            answer = self.caller.call(STATUS, path={"correlationId": unknown})
            self._status(answer, {_NOT_FOUND}, _UNKNOWN, f"the id {unknown[:40]}")
            answer = self.caller.call(PAGES, path={"bulkCorrelationId": unknown})
            self._status(answer, {_NOT_FOUND}, _UNKNOWN, f"the bulk {unknown[:40]}")

    def methods(self) -> None:
        """Every method that a path has not."""
        for operation in self.document.operations.values():
            path = dict.fromkeys(operation.path_names, "x")
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                if method not in self.document.methods(operation.path):
                    answer = self.caller.call(operation.name, path=path, method=method)
                    self._status(answer, {_NOT_ALLOWED}, _METHOD, f"the method {method}")

    def what_is_stored(self) -> None:
        """Nothing of what was refused, and its ids are free."""
        asked = self.refused if not self.run.quick else self.refused[::4]
        for body in asked:
            identity, operation, name = _identity(body)
            if identity is None:
                continue
            answer = self.caller.call(operation, path={name: identity})
            if answer is not None:
                told = "what was refused is found by its id"
                self.record.check(answer.status != _OK, _STORES_NOTHING, told, exchange=self.caller.last)
        for body in (a_send(priority=11), a_bulk(2, priority=11)):
            operation = BULK if "messages" in body else SEND
            self.caller.call(operation, json_body=body, expect=[_BAD])
            body.pop("priority", None)
            for message in body.get("messages", ()):
                message.pop("priority", None)
            answer = self.caller.call(operation, json_body=body)
            self._status(answer, {_OK}, _STORES_NOTHING, "ids that were refused before")

    def _send(self, operation: str, body: dict[str, Any], variant: Variant | None = None) -> None:
        how = "a good request" if variant is None else f"{variant.pointer}: {variant.how}"
        rule = Rule("good-is-taken", "What keeps to the document is taken.", self._body(operation))
        answer = self.caller.call(operation, json_body=body)
        if answer is not None and self._status(answer, {_OK}, rule, how):
            self.taken.check(
                operation, body, answer, follow=variant is None or self.random.random() < _FOLLOWED
            )

    def _refuse(self, operation: str, body: Any, variant: Variant, errors: list[SchemaError]) -> None:  # noqa: ANN401
        rule = Rule("bad-is-refused", "What breaks a rule of the document is refused.", errors[0].pointer)
        answer = self.caller.call(operation, json_body=body) if body is not None else None
        if body is None:
            answer = self.caller.call(operation, content=b"null")
        large = len(json.dumps(body)) > 1_000_000  # noqa: PLR2004 - where a gateway may stop to read
        allowed = {_BAD, _LARGE} if large else {_BAD}
        if answer is None or not self._status(answer, allowed, rule, f"{variant.pointer}: {variant.how}"):
            return
        if isinstance(body, dict):
            self.refused.append(body)
            if _identity(body)[0] is not None:
                self.kept.setdefault(errors[0].pointer, body)
        self._places(answer, variant, errors)

    def _places(self, answer: Answer, variant: Variant, errors: list[SchemaError]) -> None:
        problem = answer.json
        told = problem.get("errors", []) if isinstance(problem, dict) else []
        for error in told if isinstance(told, list) else ():
            pointer = error.get("pointer") if isinstance(error, dict) else None
            if isinstance(pointer, str):
                right = any(_is_at(pointer.removeprefix("#"), variant, one) for one in errors)
                self.record.check(
                    right,
                    _POINTER,
                    f"{variant.pointer}: {variant.how}: the error is said to be at {pointer}",
                    exchange=self.caller.last,
                )

    def _values(
        self,
        operation: Operation,
        place: str,
        name: str,
        parameter: Any,  # noqa: ANN401 - of the document
    ) -> Iterator[tuple[str | list[str], list[SchemaError]]]:
        pointer = self._parameter(operation, place, name)
        schema = self.document.resolved(pointer)[1]
        if schema.get("type") == "integer":
            for number in (
                schema["minimum"] - 1,
                schema["minimum"],
                1,
                2,
                20,
                schema["maximum"],
                schema["maximum"] + 1,
            ):
                yield str(number), self.document.errors(pointer, number)
            for text in ("x", "1.5", "", "1x", "--1", "9" * 25, "null"):
                yield text, self.document.errors(pointer, text)
        elif schema.get("type") == "array":
            items = pointer + "/items"
            good = [
                f"{field}{way}" for field in _fields(self.document.at(items)) for way in ("", ",asc", ",desc")
            ]
            for one in [
                *good,
                "x",
                "messageId,up",
                "messageid",
                "messageId,",
                ",asc",
                "messageId asc",
                "text",
            ]:
                yield [one], self.document.errors(pointer, [one])
            for many in (
                good[:2],
                good[: schema["maxItems"]],
                good[: schema["maxItems"] + 1],
                [good[0], "x"],
            ):
                yield many, self.document.errors(pointer, many)
        else:
            example = parameter.get("example", schema.get("examples", ["ACME"])[0])
            for text in [
                example,
                *(text for _, text in texts_near(str(example))),
                "a" * 64,
                "a" * 65,
                "a" * 100,
                "a" * 101,
            ]:
                yield text, self.document.errors(pointer, text)

    def _ask(  # noqa: PLR0913, PLR0917 - each is a part of the request
        self,
        sent: Sent,
        operation: Operation,
        place: str,
        name: str,
        text: str | list[str],
        errors: list[SchemaError],
    ) -> None:
        request = sent.request(operation.name)
        how = f"{name} {text!r}"[:120]
        rule = Rule(
            "parameter", "A parameter has the form of the document.", errors[0].pointer if errors else ""
        )
        if place == "query":
            values = text if isinstance(text, list) else [text]
            query = [pair for pair in request.get("query", ()) if pair[0] != name]
            request["query"] = [*query, *((name, value) for value in values)]
            allowed = {_BAD} if errors else {_OK, _NOT_FOUND} if operation.name == RECEIPT else {_OK}
        elif place == "header":
            if not (isinstance(text, str) and text.isascii() and text.isprintable() and text == text.strip()):
                return
            request["headers"] = [(name, text)]
            allowed = {_BAD} if errors else {_OK}
        else:
            if not isinstance(text, str) or text in {"", ".", ".."}:
                return
            request["path"] = {name: quote(text, safe="")}
            allowed = {_BAD, _NOT_FOUND} if errors else {_OK, _NOT_FOUND}
        answer = self.caller.call(operation.name, **request)
        self._status(answer, allowed, rule, how)
        if errors and "json_body" in request:
            self.refused.append(request["json_body"])

    def _status(self, answer: Answer | None, allowed: set[int], rule: Rule, how: str) -> bool:
        if answer is None:
            return False
        told = f"{how}: answered {answer.status} instead of {' or '.join(map(str, sorted(allowed)))}"
        return self.record.check(answer.status in allowed, rule, told, exchange=self.caller.last)

    def _parameter(self, operation: Operation, place: str, name: str) -> str:
        for number, held in enumerate(operation.content["parameters"]):
            pointer = f"{operation.pointer}/parameters/{number}"
            if "$ref" in held:
                pointer = held["$ref"].removeprefix("#")
            found = self.document.at(pointer)
            if (found["in"], found["name"]) == (place, name):
                return f"{pointer}/schema"
        raise LookupError(name)

    def _body(self, operation: str) -> str:
        return self.document.operations[operation].body or ""

    def _days(self) -> list[str]:
        return list(self.document.at("/components/schemas/Weekday")["enum"])


def _texts() -> Iterator[str]:
    for length in (
        1,
        2,
        66,
        67,
        68,
        69,
        70,
        71,
        133,
        134,
        135,
        152,
        153,
        154,
        159,
        160,
        161,
        305,
        306,
        307,
        459,
        460,
    ):
        yield "a" * length
        yield "ж" * length
        yield "€" * length
        yield "a" * (length - 1) + "€"
        yield "a" * (length - 1) + "😀"
        yield "😀" * (length // 2 + 1)
        yield "a" * (length - 1) + "ç"
    yield from (
        "Çé{}[]~\\|^\f",
        "@£$¥èéùìòØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ",
        "`",
        "\t",
        "á",
        "\u00a0",
        "“x”",
        "a" * 152 + "€" + "a" * 152,
    )


def _ids() -> Iterator[str]:
    """Give ids, the same each time, since what is changed in a request depends on what stands in it."""
    chance = random.Random(1)  # noqa: S311 - no secret
    while True:
        yield str(UUID(int=chance.getrandbits(128), version=4))


def _whole_send(document: Document) -> dict[str, Any]:
    body = {
        **a_send(messageId=next(_ids())),
        "sourceAddress": "ACME",
        "priority": 1,
        "requestId": "req-1",
        "referenceId1": "order-48213",
        "referenceId2": "customer-9917",
        "serviceId": "login",
        "initiatorId": "checkout",
    }
    return _known(document, SEND, body)


def _whole_bulk(document: Document) -> dict[str, Any]:
    # What is changed in it depends on its digits, so it is the same for all runs of a day.
    at = dt.datetime.combine(dt.datetime.now(dt.UTC) + dt.timedelta(days=1), dt.time(12))
    ids = _ids()
    message = {
        "text": "We open at 9 tomorrow",
        "callbackData": "campaign=spring",
        "entityId": "1101456324",
        "sendAt": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "validityPeriodMinutes": 240,
        "priority": 1,
        "deliveryTimeWindow": {
            "days": ["MONDAY", "SUNDAY"],
            "from": {"hour": 8, "minute": 0},
            "to": {"hour": 20, "minute": 30},
        },
    }
    messages = [
        {
            **copy.deepcopy(message),
            "destinations": [
                {
                    "destination": f"+23320000{first}{number}01",
                    "messageId": next(ids),
                    "sourceAddress": "ACME",
                }
                for number in range(3)
            ],
        }
        for first in range(2)
    ]
    body = {
        "bulkId": next(ids),
        "messageId": next(ids),
        "sourceAddress": "ACME",
        "requestId": "req-2",
        "referenceId1": "order-48213",
        "referenceId2": "customer-9917",
        "serviceId": "login",
        "initiatorId": "checkout",
        "messages": messages,
    }
    return _known(document, BULK, body)


def _known(document: Document, operation: str, body: dict[str, Any]) -> dict[str, Any]:
    """Leave the senders of bulks out where the edition does not know them."""
    if document.errors(document.operations[operation].body or "", body):
        body.pop("sourceAddress", None)
        for message in body.get("messages", ()):
            for one in message["destinations"]:
                one.pop("sourceAddress", None)
    return body


def _fresh(good: dict[str, Any]) -> dict[str, Any]:
    """Return a copy with ids that nobody used."""
    body = copy.deepcopy(good)
    for held in (body, *(one for message in body.get("messages", ()) for one in message["destinations"])):
        for name in ("messageId", "bulkId"):
            if name in held:
                held[name] = new_id()
    return body


def _mended(body: dict[str, Any], variant: Variant) -> dict[str, Any]:
    """Bring what one change takes along into order: ids that repeat, a window that is too short."""
    _make_new(body, variant)
    seen: set[str] = set()
    for message in body.get("messages", ()):
        window = message.get("deliveryTimeWindow", {})
        if "from" in window and "to" in window:
            which, other = ("to", "from") if "to" in variant.place else ("from", "to")
            window[other] = {**window[other], "hour": (window[which]["hour"] + 12) % 24}
        for one in message["destinations"]:
            if one.get("messageId") in seen or ("messageId" in one and isinstance(variant.value, list)):
                one["messageId"] = new_id()
            seen.add(one.get("messageId", ""))
    return body


def _make_new(body: dict[str, Any], variant: Variant) -> None:
    """Make an id of a right form one that nobody used, as long as it was."""
    if not variant.place or variant.place[-1] not in {"messageId", "bulkId"} or variant.value is GONE:
        return
    held: Any = body
    for step in variant.place[:-1]:
        held = held[step]
    ours = new_id().replace("-", "")
    held[variant.place[-1]] = (ours + variant.value[len(ours) :])[: len(variant.value)]


def _is_for_the_profile(variant: Variant) -> bool:
    """Tell whether no schema can say if it is taken: how far ahead sendAt lies, an id used before."""
    if variant.place and variant.place[-1] == "sendAt" and variant.value is not GONE:
        return True
    if variant.place and variant.place[-1] in {"messageId", "bulkId"} and isinstance(variant.value, str):
        return len(variant.value) < _LEAST_NEW
    return False


def _is_at(pointer: str, variant: Variant, error: SchemaError) -> bool:
    if pointer in {variant.pointer, error.place}:
        return True
    whole = error.pointer.rpartition("/")[2] in {"required", "additionalProperties", "unevaluatedProperties"}
    if whole:
        # A field that is missing is named, or the object that lacks it.
        return pointer.rpartition("/")[0] == error.place and pointer.rpartition("/")[2] in error.message
    return pointer.startswith(f"{error.place}/") and bool(error.place)


def _fields(schema: Any) -> list[str]:  # noqa: ANN401 - of the document
    """Read the names that a pattern of alternatives begins with."""
    return str(schema["pattern"]).partition("(")[2].partition(")")[0].split("|")


def _identity(body: dict[str, Any]) -> tuple[str | None, str, str]:
    messages = body.get("messages")
    name = "bulkId" if messages is not None else "messageId"
    held = body.get(name)
    if not isinstance(held, str) or _OURS.fullmatch(held) is None:
        return None, "", ""
    return (held, PAGES, "bulkCorrelationId") if name == "bulkId" else (held, STATUS, "correlationId")
