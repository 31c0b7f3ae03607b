"""On a real gateway nothing is done that the user did not allow, and what was sent is known afterwards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_contract.control import Control
from blackkonnect_contract.document import document, editions
from blackkonnect_contract.emulated import CLIENT_SECRET, opened
from blackkonnect_contract.safe import (
    ForeignHostError,
    ForeignNumberError,
    GuardError,
    JournalError,
    Limits,
    LimitsError,
    NotConfirmedError,
    TooFastError,
    TooLongError,
    TooManySendsError,
    TooManyTokensError,
    UnplannedError,
    UnreadableError,
    journal,
    open_safely,
    plan,
    run_safely,
)
from blackkonnect_contract.target import Target
from hypothesis import given, seed, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blackkonnect_contract.gate import GateReport
    from blackkonnect_contract.safe import Plan

LATEST = "2026-02-25"
MINE = ("+233200000001", "+233200000002")
FOREIGN = "+12025550199"
SEND, BULK = "/api/sms/send-message/v1", "/api/sms/send-bulk-messages/v1"
TOKEN = "/api/sms/authenticate/access-token/token/v1"
STATUS = "/api/sms/messages/status/"
BASE = "http://127.0.0.1"
TEXT = "This is a check"


class Time:
    """A clock that stands until somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: Callable[[float], None] = lambda _: None

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept(seconds)


