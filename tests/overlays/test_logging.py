"""What the logger ``blackkonnect_sms`` tells, and that it tells nothing of what was sent."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import BlackkonnectError, BlackkonnectSMS, OutcomeUnknown, RetryPolicy
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blackkonnect_emulator.fixture import EmulatorFixture

    from tests.overlays.conftest import Api, Gateway

TO = "+233200000001"
TEXT = "your code is 482913"
DEBUG, INFO, WARNING, ERROR = logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[int], list[tuple[int, str]]]:
    """Return what the client told from a level on."""
    caplog.set_level(logging.DEBUG, logger="blackkonnect_sms")

    def lines(least: int) -> list[tuple[int, str]]:
        records = [one for one in caplog.records if one.name == "blackkonnect_sms"]
        return [(one.levelno, one.getMessage()) for one in records if one.levelno >= least]

    return lines


def test_a_send_that_is_taken(sms: Api, told: Callable[[int], list[tuple[int, str]]]) -> None:
    sent = sms.send(TO, TEXT)
    assert told(DEBUG) == [
        (INFO, "a token came, valid for 3600 s; the next is asked for after 3540 s"),
        (DEBUG, "sendMessage: try 1 ended with HTTP 200 after 0.000 s"),
        (INFO, f"sendMessage {sent.message_id}: accepted (HTTP 200)"),
    ]


def test_how_long_a_try_took(
    sms: Api, gateway: Gateway, told: Callable[[int], list[tuple[int, str]]]
) -> None:
    gateway.takes = 1.5
    sms.send(TO, TEXT)
    # The token took as long, and is asked for within the first try.
    assert (DEBUG, "sendMessage: try 1 ended with HTTP 200 after 3.000 s") in told(DEBUG)


def test_a_send_that_is_repeated(
    make: Callable[..., Api], gateway: Gateway, told: Callable[[int], list[tuple[int, str]]]
) -> None:
    gateway.script["send"] = ["429:2", "connect", "ok"]
    make(retry=RetryPolicy(base=0.0)).send(TO, TEXT)
    assert told(WARNING) == [
        (WARNING, "sendMessage: try 1 failed (HTTP 429); repeated in 2.000 s"),
        (WARNING, "sendMessage: try 2 failed (ConnectError); repeated in 0.000 s"),
    ]
    assert (DEBUG, "sendMessage: try 3 ended with HTTP 200 after 0.000 s") in told(DEBUG)


def test_a_send_that_is_refused(
    sms: Api, gateway: Gateway, told: Callable[[int], list[tuple[int, str]]]
) -> None:
    gateway.script["bulk"] = ["400"]
    with pytest.raises(BlackkonnectError):
        sms.send_bulk([TO], TEXT, bulk_id="spring")
    assert told(INFO)[-1] == (INFO, "sendBulkMessages spring: not sent (HTTP 400)")


@pytest.mark.parametrize("operation", ["send", "bulk"])
def test_an_answer_that_is_lost_and_found(
    sms: Api, gateway: Gateway, told: Callable[[int], list[tuple[int, str]]], operation: str
) -> None:
    gateway.script[operation] = ["timeout taken"]
    name = _sent(sms, operation)
    assert told(INFO)[1:] == [
        (WARNING, f"{name}: the answer was lost (ReadTimeout); asking for it by its id"),
        (INFO, f"{name}: the gateway has it"),
    ]


@pytest.mark.parametrize("operation", ["send", "bulk"])
def test_an_answer_that_stays_unknown_until_it_is_asked_for_again(
    sms: Api, gateway: Gateway, told: Callable[[int], list[tuple[int, str]]], operation: str
) -> None:
    gateway.script[operation] = ["closed taken"]
    gateway.lag = 1000
    with pytest.raises(OutcomeUnknown) as raised:
        _sent(sms, operation)
    name = _name(operation)
    absent = f"{name}: it may have been sent or not; the gateway answered that it does not know them"
    assert told(WARNING) == [
        (WARNING, f"{name}: the answer was lost (RemoteProtocolError); asking for it by its id"),
        (ERROR, absent),
    ]
    with pytest.raises(OutcomeUnknown):
        sms.reconcile(raised.value)
    assert told(WARNING)[2:] == [(ERROR, absent)]
    gateway.lag = 0
    sms.reconcile(raised.value)
    assert told(INFO)[-1] == (INFO, f"{name}: the gateway has it")


def test_a_send_that_is_absent_and_sent_again(
    make: Callable[..., Api], gateway: Gateway, told: Callable[[int], list[tuple[int, str]]]
) -> None:
    gateway.script["send"] = ["500"]
    make(resend_when_absent=True).send(TO, TEXT, message_id="m-1")
    assert told(WARNING) == [
        (WARNING, "sendMessage m-1: the answer was lost (HTTP 500); asking for it by its id"),
        (WARNING, "sendMessage m-1: not known after try 1; sent again with the same ids"),
    ]


def test_a_hook_that_fails_while_it_is_asked_for(
    make: Callable[..., Api], gateway: Gateway, told: Callable[[int], list[tuple[int, str]]]
) -> None:
    def fail(_: object) -> None:
        raise LookupError(TEXT)

    gateway.script["send"] = ["500"]
    with pytest.raises(OutcomeUnknown):
        make(resend_when_absent=True, on_retry=fail).send(TO, TEXT, message_id="m-1")
    assert told(ERROR) == [
        (ERROR, "sendMessage m-1: it may have been sent or not; asking for it failed (LookupError)")
    ]


def test_a_send_that_is_cut_off(
    sms: Api, gateway: Gateway, told: Callable[[int], list[tuple[int, str]]], kind: str
) -> None:
    stop = KeyboardInterrupt if kind == "sync" else asyncio.CancelledError

    def cut(_: httpx.Request) -> httpx.Response:
        raise stop

    gateway.script["send"] = [cut]
    with pytest.raises(stop):
        sms.send(TO, TEXT, message_id="m-1")
    assert told(WARNING) == [
        (ERROR, f"sendMessage m-1: it may have been sent or not; it was cut off ({stop.__name__})")
    ]


def test_a_wait(sms: Api, gateway: Gateway, told: Callable[[int], list[tuple[int, str]]]) -> None:
    sent = sms.send_bulk([TO, "+233200000002"], TEXT)
    gateway.standing[sent.message_ids[0]] = "DELIVERED"
    sms.wait(sent, timeout=0.2)
    assert [line for _, line in told(DEBUG) if line.startswith("wait")] == [
        "wait: 1 of 2 messages are not final; asking again in 0.200 s"
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("233200000001", "…0001"),
        ("to +233200000001 today", "to …0001 today"),
        ("order-7", "order-7"),
        ("two\nlines", "two lines"),
        ("01931f6e-1234-7123-8123-123456789012", "01931f6e-1234-7123-8123-123456789012"),
        ("x" * 200, "x" * 100),
    ],
)
def test_ids_are_shown_without_numbers(
    sms: Api, told: Callable[[int], list[tuple[int, str]]], name: str, shown: str
) -> None:
    sms.send(TO, TEXT, message_id=name)
    assert told(INFO)[-1] == (INFO, f"sendMessage {shown}: accepted (HTTP 200)")


def test_a_program_that_set_no_logging_up_sees_nothing(blackkonnect_emulator: EmulatorFixture) -> None:
    blackkonnect_emulator.add_fault("answer-lost", operation="sendMessage", count=1)
    code = (
        "from blackkonnect_sms import BlackkonnectSMS\n"
        "with BlackkonnectSMS.from_env() as sms: print(sms.send('+233200000001', 'hello').reconciled)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, **blackkonnect_emulator.env},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


# From here on: whatever happens, nothing that is private is told.

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# With what stands in no name of the code, which hypothesis likes to try and a log may well tell.
WORDS = st.text(LETTERS, min_size=12, max_size=24).map("q7{}x9".format)
CODES = st.from_regex(r"[1-9][0-9]{8}", fullmatch=True)
NUMBERS = st.from_regex(r"\+[1-9][0-9]{10,14}", fullmatch=True)
FAULTS = st.sampled_from(
    ["ok", "ok", "400", "401", "404", "409", "429", "500", "connect", "timeout", "closed", "garbled"]
)
CALLS = st.sampled_from(["send", "bulk", "bulks", "status", "statuses", "wait", "reconcile"])


class _Captured(logging.Handler):
    """Everything that any logger tells, with all that its records hold."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def shown_by(self, *names: str) -> str:
        formatter = logging.Formatter("%(name)s %(message)s %(exc_info)s %(exc_text)s %(stack_info)s")
        return "\n".join(
            f"{formatter.format(one)} {vars(one)!r}"
            for one in self.records
            if one.name.partition(".")[0] in names
        )


