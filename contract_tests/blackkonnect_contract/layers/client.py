"""The client beside the gateway: what it sends is described, and what it reads is what the wire said."""

from __future__ import annotations

import asyncio
import json
import random
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from blackkonnect_sms import (
    AsyncBlackkonnectSMS,
    AuthenticationError,
    BlackkonnectError,
    BlackkonnectSMS,
    BulkResult,
    DuplicateId,
    MessageStatus,
    NotFound,
    SendResult,
    is_final,
)
from blackkonnect_sms.receipts import make_query, parse_receipt
from blackkonnect_sms_api.api.mobile_sms_messaging import (
    get_bulk_message_status,
    get_message_status,
    send_bulk_messages,
    send_message,
)
from blackkonnect_sms_api.client import AuthenticatedClient
from blackkonnect_sms_api.models import BulkSmsMessageRequest, SimpleSmsMessageRequest

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.conformance import broken_rules
from blackkonnect_contract.document import tolerant
from blackkonnect_contract.exchange import Exchange
from blackkonnect_contract.good_requests import BULK, PAGES, SEND, STATUS, TOKEN, a_bulk, a_send, new_id
from blackkonnect_contract.read_values import differences
from blackkonnect_contract.requests_to_send import TEXTS, number
from blackkonnect_contract.secrecy import tokenless
from blackkonnect_contract.sent_requests import broken_by, operation_of
from blackkonnect_contract.tap import AsyncTap, Tap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from blackkonnect_contract.exchange import Request
    from blackkonnect_contract.run import Run
    from blackkonnect_contract.tap import Tapped

__all__ = ["check"]

_READ = Rule("client-reads-the-wire", "What the client tells is what the answer says.")
_RAISED = Rule("client-raises-what-it-says", "The client raises the error that it documents for an answer.")
_RECEIPT = Rule("receipt-is-read", "What the client reads of a receipt is what the gateway sent.")
_DEADLINE: Final = 30.0
_PATIENCE: Final = 10.0
_LATE: Final = 86_400.0
_OK, _DUPLICATE = 200, 409
_MANY: Final = 45
"""More than a page holds by default."""


def check(run: Run) -> None:
    """Let the client ask, and look at both of its sides.

    Args:
        run: The gateway, and where to note what was found.
    """
    for make in (_sync, _async):
        looked = _Look(run)
        with closing(looked.tap), make(looked) as client:
            for part in (looked.sends, looked.bulks, looked.errors):
                if run.time_is_up():
                    return
                looked.guarded(part, client)
    looked = _Look(run)
    with closing(looked.tap):
        looked.guarded(looked.generated, None)
        looked.receipts_by_form()
        looked.receipts_by_gateway()


class _Awaited:
    """A client that awaits, called like one that waits.

    Args:
        client: The client.
        loop: Where it runs.
    """

    def __init__(self, client: AsyncBlackkonnectSMS, loop: asyncio.AbstractEventLoop) -> None:
        self._client = client
        self._loop = loop

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._client, name)

        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - what the method takes and gives
            told = method(*arguments, **named)
            return self._loop.run_until_complete(_all(told) if isinstance(told, AsyncIterator) else told)

        return call


async def _all(told: AsyncIterator[Any]) -> list[Any]:
    return [one async for one in told]


@contextmanager
def _sync(looked: _Look) -> Iterator[Any]:
    with BlackkonnectSMS(transport=looked.tap, **looked.settings()) as client:
        yield client


@contextmanager
def _async(looked: _Look) -> Iterator[Any]:
    loop = asyncio.new_event_loop()
    client = AsyncBlackkonnectSMS(transport=AsyncTap(looked.tap), **looked.settings())
    try:
        yield _Awaited(client, loop)
    finally:
        loop.run_until_complete(client.aclose())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