@dataclass
class Watched(httpx.BaseTransport):
    """Notes every rule that is broken by what arrives at the gateway, counted here anew."""

    inner: httpx.BaseTransport
    time: Time
    limits: Limits
    sends: int = 0
    seen: list[tuple[str, str, bytes]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path, body = request.url.path, request.read()
        self.seen.append((request.method, path, body))
        if request.url.host != "127.0.0.1":
            self.broken.append(f"another host: {request.url.host}")
        if request.method == "POST" and path in {SEND, BULK}:
            found = list(recipients(json.loads(body)))
            self.sends += max(1, len(found))
            self.broken += [
                f"sent to {one}" for one in found if str(one or "").strip(" x") not in {"", *MINE}
            ]
            self.moments.append(self.time.now)
        elif not (
            (request.method == "GET" and path.startswith(STATUS))
            or (request.method == "POST" and path == TOKEN)
        ):
            self.broken.append(f"{request.method} {path}")
        if self.sends > self.limits.max_sends:
            self.broken.append(f"{self.sends} sends")
        for before, now in pairwise(self.moments):
            if now - before < 1 / self.limits.rate - 1e-9:
                self.broken.append(f"{now - before} s between two sends")
        if sum(path == TOKEN for _, path, _ in self.seen) > 4:
            self.broken.append("a storm of requests for tokens")
        return self.inner.handle_request(request)


def recipients(held: Any) -> Iterator[Any]:
    if isinstance(held, dict):
        for name, value in held.items():
            if name == "destination":
                yield value
            else:
                yield from recipients(value)
    elif isinstance(held, list):
        for value in held:
            yield from recipients(value)


@dataclass
class Ran:
    report: GateReport
    watched: Watched
    plan: Plan
    told: journal.Summary
    text: str

    @property
    def rules(self) -> set[str]:
        return {breach.rule.name for breach in self.report.layers[0].record.breaches}


def limits_of(max_sends: int = 30, rate: float = 2.0) -> Limits:
    return Limits(numbers=MINE, max_sends=max_sends, rate=rate)


def ran(
    target: Target, folder: Path, limits: Limits, inner: httpx.BaseTransport, time: Time | None = None
) -> Ran:
    """Run against a gateway, and see that no rule was broken and that the journal tells all."""
    time = time or Time()
    watched = Watched(inner, time, limits)
    plans: list[Plan] = []

    def confirm(made: Plan) -> bool:
        assert not watched.seen
        plans.append(made)
        return True

    path = folder / "journal"
    report = run_safely(
        replace(target, transport=watched),
        limits,
        path,
        confirm=confirm,
        clock=time.clock,
        sleep=time.sleep,
    )
    told = journal.read(path)
    assert watched.broken == []
    assert told.ended == "finished"
    assert told.asked == len(watched.seen)
    assert watched.sends <= told.sends <= plans[0].sends <= limits.max_sends
    text = path.read_text("utf-8")
    assert CLIENT_SECRET not in text
    assert TEXT not in text
    assert "eyJ" not in text
    assert not any(number.removeprefix("+") in text for number in MINE)
    return Ran(report, watched, plans[0], told, text)


def simulated(edition: str, folder: Path, limits: Limits, seen: Callable[[Ran], None]) -> None:
    """Run against the emulator, whose clock goes with that of the run."""
    with opened(edition) as target:
        control = Control.of(target)
        assert control is not None
        own = control.make_client()
        time = Time()

        def slept(seconds: float) -> None:
            control.advance(own.client_id, seconds)

        time.slept = slept
        asked = replace(target, client_id=own.client_id, client_secret=own.client_secret)
        assert target.transport is not None
        seen(ran(asked, folder, limits, target.transport, time))
        control.close()


def everything(answer: Callable[[httpx.Request], httpx.Response]) -> tuple[Target, httpx.MockTransport]:
    """A gateway that answers all alike, but gives a token."""

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == TOKEN and b"not-the-secret" not in request.read():
            return httpx.Response(200, json={"token": "eyJ.a.b"})
        return answer(request)

    return Target(base_url=BASE, client_id="me", client_secret=CLIENT_SECRET, edition=LATEST), (
        httpx.MockTransport(handle)
    )


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("max_sends", [1, 4, 60])
def test_the_emulator_passes_within_the_limits(edition: str, max_sends: int, tmp_path: Path) -> None:
    def seen(run: Ran) -> None:
        layer = run.report.layers[0]
        assert layer.record.layer == "safe"
        assert [breach.message for breach in layer.record.breaches] == []
        assert run.report.passed
        assert run.watched.sends == run.told.sends == max_sends == run.plan.sends
        assert run.told.refused == {}
        assert "final statuses" not in layer.record.skipped
        assert set(run.plan.skipped) | set(run.plan.dropped) <= set(layer.record.skipped)

    simulated(edition, tmp_path, limits_of(max_sends), seen)


def test_the_rate_is_kept_by_waiting(tmp_path: Path) -> None:
    def seen(run: Ran) -> None:
        moments = run.watched.moments
        assert len(moments) == run.plan.requests > 5
        assert all(now - before >= 4.0 for before, now in pairwise(moments))

    simulated(LATEST, tmp_path, limits_of(12, rate=0.25), seen)


def test_the_journal_tells_which_id_went_to_which_number(tmp_path: Path) -> None:
    def seen(run: Ran) -> None:
        sent: dict[str, str] = {}
        for _, path, body in run.watched.seen:
            if path == BULK:
                held = json.loads(body)["messages"][0]["destinations"]
                sent |= {one["messageId"]: one["destination"] for one in held}
            elif path == SEND:
                held = json.loads(body)
                sent[held["messageId"]] = held["destination"]
        told = {
            message_id: (place, shown)
            for one in run.told.sent
            for place, shown, message_id in one.destinations
        }
        assert told == {key: (MINE.index(to) + 1, f"…{to[-3:]}") for key, to in sent.items()}
        assert any(number in " ".join(run.told.lines()) for number in ("number 2 (…002)",))
        assert all(key in " ".join(run.told.lines()) for key in sent)
        assert {one.status for one in run.told.sent} == {200, 401}

    simulated(LATEST, tmp_path, limits_of(8), seen)


def test_what_is_dropped_and_left_out_is_told_before_anything_is_asked() -> None:
    small = plan(document(LATEST), limits_of(2), gateway=BASE)
    assert [step.name for step in small.steps if step.sends] == ["message"] + (
        ["sendMessage refuses"] if small.sends > 1 else []
    )
    assert "bulk" in small.dropped
    assert "sendBulkMessages refuses" in small.dropped
    told = "\n".join(small.lines())
    assert "…001, …002" in told
    assert not any(number in told for number in MINE)
    for name in ("hostile bytes", "floods", "forged tokens", "bulk", *small.dropped):
        assert name in told
    older = plan(document("2025-05-16"), limits_of(2))
    assert "operation handleDeliveryReceipt" in older.skipped
    assert plan(document(LATEST), limits_of(100_000)).dropped == {}


def test_nothing_is_asked_and_written_without_consent(tmp_path: Path) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request.url)

    target = Target(
        base_url=BASE,
        client_id="me",
        client_secret="secret",
        edition=LATEST,
        transport=httpx.MockTransport(refuse),
    )
    path = tmp_path / "journal"
    with pytest.raises(NotConfirmedError):
        run_safely(target, limits_of(), path, confirm=lambda _: False)
    assert not path.exists()


