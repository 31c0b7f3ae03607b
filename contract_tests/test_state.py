"""The state layer passes a faultless gateway and finds what a faulty one forgets or makes up."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from blackkonnect_contract.asgi import AsgiTransport
from blackkonnect_contract.document import document
from blackkonnect_contract.layers import state
from blackkonnect_contract.model import Message, Statuses, Window, judge, parts
from blackkonnect_contract.record import Record
from blackkonnect_contract.run import Run
from blackkonnect_contract.target import Credentials, Target
from blackkonnect_emulator import Settings, create_app

if TYPE_CHECKING:
    from collections.abc import Callable

LATEST = "2026-02-25"
OLDER = "2025-05-16"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SENDS = ("send-message", "send-bulk-messages")


class Faulty:
    """A gateway one part of whose answers, or of the requests that reach it, is another one.

    Args:
        app: The gateway.
        asked: Changes the body of a send.
        answered: Changes what is told, by path and query.
        hides: Whether the control API is kept back.
    """

    def __init__(
        self,
        app: Any,
        asked: Callable[[Any], Any] | None = None,
        answered: Callable[[str, Any], Any] | None = None,
        *,
        hides: bool = False,
    ) -> None:
        self.app, self.asked, self.answered, self.hides = app, asked, answered, hides

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"] + "?" + scope["query_string"].decode()
        if path.startswith("/_emulator") and not self.hides:
            await self.app(scope, receive, send)
            return
        if self.hides and path.startswith("/_emulator"):
            scope = {**scope, "path": "/none", "raw_path": b"/none"}
        body = b""
        while True:
            event = await receive()
            body += event.get("body", b"")
            if not event.get("more_body"):
                break
        if self.asked is not None and any(name in path for name in SENDS):
            body = json.dumps(self.asked(json.loads(body))).encode()
        length = (b"content-length", str(len(body)).encode())
        headers = [pair for pair in scope["headers"] if pair[0] != b"content-length"] + [length]
        held: list[Any] = []

        async def again() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def keep(event: Any) -> None:
            held.append(event)

        await self.app({**scope, "headers": headers}, again, keep)
        content = b"".join(event.get("body", b"") for event in held[1:])
        start = held[0]
        if self.answered is not None and start["status"] == 200:
            content = json.dumps(self.answered(path, json.loads(content))).encode()
        sent = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        length = (b"content-length", str(len(content)).encode())
        await send({**start, "headers": [*sent, length]})
        await send({"type": "http.response.body", "body": content})


def found(
    edition: str = LATEST,
    *,
    quick: bool = True,
    seed: int = 1,
    **faults: Any,
) -> Record:
    """Run the layer on a gateway in this process."""
    other = Credentials("globex", "another opaque string")
    clients = {"acme": "an opaque string", other.client_id: other.client_secret}
    app = create_app(Settings(edition=edition, clients=clients))
    transport = AsgiTransport(Faulty(app, **faults) if faults else app)
    record = Record("state", document(edition))
    target = Target(
        base_url="http://127.0.0.1",
        client_id="acme",
        client_secret=clients["acme"],
        edition=edition,
        other=other,
        transport=transport,
    )
    try:
        with Run(target, record, seed=seed, quick=quick) as run:
            state.check(run)
    finally:
        transport.close()
        app.gateway.close()
    return record


@pytest.mark.parametrize("edition", [OLDER, LATEST])
def test_a_faultless_gateway_passes(edition: str) -> None:
    record = found(edition)
    assert record.breaches == []
    assert record.checks > 1000
    assert not record.skipped


@pytest.mark.parametrize("edition", [OLDER, LATEST])
def test_a_gateway_without_a_control_api_passes_and_what_is_skipped_is_said(edition: str) -> None:
    record = found(edition, hides=True)
    assert record.breaches == []
    assert record.skipped


def _row(change: Callable[[dict[str, Any], int], None]) -> Callable[[], Callable[[str, Any], Any]]:
    """Change the statuses of single messages, each with how often it was told before."""

    def make() -> Callable[[str, Any], Any]:
        told: Counter[str] = Counter()

        def answered(path: str, answer: Any) -> Any:
            if "/messages/status/" in path and isinstance(answer, dict):
                change(answer, told[answer["messageId"]])
                told[answer["messageId"]] += 1
            return answer

        return answered

    return make


def _page(change: Callable[[str, list[Any]], list[Any]]) -> Callable[[], Callable[[str, Any], Any]]:
    """Change pages of bulks."""

    def answered(path: str, answer: Any) -> Any:
        return change(path, answer) if isinstance(answer, list) else answer

    return lambda: answered


def _goes_back(row: dict[str, Any], before: int) -> None:
    if before > 20:
        row["deliveryStatus"] = "QUEUED"


def _final_changes(row: dict[str, Any], before: int) -> None:
    if row["deliveryStatus"] == "DELIVERED" and before > 1:
        row["deliveryStatus"] = "UNDELIVERED"


def _time_moves(row: dict[str, Any], before: int) -> None:
    if before:
        row["deliveryTimestamp"] = row["deliveryTimestamp"].replace("Z", "1Z")


def _uuid_moves(row: dict[str, Any], before: int) -> None:
    if before:
        row["uuid"] = row["uuid"][:-1] + ("0" if row["uuid"][-1] != "0" else "1")


def _no_plus(row: dict[str, Any], _: int) -> None:
    row["destination"] = row["destination"].lstrip("+")


ANSWERS: dict[str, tuple[Callable[[], Callable[[str, Any], Any]], str]] = {
    "status goes back after 20 looks": (_row(_goes_back), "status-only-forward"),
    "final status changes": (_row(_final_changes), "status-only-forward"),
    "timestamp changes": (_row(_time_moves), "timestamp-of-status"),
    "uuid changes": (_row(_uuid_moves), "same-message"),
    "no plus": (_row(_no_plus), "same-message"),
    "later pages repeat one": (
        _page(lambda path, page: [page[-1], *page[1:]] if "page=" in path and page[1:] else page),
        "pages-partition",
    ),
    "short pages lack their last": (
        _page(lambda path, page: page[:-1] if "page=" in path and len(page) < 7 else page),
        "pages-partition",
    ),
    "pages beyond the last hold one": (
        _page(lambda _path, page: page or [{"messageId": "x"}]),
        "pages-partition",
    ),
    "order is turned round": (
        _page(lambda path, page: page[::-1] if "destination%2Cdesc" in path else page),
        "pages-sorted",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_fault_in_what_is_told_is_found(name: str) -> None:
    make, rule = ANSWERS[name]
    assert rule in {breach.rule.name for breach in found(answered=make()).breaches}


def _without(name: str, *, only: str = "") -> Callable[[Any], Any]:
    def asked(body: Any) -> Any:
        entries = body.get("messages")
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and name in entry and only in json.dumps(entry[name]):
                del entry[name]
        return body

    return asked


def _renamed_every_fiftieth() -> Callable[[Any], Any]:
    count = Counter[str]()

    def asked(body: Any) -> Any:
        count["sends"] += 1
        if count["sends"] % 50 == 0 and isinstance(body.get("messageId"), str):
            body["messageId"] += "x"
        return body

    return asked


REQUESTS: dict[str, tuple[Callable[[], Callable[[Any], Any]], str]] = {
    "window ignored on Sundays": (
        lambda: _without("deliveryTimeWindow", only="SUNDAY"),
        "within-delivery-window",
    ),
    "sendAt ignored": (lambda: _without("sendAt"), "not-before-send-at"),
    "validity ignored": (lambda: _without("validityPeriodMinutes"), "within-validity"),
    "an id in fifty is another": (_renamed_every_fiftieth, "nothing-lost"),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_fault_in_what_is_heeded_is_found(name: str) -> None:
    make, rule = REQUESTS[name]
    assert rule in {breach.rule.name for breach in found(asked=make()).breaches}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 307, 3),
        ("\u4e16" * 70, 1),
        ("\u4e16" * 71, 2),
        ("\u4e16" * 135, 3),
    ],
)
def test_parts_are_counted(text: str, count: int) -> None:
    assert parts(text) == count


def test_a_window_past_midnight_is_open_on_both_sides_of_it() -> None:
    window = Window(frozenset({0}), 22 * 60, 2 * 60)
    assert window.is_open(datetime(2026, 3, 2, 23, tzinfo=UTC))
    assert window.is_open(datetime(2026, 3, 3, 1, tzinfo=UTC))
    assert not window.is_open(NOON)
    assert window.opens(NOON) == datetime(2026, 3, 2, 22, tzinfo=UTC)


def test_a_message_that_stays_on_the_way_beyond_its_validity_is_told() -> None:
    message = Message("+233200000001", ["m"], NOON, validity=timedelta(minutes=30))
    told = {
        "uuid": "u",
        "messageId": "m",
        "destination": "+233200000001",
        "deliveryStatus": "SENT",
        "deliveryTimestamp": "2026-03-02T12:00:01Z",
    }
    statuses = Statuses.of(document(LATEST))
    broken = [rule.name for rule, _ in judge(statuses, message, told, NOON + timedelta(hours=1))]
    assert broken == ["final-in-the-end"]