@contextlib.contextmanager
def everything_captured() -> Iterator[_Captured]:
    captured, root = _Captured(), logging.getLogger()
    before = root.level
    root.addHandler(captured)
    root.setLevel(logging.DEBUG)
    try:
        yield captured
    finally:
        root.removeHandler(captured)
        root.setLevel(before)


class Indiscreet:
    """A gateway that repeats, in all that it answers and in all its failures, whatever it was told."""

    def __init__(self, faults: list[str], tokens: Iterator[str]) -> None:
        self.faults, self.tokens = faults, tokens
        self.given: set[str] = set()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        fault = self.faults.pop(0) if self.faults else "ok"
        echo = f"{request.url} {dict(request.headers)} {request.content.decode()}"
        failures = {
            "connect": httpx.ConnectError,
            "timeout": httpx.ReadTimeout,
            "closed": httpx.RemoteProtocolError,
        }
        if fault in failures:
            raise failures[fault](echo, request=request)
        headers = {"X-Echo": echo.encode("ascii", "replace").decode()}
        if fault == "garbled":
            return httpx.Response(200, content=echo.encode(), headers=headers)
        if fault != "ok":
            problem = {"title": echo, "detail": echo, "correlationId": echo}
            return httpx.Response(int(fault), json=problem, headers=headers)
        if request.content.startswith(b"grant_type"):
            token = next(self.tokens)
            self.given.add(token)
            return httpx.Response(200, json={"token": token}, headers=headers)
        return httpx.Response(200, json=_answer(request, echo), headers=headers)