def test_a_gateway_that_takes_everything_is_sent_no_more(tmp_path: Path) -> None:
    target, inner = everything(lambda _: httpx.Response(200, json={}))
    run = ran(target, tmp_path, limits_of(20), inner)
    assert not run.report.passed
    assert {"bad-is-refused", "token-is-needed", "wrong-credentials", "unknown-id"} <= run.rules
    assert run.watched.sends == 20


def test_no_redirect_is_followed(tmp_path: Path) -> None:
    places = [f"http://elsewhere.example{SEND}", f"{BASE}{SEND}"]
    target, inner = everything(
        lambda request: httpx.Response(307, headers={"location": places[len(request.url.path) % 2]})
    )
    run = ran(target, tmp_path, limits_of(20), inner)
    assert "described-status" in run.rules
    assert run.watched.sends == 20
    assert all(one.status == 307 for one in run.told.sent)


def test_a_gateway_that_fails_always_is_asked_once_for_a_token(tmp_path: Path) -> None:
    target = Target(base_url=BASE, client_id="me", client_secret=CLIENT_SECRET, edition=LATEST)
    inner = httpx.MockTransport(lambda _: httpx.Response(500))
    run = ran(target, tmp_path, limits_of(20), inner)
    assert {"no-server-error", "token-for-credentials"} <= run.rules
    assert [path for _, path, _ in run.watched.seen] == [TOKEN]
    assert {"message", "bulk", "fates"} <= set(run.report.layers[0].record.skipped)


def test_a_gateway_that_fails_but_for_tokens_is_not_asked_again(tmp_path: Path) -> None:
    target, inner = everything(lambda _: httpx.Response(500))
    run = ran(target, tmp_path, limits_of(20), inner)
    assert "no-server-error" in run.rules
    bodies = [body for _, path, body in run.watched.seen if path in {SEND, BULK}]
    assert len(bodies) == len(set(bodies)) == run.plan.requests


