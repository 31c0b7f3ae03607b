"""10,000 sends, a fault on every fifth request, and the gateway's own ledger as the judge.

Client and emulator share this process, and the client's clock moves only when it waits. The faults of the
emulator are real. Those of the network between them come from a transport; a fast client takes none, so it
talks to the emulator through a socket, and has the emulator's faults alone.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import (
    AsyncBlackkonnectSMS,
    BlackkonnectSMS,
    BulkResult,
    OutcomeUnknown,
    Refused,
    SendResult,
)
from blackkonnect_sms.clock import Clock

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from blackkonnect_emulator import Emulator

emulator = pytest.importorskip("blackkonnect_emulator")

SEED = 20_260_302
SHARE = 0.2
# Of each client.
SINGLES, IN_BULKS = 1_400, 3_600
NUMBERS = [f"+2332{index:08}" for index in range(SINGLES + IN_BULKS)]
CROWD, BULK, REQUEST = 10, 300, 5
CREDENTIALS = {"client_id": "acme", "client_secret": "s3cr3t-of-acme"}
AT_THE_GATEWAY: list[dict[str, Any]] = [
    {"kind": "rate-limited", "retry_after": 2},
    {"kind": "internal-error"},
    {"kind": "internal-error", "taken": True},
    {"kind": "unavailable", "retry_after": 3},
    {"kind": "unavailable", "taken": True},
    {"kind": "closed"},
    {"kind": "answer-lost"},
    {"kind": "truncated"},
    {"kind": "garbled"},
    {"kind": "token-refused"},
]
ON_THE_WAY = ["refused", "late", "late-taken"]
CHANCE = SHARE / (len(AT_THE_GATEWAY) + len(ON_THE_WAY))
LAG = {"kind": "status-lags", "seconds": 3600, "probability": SHARE}


class FakeClock(Clock):
    """A clock that moves when somebody waits by it."""

    def __init__(self) -> None:
        self.passed = 0.0
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.passed += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)
        await asyncio.sleep(0)


class Socket:
    """The way to an emulator through a socket, for the fast clients.

    Attributes:
        settings: What a client takes it by.
    """

    def __init__(self, base_url: str) -> None:
        self.settings: dict[str, Any] = {"base_url": base_url, "fast": True}
        self.client = httpx.Client(base_url=base_url)

    def control(self, method: str, path: str, query: dict[str, Any] | None = None, body: Any = None) -> Any:
        """Ask the control API of the emulator."""
        answer = self.client.request(method, path, params=query, json=body)
        assert answer.is_success, answer.content
        return answer.json() if answer.content else None

    def deliver(self) -> None:
        """Let all that is late arrive: nothing is."""

    def end_faults(self) -> None:
        """Let all go well from now on, after each kind of fault took part."""
        _end_faults_at_the_gateway(self)


class Network(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The way to an emulator in this process, for both clients, with faults of its own.

    The emulator lives in an event loop of its own thread. A connection is refused before anything arrives.
    A request that is late arrives when its sender has given it up, at once or many requests later.

    Attributes:
        settings: What a client takes it by.
    """

    def __init__(self, app: Emulator) -> None:
        self.settings = {"base_url": "http://127.0.0.1", "transport": self}
        self.app = httpx.ASGITransport(app)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.chance = random.Random(SEED)  # noqa: S311 - the same faults each time
        self.faulty = True
        self.seen: Counter[str] = Counter()
        self.later: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run_coroutine_threadsafe(self._carried(request), self.loop).result()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._carried(request), self.loop))

    def deliver(self) -> None:
        """Let all that is late arrive."""
        while self.later:
            asyncio.run_coroutine_threadsafe(self._arrives(self.later.pop()), self.loop).result()

    def control(self, method: str, path: str, query: dict[str, Any] | None = None, body: Any = None) -> Any:
        """Ask the control API of the emulator."""
        request = httpx.Request(method, f"http://127.0.0.1{path}", params=query, json=body)
        answer = asyncio.run_coroutine_threadsafe(self._arrives(request), self.loop).result()
        assert answer is not None
        assert answer.is_success, answer.content
        return answer.json() if answer.content else None

    def end_faults(self) -> None:
        """Let all go well from now on, after each kind of fault took part."""
        _end_faults_at_the_gateway(self)
        assert min(self.seen[fault] for fault in ON_THE_WAY) > 10
        self.faulty = False

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _carried(self, request: httpx.Request) -> httpx.Response:
        self.seen["requests"] += 1
        if len(self.later) > 5 and self.chance.random() < 0.1:
            await self._arrives(self.later.pop(0))
        drawn = self.chance.random() / CHANCE
        fault = ON_THE_WAY[int(drawn)] if self.faulty and drawn < len(ON_THE_WAY) else ""
        self.seen[fault] += 1
        if fault == "refused":
            raise httpx.ConnectError("refused", request=request)
        if fault == "late":
            self.later.append(request)
            raise httpx.ReadTimeout("late", request=request)
        answer = await self._arrives(request)
        if fault == "late-taken":
            raise httpx.ReadTimeout("late", request=request)
        if answer is None:
            raise httpx.RemoteProtocolError("the connection was closed", request=request)
        return answer

    async def _arrives(self, request: httpx.Request) -> httpx.Response | None:
        copy = httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
        try:
            answer = await self.app.handle_async_request(copy)
            body = await answer.aread()
        except Exception as closed:
            if type(closed).__name__ != "ConnectionClosedError":
                raise
            return None
        return httpx.Response(answer.status_code, headers=answer.headers, content=body)