def _answer(request: httpx.Request, echo: str) -> object:
    if request.method == "GET":
        name = request.url.path.split("/")[-2]
        return {"messageId": name, "deliveryStatus": "DELIVERED", "destination": echo[:100]}
    body = json.loads(request.content)
    return {"isSuccessful": True, "deliveryStatus": echo, "bulkId": body.get("bulkId"), "message": echo}


@pytest.mark.parametrize("kind", ["sync", "async"])
@given(data=st.data())
def test_nothing_private_is_ever_told(kind: str, world: Any, data: st.DataObject) -> None:
    secret, code = data.draw(WORDS, "secret"), data.draw(CODES, "code")
    text = f"{data.draw(WORDS, 'text')} {code}"
    numbers = data.draw(st.lists(NUMBERS, min_size=1, max_size=3, unique=True), "numbers")
    name = data.draw(st.sampled_from([None, numbers[0], f"for {numbers[0]}", "order-7"]), "id")
    tokens = iter(data.draw(st.lists(WORDS, min_size=60, max_size=60, unique=True), "tokens"))
    gateway = Indiscreet(data.draw(st.lists(FAULTS, max_size=12), "faults"), tokens)
    api: Api = world.client_for(
        kind,
        world.Gateway(),
        client_secret=secret,
        transport=httpx.MockTransport(gateway),
        reconcile_for=1.0,
        resend_when_absent=data.draw(st.booleans(), "resend"),
    )
    with everything_captured() as captured:
        for call in data.draw(st.lists(CALLS, min_size=1, max_size=3), "calls"):
            with contextlib.suppress(BlackkonnectError):
                _called(api, call, numbers, text, name)
        api.close()
    shown = captured.shown_by("blackkonnect_sms")
    private = [secret, *gateway.given, text, text.partition(" ")[0], code]
    assert [piece for piece in private if piece in shown] == []
    assert [number for number in numbers if number[1:] in shown] == []
    assert all(one.exc_info is None and one.stack_info is None for one in captured.records)