def test_a_gateway_that_never_answers_counts_as_one_that_sent(tmp_path: Path) -> None:
    def broken_off(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("gone", request=request)

    target, inner = everything(broken_off)
    run = ran(target, tmp_path, limits_of(20), inner)
    assert "answers-at-all" in run.rules
    assert run.told.sends == 20
    assert {one.status for one in run.told.sent} == {None}


def test_a_gateway_that_asks_to_wait_is_no_broken_one(tmp_path: Path) -> None:
    problem = {"type": "about:blank", "title": "Too Many Requests", "status": 429, "detail": "wait"}
    headers = {"content-type": "application/problem+json", "retry-after": "1", "cache-control": "no-store"}
    target, inner = everything(
        lambda _: httpx.Response(429, headers=headers, content=json.dumps(problem).encode())
    )
    run = ran(target, tmp_path, limits_of(20), inner)
    assert "good-is-taken" not in run.rules
    assert "a good request" in run.report.layers[0].record.skipped


def test_what_a_gateway_calls_an_id_is_written_only_where_it_is_one(tmp_path: Path) -> None:
    odd = {"messageId": TEXT, "correlationId": CLIENT_SECRET, "bulkId": MINE[0].removeprefix("+")}
    odd["nested"] = {"messageId": "eyJ.a.b", "correlationId": "fine-1"}  # type: ignore[assignment]
    target, inner = everything(lambda _: httpx.Response(200, json=odd))
    run = ran(replace(target, client_secret=CLIENT_SECRET.replace(" ", "-")), tmp_path, limits_of(5), inner)
    assert {pair for one in run.told.sent for pair in one.ids} == {("correlationId", "fine-1")}


@pytest.mark.parametrize(
    ("numbers", "max_sends", "rate"),
    [
        ((), 1, 1.0),
        (("0200000001",), 1, 1.0),
        (("+233200000001\n",), 1, 1.0),
        (("+12345",), 1, 1.0),
        (("+233200000001", "233200000001"), 1, 1.0),
        (MINE, 0, 1.0),
        (MINE, True, 1.0),
        (MINE, 1, 0.0),
        (MINE, 1, -1.0),
        (MINE, 1, float("nan")),
        (MINE, 1, float("inf")),
    ],
)
def test_limits_that_make_no_sense(numbers: tuple[str, ...], max_sends: int, rate: float) -> None:
    with pytest.raises(LimitsError) as caught:
        Limits(numbers=numbers, max_sends=max_sends, rate=rate)
    assert not any(number in str(caught.value) for number in numbers)


def test_no_whole_number_stands_in_a_repr() -> None:
    assert not any(number in repr(limits_of()) for number in MINE)


@dataclass
class Guarded:
    """A guard, and what came through it."""

    client: httpx.BaseTransport
    through: list[httpx.Request]
    path: Path
    time: Time

    def ask(self, method: str, url: str, content: bytes = b"", **headers: str) -> httpx.Response:
        held = {"content-type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.client.handle_request(
            httpx.Request(method, url, headers=held if content else headers, content=content)
        )

    def send(self, body: object, path: str = SEND, **headers: str) -> httpx.Response:
        return self.ask("POST", BASE + path, json.dumps(body).encode(), **headers)


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    yield from _guarded(tmp_path / "journal", limits_of(5))


def _guarded(path: Path, limits: Limits, time: Time | None = None) -> Iterator[Guarded]:
    through: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        through.append(request)
        return httpx.Response(200, json={})

    target = Target(
        base_url=BASE,
        client_id="me",
        client_secret="secret",
        edition=LATEST,
        transport=httpx.MockTransport(handle),
    )
    written = journal.Journal(path)
    time = time or Time()
    with open_safely(target, limits, written, clock=time.clock, sleep=time.sleep) as (asked, _):
        assert asked.transport is not None
        yield Guarded(asked.transport, through, path, time)
    written.close()


def a_body(**fields: object) -> dict[str, object]:
    return {"text": "Hello there", "destination": MINE[0], **fields}


def test_what_keeps_to_the_rules_passes_unchanged(guarded: Guarded) -> None:
    body = json.dumps(a_body(destination=MINE[1] + "x")).encode()
    guarded.ask("POST", BASE + SEND, body)
    guarded.send({"messages": [{"text": "Hi", "destinations": [{"destination": one} for one in MINE]}]}, BULK)
    guarded.ask("GET", f"{BASE}{STATUS}some-id/v1")
    guarded.ask("GET", f"{BASE}{STATUS}bulk/some-id/v1?page=0&size=2&sort=messageId&sort=destination")
    assert guarded.through[0].read() == body
    assert [one.method for one in guarded.through] == ["POST", "POST", "GET", "GET"]
    told = journal.read(guarded.path)
    assert (told.asked, told.sends, told.ended) == (4, 3, None)


@pytest.mark.parametrize(
    ("error", "body"),
    [
        (ForeignNumberError, a_body(destination=FOREIGN)),
        (ForeignNumberError, a_body(destination=f"{MINE[0]},{FOREIGN}")),
        (ForeignNumberError, a_body(destination=f"{MINE[0]}1")),
        (ForeignNumberError, a_body(destination=MINE[0][:-1])),
        (ForeignNumberError, a_body(destination="00" + MINE[0][1:])),
        (ForeignNumberError, a_body(destination=int(FOREIGN[1:]))),
        (ForeignNumberError, a_body(destination=[FOREIGN])),
        (ForeignNumberError, a_body(destination=[])),
        (ForeignNumberError, a_body(destination={"number": FOREIGN})),
        (ForeignNumberError, a_body(destination="\uff0b\uff11\uff12025550199")),
        (ForeignNumberError, a_body(Destination=FOREIGN)),
        (ForeignNumberError, a_body(to=FOREIGN)),
        (ForeignNumberError, a_body(recipients=["a", {"b": "tel:+1-202-555-0199"}])),
        (ForeignNumberError, a_body(more=12025550199)),
        (ForeignNumberError, a_body(more={"destination": "12345"})),
        (ForeignNumberError, a_body(destination="12345")),
        (ForeignNumberError, a_body(to="123")),
        (ForeignNumberError, a_body(**{FOREIGN: "x"})),
        (ForeignNumberError, a_body(messageId=FOREIGN[1:])),
        (ForeignNumberError, a_body(messages=[{"destinations": [{"destination": FOREIGN}]}])),
        (TooLongError, a_body(text="x" * 400)),
        (TooLongError, a_body(text="ж" * 200)),
        (UnreadableError, [a_body()]),
        (UnreadableError, None),
        (UnreadableError, a_body(priority=float("nan"))),
    ],
)
def test_a_body_with_a_foreign_number_or_none_that_can_be_read_stays(
    guarded: Guarded, error: type[GuardError], body: object
) -> None:
    with pytest.raises(error) as caught:
        guarded.send(body)
    assert guarded.through == []
    assert FOREIGN[1:] not in str(caught.value)
    assert journal.read(guarded.path).refused == {error.__name__: 1}


@pytest.mark.parametrize(
    ("destinations", "error"),
    [
        ([{"destination": MINE[0]}, {"destination": FOREIGN}], ForeignNumberError),
        ([{"destination": MINE[0]}, FOREIGN], ForeignNumberError),
        ([{"destination": MINE[0]}, [{"destination": FOREIGN}]], ForeignNumberError),
        (f"{MINE[0]};{FOREIGN}", ForeignNumberError),
        ({"0": {"destination": FOREIGN}}, ForeignNumberError),
        ([{"destination": MINE[0]}] * 6, TooManySendsError),
        ([{}] * 6, TooManySendsError),
        ([{"destination": None}] * 6, TooManySendsError),
    ],
)
def test_a_bulk_beyond_the_limits_stays(
    guarded: Guarded, destinations: object, error: type[GuardError]
) -> None:
    with pytest.raises(error):
        guarded.send({"messages": [{"text": "Hi", "destinations": destinations}]}, BULK)
    assert guarded.through == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"destination=%2B12025550199",
        json.dumps(a_body()).encode("utf-16"),
        json.dumps(a_body()).encode("utf-8-sig"),
        b'{"text": "Hi", "destination": "+12025550199", "destination": "+233200000001"}',
        b'{"text": "Hi", "destination": "+233200000001", "destin\\u0061tion": "+12025550199"}',
        b'{"text": "Hi", "destination": "+233200000001"} {"destination": "+12025550199"}',
        b"[" * 100_000,
        b'{"priority": 1' + b"0" * 5000 + b"}",
    ],
)
def test_a_body_that_reads_in_more_than_one_way_stays(guarded: Guarded, content: bytes) -> None:
    with pytest.raises(UnreadableError):
        guarded.ask("POST", BASE + SEND, content)
    assert guarded.through == []