def _end_faults_at_the_gateway(way: Way) -> None:
    fired = way.control("GET", "/_emulator/faults")["faults"]
    assert len(fired) == len(AT_THE_GATEWAY) + 1
    assert min(rule["fired"] for rule in fired) > 10
    way.control("DELETE", "/_emulator/faults")


Way = Network | Socket


@pytest.fixture(params=["httpx", "fast"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    settings = emulator.Settings(
        clients={CREDENTIALS["client_id"]: CREDENTIALS["client_secret"]},
        seed=SEED,
        # What a repeat would send twice is then twice in the ledger.
        profile="lenient",
    )
    if request.param == "fast":
        pytest.importorskip("pyreqwest")
        with emulator.running(settings) as served:
            through = Socket(served.base_url)
            yield through
            through.client.close()
        return
    app = emulator.create_app(settings)
    network = Network(app)
    try:
        yield network
    finally:
        network.stop()
        app.gateway.close()


class Caller:
    """Sends by one of the clients, and keeps what each call said."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.ended: list[tuple[list[str], Any]] = []

    def told(self) -> dict[str, str]:
        """Return what was said of each number."""
        return {
            number: outcome
            for numbers, said in self.ended
            for number, outcome in _outcomes(numbers, said).items()
        }

    def unknown(self) -> list[tuple[list[str], Any]]:
        """Return the calls that left something unknown."""
        return [
            (numbers, said)
            for numbers, said in self.ended
            if isinstance(said, OutcomeUnknown) or (isinstance(said, BulkResult) and said.unknown)
        ]


class SyncCaller(Caller):
    def run(self, meanwhile: Callable[[], None]) -> None:
        """Send, let the gateway come to itself, and ask for what was unknown."""
        with BlackkonnectSMS(**self.settings) as sms:
            for number in NUMBERS[:SINGLES]:
                self.ended.append(([number], _said(partial(sms.send, number, "hello"))))
            for first in range(SINGLES, len(NUMBERS), BULK):
                numbers = NUMBERS[first : first + BULK]
                send = partial(sms.send_bulk, numbers, "hello", request_size=REQUEST)
                self.ended.append((numbers, _said(send)))
            meanwhile()
            self.ended = [
                (
                    numbers,
                    _said(partial(sms.reconcile, said) if isinstance(said, BulkResult) else said.reconcile),
                )
                for numbers, said in self.unknown()
            ]


class AsyncCaller(Caller):
    def run(self, meanwhile: Callable[[], None]) -> None:
        """Send, let the gateway come to itself, and ask for what was unknown."""
        asyncio.run(self._run(meanwhile))

    async def _run(self, meanwhile: Callable[[], None]) -> None:
        async with AsyncBlackkonnectSMS(**self.settings) as sms:
            for first in range(0, SINGLES, CROWD):
                crowd = NUMBERS[first : first + CROWD]
                sends = (_said_async(sms.send(number, "hello")) for number in crowd)
                said = await asyncio.gather(*sends)
                self.ended += [([number], one) for number, one in zip(crowd, said, strict=True)]
            for first in range(SINGLES, len(NUMBERS), BULK):
                numbers = NUMBERS[first : first + BULK]
                send = sms.send_bulk(numbers, "hello", request_size=REQUEST)
                self.ended.append((numbers, await _said_async(send)))
            meanwhile()
            self.ended = [
                (
                    numbers,
                    await _said_async(
                        sms.reconcile(said) if isinstance(said, BulkResult) else said.reconcile()
                    ),
                )
                for numbers, said in self.unknown()
            ]


def _said(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - what it says is judged
        return error


async def _said_async(call: Awaitable[Any]) -> Any:
    try:
        return await call
    except Exception as error:  # noqa: BLE001 - what it says is judged
        return error


def _outcomes(numbers: list[str], said: Any) -> dict[str, str]:
    """Return what a call's end says of each number; an end that says nothing is a failure of the test."""
    if isinstance(said, SendResult):
        return {said.destination: "accepted"}
    if isinstance(said, OutcomeUnknown) and said.result is not None:
        said = said.result
    if isinstance(said, BulkResult):
        assert [fate.destination for fate in said] == numbers
        return {fate.destination: fate.outcome for fate in said}
    if isinstance(said, OutcomeUnknown):
        assert len(said.message_ids) == len(numbers)
        return dict.fromkeys(numbers, "unknown")
    assert isinstance(said, Refused), repr(said)
    assert said.sent == "no"
    return dict.fromkeys(numbers, "refused")


def _ledger(way: Way) -> Counter[str]:
    """Count by number what the gateway took."""
    taken: Counter[str] = Counter()
    cursor: dict[str, str] = {}
    while True:
        page = way.control("GET", "/_emulator/messages", query={"limit": 1000, **cursor})
        taken.update(message["destination"] for message in page["messages"])
        if not page.get("next"):
            return taken
        cursor = {"cursor": page["next"]}


@pytest.mark.parametrize("caller", [SyncCaller, AsyncCaller])
def test_none_is_sent_twice_or_lost_in_silence(
    way: Way, caller: Callable[[dict[str, Any]], SyncCaller | AsyncCaller]
) -> None:
    for rule in [*({**fault, "probability": CHANCE} for fault in AT_THE_GATEWAY), LAG]:
        way.control("POST", "/_emulator/faults", body=rule)
    settings = {
        **way.settings,
        "clock": FakeClock(),
        "reconcile_for": 2.0,  # fewer questions for each that is unknown
        **CREDENTIALS,
    }
    calls = caller(settings)
    taken: Counter[str] = Counter()

    def judged() -> None:
        # What is late arrives, and only then the ledger is complete.
        way.deliver()
        taken.update(_ledger(way))
        told = calls.told()
        assert list(told) == NUMBERS
        assert max(taken.values()) == 1, "sent twice"
        assert taken.keys() <= told.keys()
        for number, outcome in told.items():
            assert outcome == "unknown" or taken[number] == (outcome == "accepted"), (number, outcome)
        counts = Counter(told.values())
        # Nine in ten where nothing else runs; what a busy machine makes late is unknown or refused as well.
        assert counts["accepted"] > 0.5 * len(NUMBERS)
        assert counts["unknown"] > 0.01 * len(NUMBERS)
        way.end_faults()

    calls.run(judged)
    # All that was unknown is told now, and nothing was sent by asking for it.
    again = calls.told()
    assert again
    assert all((outcome == "accepted") == bool(taken[number]) for number, outcome in again.items())
    assert _ledger(way) == taken