class _Look:
    """Both sides of a client.

    Args:
        run: The gateway, and where to note what was found.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.record = run.record
        self.document = run.document
        self.random = random.Random(run.seed)  # noqa: S311 - no secret
        self.tolerant = tolerant()
        self.tap = Tap(run.target.transport)
        self.seen = 0
        body = {**a_bulk(), "sourceAddress": "ACME"}
        # An edition may not know the sender of a bulk.
        self.sender = (
            None if self.document.errors(self.document.operations[BULK].body or "", body) else "ACME"
        )

    def settings(self) -> dict[str, Any]:
        """Return what makes a client of the gateway."""
        target = self.run.target
        return {
            "base_url": target.base_url,
            "client_id": target.client_id,
            "client_secret": target.client_secret,
            "deadline": _DEADLINE,
        }

    def guarded(self, part: Callable[[Any], None], client: Any) -> None:  # noqa: ANN401 - of either kind
        """Run a part; what the client raises there, it should not."""
        try:
            part(client)
        except BlackkonnectError as error:
            self._look()
            self._broken(_RAISED, f"{part.__name__}: {type(error).__name__}: {error}")
        except Exception as error:  # noqa: BLE001 - whatever else comes is a finding
            self._look()
            self._broken(
                _RAISED, f"{part.__name__}: {type(error).__name__}, which no page of the client names"
            )
        self._look()

    def sends(self, client: Any) -> None:  # noqa: ANN401 - of either kind
        """Send texts of many lengths, one by one, and ask for them."""
        for index, text in enumerate(self.random.sample(TEXTS, 8)):
            more: dict[str, Any] = {"priority": index % 10, "request_id": f"r{index}"} if index % 2 else {}
            if index % 3 == 0:
                more["sender"] = "ACME"
            sent: SendResult = client.send(number(self.random), text, **more)
            told = self._last(SEND)
            asked = self._sent(SEND)
            self._same(
                sent,
                told,
                {
                    "message_id": asked.get("messageId"),
                    "destination": asked.get("destination"),
                    "status": told.get("deliveryStatus"),
                    "correlation_id": told.get("correlationId"),
                    # The client tells its own, and not what the gateway makes up in its stead.
                    "request_id": asked.get("requestId"),
                },
            )
            self._status(client.status(sent), self._last(STATUS))

    def bulks(self, client: Any) -> None:  # noqa: ANN401 - of either kind
        """Send to many, and read the pages."""
        destinations = [f"+23320001{index:04}" for index in range(_MANY)]
        sent: BulkResult = client.send_bulk(
            destinations, self.random.choice(TEXTS), sender=self.sender, priority=3, request_size=1000
        )
        told = self._last(BULK)
        self._same(
            sent,
            told,
            {
                "bulk_id": told.get("bulkId"),
                "correlation_id": told.get("correlationId"),
                "request_id": self._sent(BULK).get("requestId"),
            },
        )
        fates = told.get("smsMessageDeliveryStatuses", [])
        self._holds(len(sent.fates) == len(fates), f"{len(sent.fates)} fates were read of {len(fates)}")
        for fate, one in zip(sent.fates, fates, strict=False):
            group = one.get("messageGroupStatus") or {}
            self._same(
                fate,
                one,
                {
                    "destination": one.get("destination"),
                    "message_id": one.get("messageId"),
                    "status": group.get("deliveryStatus"),
                    "description": group.get("statusDescription"),
                    "sms_count": one.get("smsCount"),
                },
            )
        start = len(self.tap.tapped)
        read: list[MessageStatus] = list(client.statuses(sent))
        # An edition tells of one message of a bulk alone; the client asks for the others one by one.
        rows: dict[str, Any] = {}
        for request, answer in self.tap.tapped[start:]:
            found = operation_of(self.document, request)
            if found is not None and found[0].name in {PAGES, STATUS} and answer.status == _OK:
                told = answer.json
                rows |= {row["messageId"]: row for row in (told if isinstance(told, list) else [told])}
        named = [fate.message_id for fate in sent.fates]
        right = sorted(str(status.message_id) for status in read) == sorted(named)
        self._holds(right, f"of {len(named)} messages {len(read)} statuses were read")
        for status in read:
            self._status(status, rows.get(str(status.message_id), {}))

    def errors(self, client: Any) -> None:  # noqa: ANN401 - of either kind
        """See that each refusal comes out as the error that the client names for it."""
        self._raises(NotFound, lambda: client.status(new_id()))
        used = new_id()
        client.send("+233200000001", "Once", message_id=used)
        self._look()
        start = len(self.tap.tapped)
        try:
            client.send("+233200000001", "Once", message_id=used)
        except DuplicateId as error:
            statuses = [answer.status for _, answer in self.tap.tapped[start:]]
            self._holds(
                error.status_code == _DUPLICATE and _DUPLICATE in statuses, "DuplicateId without a 409"
            )
        else:
            statuses = [answer.status for _, answer in self.tap.tapped[start:]]
            self._holds(_DUPLICATE not in statuses, "409 was no DuplicateId")
        settings = {**self.settings(), "client_secret": "wrong " + new_id()}
        with BlackkonnectSMS(transport=self.tap, **settings) as stranger:
            self._raises(AuthenticationError, lambda: stranger.status(new_id()))

    def generated(self, _: object) -> None:
        """Ask with the generated client alone; what it reads is the answer, field by field."""
        token = self.run.caller().token()
        client = AuthenticatedClient(
            base_url=self.run.target.base_url,
            token=token,
            httpx_args={"transport": self.tap, "trust_env": False},
        )
        single, many = a_send(), a_bulk(3)
        asked: list[Callable[[], Any]] = [
            lambda: send_message.sync_detailed(client=client, body=SimpleSmsMessageRequest.from_dict(single)),
            lambda: send_bulk_messages.sync_detailed(
                client=client, body=BulkSmsMessageRequest.from_dict(many)
            ),
            lambda: get_message_status.sync_detailed(single["messageId"], client=client),
            lambda: get_bulk_message_status.sync_detailed(many["bulkId"], client=client),
            lambda: get_message_status.sync_detailed(new_id(), client=client),
            lambda: send_message.sync_detailed(
                client=client, body=SimpleSmsMessageRequest.from_dict(a_send(destination="nobody"))
            ),
        ]
        expected = (_OK, _OK, _OK, _OK, 404, 400)
        for ask, status in zip(asked, expected, strict=True):
            answer = ask()
            # The last one is wrong on purpose.
            self._look(described=status != 400)  # noqa: PLR2004 - as above
            told = self.tap.tapped[-1][1]
            self._holds(
                answer.status_code == told.status == status, f"{status} was read as {answer.status_code}"
            )
            parsed = answer.parsed
            read = (
                [one.to_dict() for one in parsed] if isinstance(parsed, list) else parsed and parsed.to_dict()
            )
            for difference in differences(read, told.json):
                self._holds(False, f"generated client: {difference}")
            self.record.checks += 1

    def receipts_by_form(self) -> None:
        """Read what the document shows of receipts, and write it again."""
        hook = self.document.content.get("webhooks", {}).get("deliveryReceipt", {}).get("get", {})
        parameters = [self.document.at(one["$ref"].removeprefix("#")) for one in hook.get("parameters", ())]
        if not parameters:
            self.record.skip("receipts", "the document describes none")
            return
        needed = [one for one in parameters if one.get("required")]
        for chosen in (parameters, needed, *([*needed, one] for one in parameters if one not in needed)):
            query = [(one["name"], str(one["example"])) for one in chosen]
            self._receipt(urlencode(query), query)

    def receipts_by_gateway(self) -> None:
        """Read the receipts that the gateway sends."""
        control, caller = self.run.control, self.run.fresh()
        if control is None or caller is None or self.run.target.transport is not None:
            self.record.skip("receipts that the gateway sends", "it can't be told an address on this machine")
            return
        with _Listening() as listening:
            name = caller.credentials.client_id
            control.set_callback(name, listening.address)
            sent = [a_send(text=text) for text in self.random.sample(TEXTS, 3)]
            for body in sent:
                caller.call(SEND, json_body=body, expect=[_OK])
            control.advance(name, _LATE)
            wanted = {body["messageId"] for body in sent}
            received = listening.received(lambda queries: _final(queries) >= wanted)
            self._holds(_final(received) >= wanted, "a message that was sent has no final receipt", _RECEIPT)
            for query in received:
                self._receipt(query, parse_qsl(query, keep_blank_values=True))

    def _receipt(self, query: str, pairs: list[tuple[str, str]]) -> None:
        receipt = parse_receipt(query)
        again = parse_qsl(make_query(receipt), keep_blank_values=True)
        read, told = dict(again), dict(pairs)
        for difference in differences(read, told):
            self._holds(False, f"receipt: {difference}", _RECEIPT)
        named = (receipt.message_id, receipt.status) == (told.get("messageId"), told.get("deliveryStatus"))
        self._holds(named, "the receipt of another message or status was read", _RECEIPT)

    def _status(self, read: MessageStatus, told: dict[str, Any]) -> None:
        self._same(
            read,
            told,
            {
                "message_id": told.get("messageId"),
                "status": told.get("deliveryStatus"),
                "destination": told.get("destination"),
                "sender": told.get("sourceAddress"),
                "timestamp": told.get("deliveryTimestamp"),
                "bulk_id": told.get("bulkReferenceId"),
                "uuid": told.get("uuid"),
            },
        )
        final = self.document.at("/components/schemas/DeliveryStatus")["x-final-statuses"]
        right = is_final(read.status) == (told.get("deliveryStatus") in final) if read.status else True
        self._holds(right, f"{read.status} is taken for the wrong side of final")

    def _same(self, read: object, told: Any, expected: dict[str, Any]) -> None:  # noqa: ANN401 - JSON
        for name, value in expected.items():
            held = getattr(read, name)
            wrong = list(differences(held, value))
            self._holds(not wrong, f"{type(read).__name__}.{name} is not what the answer says")
        self._holds(isinstance(told, dict), f"{type(read).__name__} was read of no object")

    def _raises(self, kind: type[BlackkonnectError], call: Callable[[], object]) -> None:
        start = len(self.tap.tapped)
        try:
            call()
        except kind as error:
            told = self.tap.tapped[-1][1].status if len(self.tap.tapped) > start else None
            self._holds(
                error.status_code in {None, told}, f"{kind.__name__}: not the status of the answer", _RAISED
            )
        except BlackkonnectError as error:
            self._holds(False, f"{type(error).__name__} instead of {kind.__name__}", _RAISED)
        else:
            self._holds(False, f"nothing was raised instead of {kind.__name__}", _RAISED)

    def _last(self, operation: str) -> Any:  # noqa: ANN401 - JSON
        """Return the last answer of an operation; what came before it is looked at."""
        self._look()
        return self._found(operation)[1].json

    def _sent(self, operation: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self._found(operation)[0].body)

    def _found(self, operation: str) -> Tapped:
        for request, answer in reversed(self.tap.tapped):
            found = operation_of(self.document, request)
            if found is not None and found[0].name == operation:
                return request, answer
        raise LookupError(f"the client never asked for {operation}")

    def _look(self, *, described: bool = True) -> None:
        """Check the requests since the last look by the tolerant document, which the client is made from.

        Their answers are checked by the edition's.
        """
        for request, answer in self.tap.tapped[self.seen :]:
            found = operation_of(self.document, request)
            name = found[0].name if found is not None else None
            shown, _ = tokenless(answer) if name == TOKEN else (answer, None)
            exchange = Exchange(name, self._shown(request), shown)
            self.record.note(exchange)
            self.record.checks += 1
            for rule, message in broken_by(self.tolerant, request) if described else ():
                self.record.broken(rule, f"the client sent: {message}", exchange=exchange)
            if found is not None and name != TOKEN:
                for rule, message in broken_rules(
                    self.document, found[0], answer, method=request.method, body=None
                ):
                    self.record.broken(rule, message, exchange=exchange)
        self.seen = len(self.tap.tapped)

    def _shown(self, request: Request) -> Request:
        secret = urlencode({"": self.run.target.client_secret})[1:]
        return replace(request, body=request.body.replace(secret.encode(), b"$BLACKKONNECT_CLIENT_SECRET"))

    def _holds(self, holds: object, told: str, rule: Rule = _READ) -> None:
        self.record.check(holds, rule, told)

    def _broken(self, rule: Rule, told: str) -> None:
        self.record.broken(rule, told)


def _final(queries: list[str]) -> set[str]:
    found = [dict(parse_qsl(query)) for query in queries]
    return {
        one["messageId"] for one in found if is_final(one.get("deliveryStatus", "")) and "messageId" in one
    }


class _Listening:
    """Takes receipts on this machine."""

    def __init__(self) -> None:
        self._queries: list[str] = []
        self._changed = threading.Condition()
        listening = self

        class Handler(BaseHTTPRequestHandler):
            """Takes whatever comes."""

            def do_GET(self) -> None:
                """Take a receipt."""
                with listening._changed:
                    listening._queries.append(urlsplit(self.path).query)
                    listening._changed.notify_all()
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002, ANN401 - its name
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}/receipts"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def received(self, enough: Callable[[list[str]], bool]) -> list[str]:
        """Wait until enough came, or for ten seconds; return the queries."""
        with self._changed:
            self._changed.wait_for(lambda: enough(list(self._queries)), _PATIENCE)
            return list(self._queries)