@pytest.mark.parametrize(
    ("error", "method", "url"),
    [
        (ForeignHostError, "GET", f"http://elsewhere.example{STATUS}x/v1"),
        (ForeignHostError, "GET", f"https://127.0.0.1{STATUS}x/v1"),
        (ForeignHostError, "GET", f"http://127.0.0.1:81{STATUS}x/v1"),
        (ForeignHostError, "GET", f"http://me:secret@127.0.0.1{STATUS}x/v1"),
        (UnplannedError, "DELETE", f"{BASE}{STATUS}x/v1"),
        (UnplannedError, "PUT", f"{BASE}{SEND}"),
        (UnplannedError, "GET", f"{BASE}/_emulator/health"),
        (UnplannedError, "GET", f"{BASE}/api/sms/messages/delivery-receipt/v1"),
        (UnplannedError, "GET", f"{BASE}{STATUS}%2e%2e%2fx/v1"),
        (UnplannedError, "GET", f"{BASE}{STATUS}a%2Fb/v1"),
        (UnplannedError, "GET", f"{BASE}{STATUS}a%00b/v1"),
        (UnplannedError, "GET", f"{BASE}{STATUS}x/v1?_method=DELETE"),
        (UnplannedError, "GET", f"{BASE}{STATUS}x/v1?%5Fmethod=DELETE"),
        (UnplannedError, "GET", f"{BASE}{STATUS}bulk/x/v1?size=2;_method=DELETE"),
    ],
)
def test_what_is_not_planned_stays(guarded: Guarded, error: type[GuardError], method: str, url: str) -> None:
    with pytest.raises(error):
        guarded.ask(method, url)
    assert guarded.through == []


