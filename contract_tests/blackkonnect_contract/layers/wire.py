"""What schemathesis asks by the document, and what the gate sees in the answers."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING, Any, Final

import requests

from blackkonnect_contract import wire
from blackkonnect_contract.breach import Rule
from blackkonnect_contract.bridge import with_address
from blackkonnect_contract.conformance import broken_rules
from blackkonnect_contract.exchange import Exchange
from blackkonnect_contract.good_requests import BULK, PAGES, SEND, STATUS, TOKEN
from blackkonnect_contract.secrecy import PLACE, tokenless
from blackkonnect_contract.taken import Taken

if TYPE_CHECKING:
    from blackkonnect_contract.document import Operation
    from blackkonnect_contract.run import Run
    from blackkonnect_contract.wire import WireAsked, WireError

__all__ = ["check"]

_OK, _USED, _REFUSED = 200, 409, (400, 401, 413, 415)
_ASKED_AFTER: Final = 100
_LONGEST_MESSAGE: Final = 400
_LONGEST: Final = 900.0
_BY_CONFORMANCE = {
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
}
"""What is told by the rule of the document that is broken, and by schemathesis alone if none is."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_QUICK = ("--phases", "examples,coverage")
_ANSWERS = Rule("answers-at-all", "A request that can be read is answered.")
_STORES_NOTHING = Rule(
    "refused-stores-nothing", "A request that is refused stores nothing.", "/components/responses/BadRequest"
)


def check(run: Run) -> None:
    """Let schemathesis ask, and check what it saw.

    Args:
        run: What to ask, and where to note what was found.
    """
    # Without a token schemathesis would see refusals alone; that there is none is told by the gate.
    run.caller().token()
    left = run.seconds_left()
    with with_address(run.target) as target:
        report = wire.run(
            target,
            seed=run.seed,
            arguments=_QUICK if run.quick else (),
            seconds=_LONGEST if left is None else max(left, 1.0),
        )
    if report.cut:
        run.record.skip("the rest of what schemathesis asks", "its time was over")
    elif not report.asked:
        run.record.skip("schemathesis", f"it asked nothing: {report.output.strip()[-300:]}")
    ledger = _Ledger(run)
    for asked in report.asked:
        ledger.note(asked)
    for error in report.errors:
        _note_error(run, error)
    ledger.ask_after_refused()


def _note_error(run: Run, error: WireError) -> None:
    """Note what schemathesis could not go on with: the gateway's fault where the network says so."""
    kind = getattr(requests.exceptions, error.kind, None)
    if isinstance(kind, type) and issubclass(kind, requests.exceptions.RequestException):
        named = {f"{one.method} {one.path}": one.name for one in run.document.operations.values()}
        message = f"{error.kind}: {error.message}"
        run.record.broken(_ANSWERS, message, operation=named.get(error.label, ""))
    else:
        run.record.skip(f"what schemathesis asks of {error.label}", f"{error.kind}: {error.message}")


