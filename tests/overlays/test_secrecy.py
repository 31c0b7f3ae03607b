"""No secret, token or text stands in what is shown of any object or error."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import traceback
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import BlackkonnectError, OutcomeUnknown, RetryPolicy
from blackkonnect_sms._answers import Ending
from blackkonnect_sms._secrecy import Private, cleansed
from blackkonnect_sms._steps import Call
from blackkonnect_sms.messages import bulk_request, message_request
from blackkonnect_sms_api.models import ProblemDetail

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlays.conftest import Api, Gateway, World

TO = "+233200000001"
TEXT = "your code is 482913\nand it is yours alone"
PIECES = (TEXT, "482913", "your code", "yours alone")

EVERY = [
    ("token", fault)
    for fault in ("connect", "timeout", "500", "401", "400", "garbled", "{}", "429", "302", "closed")
] + [
    (operation, fault)
    for operation in ("send", "bulk")
    for fault in ("connect", "timeout", "500", "401", "400", "409", "404", "garbled", "{}", "429", "302")
]


@pytest.mark.parametrize(("operation", "fault"), EVERY)
def test_no_error_tells_a_secret(  # noqa: PLR0913, PLR0917 - fixtures
    sms: Api,
    gateway: Gateway,
    world: World,
    caplog: pytest.LogCaptureFixture,
    operation: str,
    fault: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.always[operation] = fault
    with pytest.raises(BlackkonnectError) as raised:
        sms.send_bulk([TO], TEXT) if operation == "bulk" else sms.send(TO, TEXT)
    _silent(_shown(raised.value), gateway, world)
    _silent(caplog.text, gateway, world)


@pytest.mark.parametrize("fault", ["400", "429"])
@pytest.mark.parametrize("place", ["detail", "title", "pointer"])
def test_a_gateway_that_repeats_the_text_is_not_quoted(
    sms: Api, gateway: Gateway, world: World, fault: str, place: str
) -> None:
    words = f"the text {TEXT!s} is too long"
    body: dict[str, Any] = {place: words}
    if place == "pointer":
        body = {"title": "Bad Request", "errors": [{"pointer": "/text", "detail": words}]}
    gateway.always["send"] = gateway.always["bulk"] = lambda _: httpx.Response(int(fault), json=body)
    sends: list[Callable[[], object]] = [lambda: sms.send(TO, TEXT), lambda: sms.send_bulk([TO], TEXT)]
    for send in sends:
        with pytest.raises(BlackkonnectError) as raised:
            send()
        _silent(_shown(raised.value), gateway, world)
        assert raised.value.problem is not None


def test_words_of_the_gateway_are_told_short_and_printable(sms: Api, gateway: Gateway) -> None:
    gateway.always["send"] = lambda _: httpx.Response(400, json={"detail": "a\x1b[31mb\n" + "c" * 10_000})
    with pytest.raises(BlackkonnectError) as raised:
        sms.send(TO, TEXT)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 500


def test_no_object_shows_a_secret(make: Callable[..., Api], gateway: Gateway, world: World) -> None:
    api = make()
    sent, bulk = api.send(TO, TEXT), api.send_bulk([TO], TEXT)
    client = api.client
    shown = [
        client,
        client._auth,
        client._auth._token,
        client._config,
        client._core,
        sent,
        bulk,
        list(bulk),
        api.status(sent),
        api.wait(sent, timeout=0),
        message_request(TO, TEXT),
        bulk_request([TO], TEXT),
        Call({"json": {"text": TEXT}}, 1.0),
        next(client._core.send(message_request(TO, TEXT), resend_when_absent=None)),
        *(request for _, request in gateway.seen),
    ]
    for one in shown:
        _silent(f"{one!r} {one!s}", gateway, world)


@pytest.mark.parametrize("operation", ["send", "bulk", "token"])
@pytest.mark.parametrize("fault", ["connect", "400", "429:99", "500"])
def test_errors_survive_copies_and_pickles(sms: Api, gateway: Gateway, operation: str, fault: str) -> None:
    gateway.always[operation] = fault
    with pytest.raises(BlackkonnectError) as raised:
        sms.send_bulk([TO], TEXT) if operation == "bulk" else sms.send(TO, TEXT, request_id="r-1")
    error = raised.value
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - our own
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        kept = {name: value for name, value in vars(error).items() if name not in {"_again", "_run"}}
        assert {name: value for name, value in vars(twin).items() if name in kept} == kept
        if isinstance(twin, OutcomeUnknown):
            with pytest.raises(RuntimeError, match="not raised by a client"):
                twin.reconcile()


def test_endings_and_policies_show_no_answer_s_text() -> None:
    assert "482913" not in repr(RetryPolicy())
    from blackkonnect_sms.retry import Trace  # noqa: PLC0415

    assert "482913" not in repr(Ending(Trace.TAKEN, "HTTP 200", answer=message_request(TO, TEXT)))


def _shown(error: BaseException) -> str:
    parts = ["".join(traceback.format_exception(error))]
    one: BaseException | None = error
    while one is not None:
        parts += [repr(one), str(one), repr(one.args), *map(repr, getattr(one, "__notes__", ()))]
        one = one.__cause__ or one.__context__
    return "\n".join(parts)


def _silent(shown: str, gateway: Gateway, world: World) -> None:
    for piece in (world.secret, *gateway.valid, "token-", *PIECES):
        # A traceback quotes this file's own lines; they hold the names of the texts, not the texts.
        assert piece not in shown, (piece, shown)


LONG = "Dear customer, your order has left our house today; the code at the door is 482913."


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        (TEXT, TEXT, True),
        (TEXT, "a long " + TEXT.replace("\n", "  ") + " text", True),
        (TEXT, f"text {TEXT[:20]}… is too long", True),
        (TEXT, "found a code: 482913", True),
        (TEXT, "your code is wrong", False),
        (LONG, "spam: 'the code at the door is 48…'", True),
        (LONG, "the order is wrong", False),
        ("hi", "hi is too short", True),
        ("hi", "this is wrong", False),
        ("s3cr3t/+ä", "secret=s3cr3t%2F%2B%C3%A4&x=1", True),
        ("s3cr3t/+ä", "s3cr3t/%2B%C3%A4", True),
        ("\ud800 half a pair", "\ud800 half a pair", True),
        ("", "anything", False),
    ],
)
def test_what_repeats_a_text(text: str, words: str, told: bool) -> None:  # noqa: FBT001
    assert Private((text,)).is_in(words) is told


def test_of_very_many_texts_the_beginnings_are_known() -> None:
    texts = [f"{index:06} {LONG}" for index in range(2000)]
    private = Private(texts)
    assert private.is_in(f"too long: {texts[1234][:30]}")
    assert private.is_in("a code: 482913")
    assert not private.is_in("the order is wrong")


def test_problem_details_are_kept_without_what_is_private() -> None:
    problem = ProblemDetail.from_dict(
        {
            "title": "Bad Request",
            "status": 400,
            "detail": f"{TEXT} is no text for +233200000001",
            "errors": [{"pointer": "/text", "detail": TEXT, "value": TEXT}] * 300,
            "instance": "x" * 100_000,
            "code": 482913,
            "huge": 10**4000,
            "nested": {TEXT: [{"to": TO, "ok": True, "none": None, "rate": 0.5}]},
            "deep": json.loads("[" * 50 + "]" * 50),
        }
    )
    told = cleansed(problem, Private((TEXT,)))
    shown = repr(told) + json.dumps(told.to_dict())
    assert not any(piece in shown for piece in PIECES)
    assert TO[1:] not in shown
    assert len(shown) < 30_000
    assert (told.title, told.status, told.detail) == ("Bad Request", 400, "[hidden]")
    assert told.additional_properties["nested"] == {
        "[hidden]": [{"to": "…0001", "ok": True, "none": None, "rate": 0.5}]
    }


@pytest.mark.parametrize("operation", ["send", "bulk", "status", "token"])
@pytest.mark.parametrize(
    "place", ["title", "detail", "type", "instance", "correlationId", "mine", "deep", "errors"]
)
@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_no_problem_echoes_a_secret_or_a_text(  # noqa: PLR0913, PLR0917 - fixtures
    sms: Api, gateway: Gateway, world: World, operation: str, place: str, status: int
) -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        told = f"{request.headers.get('Authorization')} {request.content.decode()} {TEXT} {world.secret}"
        body: dict[str, Any] = {place: told}
        if place == "deep":
            body = {"deep": {"er": [told]}}
        elif place == "errors":
            body = {"errors": [{"pointer": told, "detail": told, "mine": told}]}
        return httpx.Response(status, json=body)

    gateway.always[operation] = echo
    call: Callable[[], object] = {
        "bulk": lambda: sms.send_bulk([TO], TEXT),
        "status": lambda: sms.status("m-1"),
    }.get(operation, lambda: sms.send(TO, TEXT))
    with pytest.raises(BlackkonnectError) as raised:
        call()
    error = raised.value
    problem = json.dumps(error.problem.to_dict()) if error.problem else ""
    shown = _shown(error) + repr(vars(error)) + problem
    for piece in (world.secret, *gateway.valid, TO[1:], "482913"):
        assert piece not in shown
    assert operation == "status" or gateway.ledger == []