@pytest.mark.parametrize(
    "headers",
    [
        {"x_http_method_override": "DELETE"},
        {"content_encoding": "gzip"},
        {"transfer_encoding": "chunked"},
        {"content_length": "3"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"content_type": "application/json; charset=utf-16"},
        {"authorization": "Bearer x\r\nx-more: y"},
    ],
)
def test_headers_by_which_a_request_reads_otherwise_stay(guarded: Guarded, headers: dict[str, str]) -> None:
    with pytest.raises(UnplannedError):
        guarded.send(a_body(), **headers)
    assert guarded.through == []


def test_another_host_in_a_header_stays(guarded: Guarded) -> None:
    with pytest.raises(ForeignHostError):
        guarded.send(a_body(), host="elsewhere.example")
    assert guarded.through == []


def test_an_extension_leads_nowhere_else(guarded: Guarded) -> None:
    request = httpx.Request("GET", f"{BASE}{STATUS}x/v1", extensions={"target": b"/elsewhere"})
    guarded.client.handle_request(request)
    assert "target" not in guarded.through[0].extensions


def test_no_more_than_allowed_is_sent_one_by_one(guarded: Guarded) -> None:
    for _ in range(5):
        guarded.send(a_body())
    with pytest.raises(TooManySendsError):
        guarded.send(a_body())
    guarded.ask("GET", f"{BASE}{STATUS}x/v1")
    assert len(guarded.through) == 6


def test_each_destination_of_a_bulk_counts(guarded: Guarded) -> None:
    bulk = {"messages": [{"text": "Hi", "destinations": [{"destination": one} for one in (*MINE, MINE[0])]}]}
    guarded.send(bulk, BULK)
    with pytest.raises(TooManySendsError):
        guarded.send(bulk, BULK)
    assert len(guarded.through) == 1


def test_tokens_are_not_asked_for_on_and_on(guarded: Guarded) -> None:
    form = {"content_type": "application/x-www-form-urlencoded"}
    for _ in range(4):
        guarded.ask("POST", BASE + TOKEN, b"grant_type=client_credentials", **form)
    with pytest.raises(TooManyTokensError):
        guarded.ask("POST", BASE + TOKEN, b"grant_type=client_credentials", **form)
    assert len(guarded.through) == 4


def test_nothing_is_sent_too_fast_where_waiting_does_not_help(tmp_path: Path) -> None:
    class Standing(Time):
        def sleep(self, seconds: float) -> None:
            """Come back at once."""

    for guard in _guarded(tmp_path / "journal", limits_of(), Standing()):
        guard.send(a_body())
        with pytest.raises(TooFastError):
            guard.send(a_body())
        assert len(guard.through) == 1