class _Ledger:
    """What was sent, and what was answered.

    Args:
        run: Where to note what is found.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.record = run.record
        self.caller = run.caller()
        self.taken = Taken(self.caller)
        self.accepted: set[str] = set()
        self.refused: dict[str, tuple[str, Exchange]] = {}
        self.operations = {(one.method, one.path): one for one in run.document.operations.values()}
        self.by_path = {one.path: one for one in run.document.operations.values()}
        self.examples = json.dumps(run.document.content)

    def note(self, asked: WireAsked) -> None:
        """Check one answer."""
        operation = self.operations.get((asked.method, asked.path)) or self.by_path[asked.path]
        shown = asked.answer
        if shown is not None and operation.name == TOKEN:
            shown, _ = tokenless(shown)
        exchange = Exchange(operation.name, asked.request, shown, "" if shown else "no answer: closed")
        self.record.note(exchange)
        told = {one.name for one in asked.failed}
        if asked.answer is None:
            self.record.broken(_ANSWERS, exchange.error, exchange=exchange)
        else:
            self.record.checks += 1
            if self._conforms(operation, asked, exchange):
                told -= _BY_CONFORMANCE
            self._remember(operation, asked, exchange)
        for one in asked.failed:
            if one.name in told:
                pointer = self._pointer(operation, one.name)
                rule = Rule(one.name.replace("_", "-"), f"{one.title} (schemathesis).", pointer)
                status = asked.answer.status if asked.answer else "nothing"
                # What is said of a token's answer may hold the token.
                says = one.title if operation.name == TOKEN else one.message or one.title
                self.record.broken(rule, f"answered {status}: {says}"[:_LONGEST_MESSAGE], exchange=exchange)

    def ask_after_refused(self) -> None:
        """Look for what was refused: none of it may be there."""
        names = sorted(set(self.refused) - self.accepted)
        chance = random.Random(self.run.seed)  # noqa: S311 - no secret
        for name in chance.sample(names, min(len(names), _ASKED_AFTER)):
            operation, exchange = self.refused[name]
            place = self.run.document.operations[operation].path_names[0]
            answer = self.caller.call(operation, path={place: name})
            self.record.check(
                answer is None or answer.status != _OK,
                _STORES_NOTHING,
                "what was refused is found by its id",
                exchange=exchange,
            )

    def _conforms(self, operation: Operation, asked: WireAsked, exchange: Exchange) -> bool:
        """Note each rule of the document that an answer breaks; tell whether it breaks one."""
        assert asked.answer is not None  # noqa: S101 - for the type checker
        broken = False
        _, secrets = tokenless(asked.answer) if operation.name == TOKEN else (None, ())
        for rule, message in broken_rules(
            self.run.document,
            operation,
            asked.answer,
            method=asked.request.method,
            body=_readable(asked.request.body),
        ):
            for secret in secrets:
                message = message.replace(secret, PLACE)  # noqa: PLW2901 - the same, as it may be shown
            self.record.broken(rule, message, exchange=exchange)
            broken = True
        return broken

    def _remember(self, operation: Operation, asked: WireAsked, exchange: Exchange) -> None:
        """Note the ids of what was taken and what was refused, and what is told of what was taken."""
        body = _readable(asked.request.body)
        if operation.name not in {SEND, BULK} or not isinstance(body, dict) or asked.answer is None:
            return
        ids = set(_ids(body))
        if asked.answer.status == _OK:
            # What the gateway names, schemathesis takes for ids of later requests.
            self.accepted |= ids | set(re.findall(r"[\w-]{8,}", asked.answer.body.decode("utf-8", "replace")))
            self.caller.last = exchange
            if not self.run.document.errors(operation.body or "", body, most=1):
                self.taken.check(operation.name, body, asked.answer, follow=False)
        elif asked.answer.status == _USED:
            # Taken before: by a run before this one, should the gateway have seen one.
            self.accepted |= set(_ids(body))
        elif asked.answer.status in _REFUSED:
            own = body.get("bulkId" if operation.name == BULK else "messageId")
            # Another id, as one of the examples, may have been taken in a run before this one.
            if isinstance(own, str) and _UUID.fullmatch(own) and own not in self.examples:
                self.refused.setdefault(own, (PAGES if operation.name == BULK else STATUS, exchange))

    def _pointer(self, operation: Operation, check: str) -> str:
        if check == "ignored_auth":
            return "/components/securitySchemes/bearerAuth"
        if check in {"negative_data_rejection", "positive_data_acceptance"} and operation.body is not None:
            return operation.body
        return operation.pointer


def _readable(content: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _ids(body: dict[str, Any]) -> list[str]:
    """Give all ids that a send names, whatever else it holds."""
    found = [body.get("messageId"), body.get("bulkId")]
    messages = body.get("messages")
    for message in messages if isinstance(messages, list) else ():
        held = message.get("destinations") if isinstance(message, dict) else None
        entries = held if isinstance(held, list) else ()
        found += [one.get("messageId") if isinstance(one, dict) else None for one in entries]
    return [one for one in found if isinstance(one, str)]
