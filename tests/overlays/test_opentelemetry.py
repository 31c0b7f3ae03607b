"""OpenTelemetry's own instrumentation of httpx gives each request a span, and none holds what is private."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from blackkonnect_sms import AsyncBlackkonnectSMS, BlackkonnectSMS
from opentelemetry.instrumentation.httpx import AsyncOpenTelemetryTransport, SyncOpenTelemetryTransport
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

if TYPE_CHECKING:
    from blackkonnect_emulator.fixture import EmulatorFixture

TO = "+233200000001"
TEXT = "your code is 482913"


class Spans:
    """A tracer that keeps its spans."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        self.provider = TracerProvider()
        self.provider.add_span_processor(SimpleSpanProcessor(self._exporter))

    def finished(self) -> tuple[ReadableSpan, ...]:
        return self._exporter.get_finished_spans()


@pytest.fixture
def spans() -> Spans:
    return Spans()


def send(emulator: EmulatorFixture, spans: Spans) -> set[str]:
    """Send and ask once, in a span of the caller's; return the tokens that went over the wire."""
    tokens: set[str] = set()
    transport = SyncOpenTelemetryTransport(httpx.HTTPTransport(), tracer_provider=spans.provider)

    def note(request: httpx.Request) -> None:
        tokens.add(request.headers.get("Authorization", "").removeprefix("Bearer "))

    with (
        spans.provider.get_tracer("test").start_as_current_span("order"),
        BlackkonnectSMS.from_env(emulator.env, transport=transport, event_hooks={"request": [note]}) as sms,
    ):
        sms.status(sms.send(TO, TEXT))
    return tokens - {""}


def send_async(emulator: EmulatorFixture, spans: Spans) -> set[str]:
    """Do the same in an event loop."""
    tokens: set[str] = set()
    transport = AsyncOpenTelemetryTransport(httpx.AsyncHTTPTransport(), tracer_provider=spans.provider)

    async def note(request: httpx.Request) -> None:
        await asyncio.sleep(0)
        tokens.add(request.headers.get("Authorization", "").removeprefix("Bearer "))

    async def run() -> None:
        hooks = {"request": [note]}
        with spans.provider.get_tracer("test").start_as_current_span("order"):
            async with AsyncBlackkonnectSMS.from_env(
                emulator.env, transport=transport, event_hooks=hooks
            ) as sms:
                await sms.status(await sms.send(TO, TEXT))

    asyncio.run(run())
    return tokens - {""}


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_each_request_is_a_span_of_the_caller_s(
    blackkonnect_emulator: EmulatorFixture, spans: Spans, kind: str
) -> None:
    tokens = (send if kind == "sync" else send_async)(blackkonnect_emulator, spans)
    *requests, order = spans.finished()
    assert order.name == "order"
    assert [span.name for span in requests] == ["POST", "POST", "GET"]
    told = [dict(span.attributes or {}) for span in requests]
    assert [one["http.status_code"] for one in told] == [200, 200, 200]
    assert [str(one["http.url"]).removeprefix(blackkonnect_emulator.base_url).split("/")[-2] for one in told][
        :2
    ] == ["token", "send-message"]
    assert all(span.parent == order.context for span in requests)
    assert tokens
    private = (blackkonnect_emulator.client_secret, *tokens, TEXT, "482913", TO[1:])
    shown = "".join(span.to_json() for span in spans.finished())
    assert [piece for piece in private if piece in shown] == []


@pytest.mark.blackkonnect_emulator(faults=["answer-lost:operation=sendMessage,count=1"])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_lost_answer_is_a_span_that_failed_and_one_that_asks(
    blackkonnect_emulator: EmulatorFixture, spans: Spans, kind: str
) -> None:
    (send if kind == "sync" else send_async)(blackkonnect_emulator, spans)
    ended = [(span.name, span.status.status_code) for span in spans.finished()]
    assert ended == [
        ("POST", StatusCode.UNSET),
        ("POST", StatusCode.ERROR),
        ("GET", StatusCode.UNSET),
        ("GET", StatusCode.UNSET),
        ("order", StatusCode.UNSET),
    ]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_gateway_gets_the_trace(blackkonnect_emulator: EmulatorFixture, spans: Spans, kind: str) -> None:
    seen: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["traceparent"].split("-")[1])
        return httpx.Response(
            200, json={"token": "t"} if "token" in request.url.path else {"isSuccessful": True}
        )

    if kind == "sync":
        transport = SyncOpenTelemetryTransport(httpx.MockTransport(note), tracer_provider=spans.provider)
        with BlackkonnectSMS.from_env(blackkonnect_emulator.env, transport=transport) as sms:
            sms.send(TO, TEXT)
    else:
        other = AsyncOpenTelemetryTransport(httpx.MockTransport(note), tracer_provider=spans.provider)
        asyncio.run(AsyncBlackkonnectSMS.from_env(blackkonnect_emulator.env, transport=other).send(TO, TEXT))
    assert seen == [f"{span.context.trace_id:032x}" for span in spans.finished() if span.context]