def test_a_line_is_in_the_journal_before_the_request_leaves(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    before: list[int] = []

    def handle(_: httpx.Request) -> httpx.Response:
        before.append(journal.read(path).sends)
        return httpx.Response(200, json={})

    target = Target(
        base_url=BASE,
        client_id="me",
        client_secret="secret",
        edition=LATEST,
        transport=httpx.MockTransport(handle),
    )
    time = Time()
    written = journal.Journal(path)
    with open_safely(target, limits_of(), written, clock=time.clock, sleep=time.sleep) as (asked, _):
        for _ in range(3):
            assert asked.transport is not None
            content = json.dumps(a_body()).encode()
            headers = {"content-type": "application/json"}
            asked.transport.handle_request(
                httpx.Request("POST", BASE + SEND, content=content, headers=headers)
            )
    assert before == [1, 2, 3]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_nothing_leaves_that_can_not_be_written_down(tmp_path: Path) -> None:
    class Full(journal.Journal):
        def __init__(self, path: Path) -> None:
            super().__init__(path)
            os.dup2(os.open("/dev/full", os.O_WRONLY), self._file)

    through: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        through.append(request)
        return httpx.Response(200)

    target = Target(
        base_url=BASE,
        client_id="me",
        client_secret="secret",
        edition=LATEST,
        transport=httpx.MockTransport(handle),
    )
    time = Time()
    written = Full(tmp_path / "journal")
    with open_safely(target, limits_of(), written, clock=time.clock, sleep=time.sleep) as (asked, _):
        for _ in range(2):
            assert asked.transport is not None
            with pytest.raises(JournalError):
                asked.transport.handle_request(httpx.Request("GET", f"{BASE}{STATUS}x/v1"))
    written.close()
    assert through == []


def test_a_journal_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_text("mine", "utf-8")
    target, inner = everything(lambda _: httpx.Response(500))
    with pytest.raises(JournalError, match="name another file"):
        run_safely(replace(target, transport=inner), limits_of(), path, confirm=lambda _: True)
    assert path.read_text("utf-8") == "mine"


def test_half_a_line_at_the_end_is_no_request(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    for guard in _guarded(path, limits_of()):
        guard.send(a_body(messageId="id-1"))
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"event": "asking", "number": 2, "dest')
    told = journal.read(path)
    assert (told.sends, told.ended) == (1, None)
    assert "cut off" in told.lines()[0]
    path.write_bytes(b"{}\n" + whole)
    with pytest.raises(JournalError):
        journal.read(path)
    with pytest.raises(JournalError):
        journal.read(tmp_path / "none")


@pytest.mark.parametrize(("error", "how"), [(KeyboardInterrupt, "interrupted"), (MemoryError, "failed")])
def test_an_interrupted_run_tells_what_was_sent(tmp_path: Path, error: type[BaseException], how: str) -> None:
    seen: list[bytes] = []

    def stop(request: httpx.Request) -> httpx.Response:
        if request.url.path in {SEND, BULK}:
            seen.append(request.read())
        if len(seen) == 3:
            raise error
        return httpx.Response(401, json={})

    target, inner = everything(stop)
    time = Time()
    path = tmp_path / "journal"
    with pytest.raises(error):
        run_safely(
            replace(target, transport=inner),
            limits_of(),
            path,
            confirm=lambda _: True,
            clock=time.clock,
            sleep=time.sleep,
        )
    told = journal.read(path)
    assert (told.ended, len(told.sent), told.sent[-1].status) == (how, 3, None)


_KILLED = """
import sys
from itertools import pairwise
from pathlib import Path
from blackkonnect_contract.safe import Limits, run_safely
from blackkonnect_contract.target import Target
url, client, secret, edition, path = sys.argv[1:]
target = Target(base_url=url, client_id=client, client_secret=secret, edition=edition)
limits = Limits(numbers=("+233200000001", "+233200000002"), max_sends=60, rate=1000.0)
run_safely(target, limits, Path(path), confirm=lambda plan: print("ready", flush=True) or True)
"""


@pytest.mark.parametrize("count", [1, 4])
def test_a_killed_run_leaves_a_journal_of_all_that_the_gateway_saw(tmp_path: Path, count: int) -> None:
    seen: list[set[str]] = []
    children: list[subprocess.Popen[str]] = []

    def wrap(app: Any) -> Any:
        async def around(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or scope["path"] not in {SEND, BULK}:
                await app(scope, receive, send)
                return
            body = b""
            more = True
            while more:
                event = await receive()
                body, more = body + event.get("body", b""), event.get("more_body", False)
            if len(seen) < count:
                seen.append(set(_ids(json.loads(body))))
            if len(seen) == count:
                children[0].send_signal(signal.SIGKILL)
                return
            parts = [{"type": "http.request", "body": body, "more_body": False}]
            await app(scope, lambda: _next(parts, receive), send)

        return around

    with opened(LATEST, wrap, over_http=True) as target:
        path = tmp_path / "journal"
        told = [target.base_url, target.client_id, target.client_secret, LATEST, str(path)]
        with subprocess.Popen(  # noqa: S603 - this Python
            [sys.executable, "-c", _KILLED, *told],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        ) as child:
            children.append(child)
            assert child.wait(60) == -signal.SIGKILL
    summary = journal.read(path)
    assert summary.ended is None
    sent = [{message_id for _, _, message_id in one.destinations} for one in summary.sent]
    assert sent == seen
    assert [one.status for one in summary.sent[:-1]] == [200, 200, 401][: count - 1]
    assert summary.sent[-1].status is None


async def _next(parts: list[dict[str, Any]], receive: Any) -> Any:
    return parts.pop() if parts else await receive()


def _ids(body: dict[str, Any]) -> Iterator[str]:
    if "messages" not in body:
        yield body["messageId"]
    for message in body.get("messages", ()):
        for one in message["destinations"]:
            yield one["messageId"]


_NUMBERS = st.one_of(
    st.sampled_from(
        [*MINE, FOREIGN, FOREIGN[1:], f"{MINE[0]}x", f"{MINE[0]},{FOREIGN}", "", None, 12025550199]
    ),
    st.from_regex(r"\+?[1-9][0-9]{6,14}", fullmatch=True),
    st.lists(st.just(FOREIGN), max_size=2),
    st.just({"destination": FOREIGN}),
)
_NAMES = st.sampled_from(
    ["destination", "destinations", "messages", "text", "to", "Destination", "messageId", "sourceAddress"]
)
_ANYTHING = st.recursive(
    _NUMBERS | st.text(max_size=8) | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)
_BULKS = st.fixed_dictionaries(
    {
        "messages": st.lists(
            st.fixed_dictionaries(
                {
                    "text": st.just("Hi there"),
                    "destinations": st.lists(
                        st.dictionaries(_NAMES, _NUMBERS, max_size=2) | _ANYTHING, max_size=4
                    ),
                }
            ),
            max_size=2,
        )
    }
)
_CHANGES = st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=3)), max_size=2)