def _called(api: Api, call: str, numbers: list[str], text: str, name: str | None) -> None:
    calls: dict[str, Callable[[], object]] = {
        "send": lambda: api.send(numbers[0], text, message_id=name, request_id=name),
        "bulk": lambda: api.send_bulk(numbers, text, bulk_id=name, request_size=1),
        "bulks": lambda: api.send_bulks(numbers, text, bulk_id=name, concurrency=1),
        "status": lambda: api.status(name or "m-1"),
        "statuses": lambda: api.statuses(name or "b-1"),
        "wait": lambda: api.wait(name or "m-1", timeout=1),
    }
    try:
        calls.get(call, calls["send"])()
    except OutcomeUnknown as error:
        if call == "reconcile":
            api.reconcile(error)


@pytest.mark.blackkonnect_emulator(
    faults=[
        "token-refused:operation=sendMessage,count=1",
        "answer-lost:operation=sendMessage,count=1",
        "garbled:operation=sendBulkMessages,count=1",
        "truncated:operation=getMessageStatus,count=1",
        "rate-limited:operation=sendMessage,count=1,retry_after=0",
    ]
)
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_nothing_private_is_told_over_connections_by_the_http_library_either(
    blackkonnect_emulator: EmulatorFixture, kind: str
) -> None:
    tokens: set[str] = set()

    def note(request: httpx.Request) -> None:
        tokens.add(request.headers.get("Authorization", "").removeprefix("Bearer "))

    async def note_async(request: httpx.Request) -> None:
        await asyncio.sleep(0)
        note(request)

    async def asynchronous() -> None:
        from blackkonnect_sms import AsyncBlackkonnectSMS  # noqa: PLC0415

        hooks = {"request": [note_async]}
        async with AsyncBlackkonnectSMS.from_env(blackkonnect_emulator.env, event_hooks=hooks) as sms:
            sent = await sms.send(TO, TEXT)
            bulk = await sms.send_bulk([TO, "+233200000002"], TEXT)
            await sms.status(sent)
            await sms.wait(bulk, timeout=0)

    with everything_captured() as captured:
        if kind == "async":
            asyncio.run(asynchronous(), debug=True)
        else:
            hooks = {"request": [note]}
            with BlackkonnectSMS.from_env(blackkonnect_emulator.env, event_hooks=hooks) as sms:
                sent = sms.send(TO, TEXT)
                bulk = sms.send_bulk([TO, "+233200000002"], TEXT)
                sms.status(sent)
                sms.wait(bulk, timeout=0)
    tokens.discard("")
    assert tokens
    assert "httpcore" in {one.name.partition(".")[0] for one in captured.records}
    shown = captured.shown_by("blackkonnect_sms", "httpx", "httpcore", "asyncio")
    secret = blackkonnect_emulator.client_secret
    assert [piece for piece in (secret, *tokens, TEXT, "482913", TO, TO[1:]) if piece in shown] == []


def _name(operation: str) -> str:
    return "sendMessage m-1" if operation == "send" else "sendBulkMessages b-1"


def _sent(sms: Api, operation: str) -> str:
    if operation == "send":
        sms.send(TO, TEXT, message_id="m-1")
    else:
        sms.send_bulk([TO], TEXT, bulk_id="b-1")
    return _name(operation)