@seed(20260302)
@settings(max_examples=400, deadline=None, database=None)
@given(
    body=st.dictionaries(_NAMES, _ANYTHING, max_size=5) | _BULKS,
    path=st.sampled_from([SEND, BULK]),
    changes=_CHANGES,
)
def test_no_body_by_chance_sends_to_a_foreign_number(
    shared: tuple[Guarded, list[int]], body: Any, path: str, changes: list[tuple[int, bytes]]
) -> None:
    guard, passed = shared
    content = json.dumps(body).encode()
    for place, piece in changes:
        content = content[:place] + piece + content[place + len(piece) :]
    guard.through.clear()
    try:
        guard.ask("POST", BASE + path, content)
    except GuardError:
        assert guard.through == []
        return
    passed.append(1)
    left = guard.through[0].read()
    assert left == content
    held = json.loads(left)
    assert all(str(one or "").strip(" x") in {"", *MINE} for one in recipients(held))
    assert b"12025550199" not in left


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Guarded, list[int]]]:
    passed: list[int] = []
    limits = Limits(numbers=MINE, max_sends=10**9, rate=1e9)
    for guard in _guarded(tmp_path_factory.mktemp("guard") / "journal", limits):
        yield guard, passed
    # A guard that lets nothing pass would prove nothing.
    assert len(passed) > 20
