"""The steps of a plan: what is asked of a real gateway, and what is right."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import uuid4

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.good_requests import PAGES, STATUS
from blackkonnect_contract.safe.fates import follow
from blackkonnect_contract.safe.pages import read_pages
from blackkonnect_contract.safe.requests import bad_tokens, is_bulk, whole, wrong_requests
from blackkonnect_contract.taken import Taken
from blackkonnect_contract.variants import changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blackkonnect_contract.caller import Caller
    from blackkonnect_contract.document import Document, Operation
    from blackkonnect_contract.exchange import Answer
    from blackkonnect_contract.safe.kinds import Kinds
    from blackkonnect_contract.safe.plan import Plan, Step

__all__ = ["Steps"]

_OK, _BAD, _NO_TOKEN, _NOT_FOUND, _TOO_MANY = 200, 400, 401, 404, 429
_CREDENTIALS = Rule(
    "wrong-credentials", "Wrong credentials get no token.", "/components/responses/Unauthorized"
)
_AUTHORIZED = Rule(
    "token-is-needed", "Nothing is done without a right token.", "/components/responses/Unauthorized"
)
_UNKNOWN = Rule("unknown-id", "What nothing was sent by is not found.", "/components/responses/NotFound")
_ISOLATED = Rule(
    "clients-see-their-own", "No client sees another's messages.", "/components/responses/NotFound"
)
_PARAMETER = Rule(
    "bad-is-refused", "What breaks a rule of the document is refused.", "/components/responses/BadRequest"
)


class Steps:
    """Runs the steps of a plan.

    Args:
        caller: Asks the gateway, through a guard.
        other: Asks it as a second client; none where there is none.
        plan: The plan.
        kinds: The operations by what they do.
        seed: What all chance follows from.
        wait: Waits for so many seconds.
        patience: For how many seconds to wait for final statuses.
    """

    def __init__(  # noqa: PLR0913 - each is said above
        self,
        caller: Caller,
        other: Caller | None,
        plan: Plan,
        kinds: Kinds,
        *,
        seed: int,
        wait: Callable[[float], None],
        patience: float,
    ) -> None:
        self._caller = caller
        self._other = other
        self._plan = plan
        self._kinds = kinds
        self._record = caller.record
        self._document: Document = caller.record.document
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._wait = wait
        self._patience = patience
        self._sent: list[str] = []
        self._bulks: list[str] = []

    def run(self, step: Step) -> None:
        """Run one step.

        Raises:
            GuardError: A request of it would break a rule.
            JournalError: It can't be written down.
            NoTokenError: There is no token to go on with.
        """
        known = {
            "token": self._token,
            "reading": self._reading,
            "other client": self._isolation,
            "fates": self._fates,
        }
        if step.name in known:
            known[step.name]()
            return
        operation = self._document.operations[step.operations[0]]
        if step.name in {"message", "bulk"}:
            self._send(operation, step.sends)
        elif step.name.endswith("refuses"):
            self._refused(operation, step.sends)
        else:
            self._unauthorized_sends(operation)

    def _token(self) -> None:
        self._caller.token()
        own = self._caller.credentials
        for name in self._kinds.tokens:
            form = {
                "grant_type": "client_credentials",
                "client_id": own.client_id,
                "client_secret": f"not-the-secret-{self._random.randrange(10**6)}",
            }
            answer = self._caller.call(name, form=form, token=None)
            self._status(answer, {_NO_TOKEN}, _CREDENTIALS, "a wrong secret")

    def _reading(self) -> None:
        for operation in self._kinds.reading.values():
            unknown = {name: str(uuid4()) for name in operation.path_names}
            if unknown:
                answer = self._caller.call(operation.name, path=unknown)
                self._status(answer, {_NOT_FOUND}, _UNKNOWN, "an id that nobody used")
            for name in unknown:
                for wrong in self._wrong_ids(operation, name):
                    path = {**unknown, name: quote(wrong, safe="")}
                    answer = self._caller.call(operation.name, path=path)
                    self._status(answer, {_BAD, _NOT_FOUND}, _UNKNOWN, f"the id {wrong[:20]}")
            for how, token in bad_tokens(operation).items():
                answer = self._caller.call(operation.name, path=unknown, token=token)
                self._status(answer, {_NO_TOKEN}, _AUTHORIZED, how)

    def _send(self, operation: Operation, count: int) -> None:
        numbers = self._plan.limits.numbers
        body = whole(self._document, operation, [numbers[at % len(numbers)] for at in range(count)])
        rule = Rule("good-is-taken", "What keeps to the document is taken.", operation.body or "")
        answer = self._caller.call(operation.name, json_body=body)
        if not self._status(answer, {_OK}, rule, "a good request") or answer is None:
            return
        Taken(self._caller).check(operation.name, body, answer)
        if not is_bulk(self._document, operation):
            self._sent.append(body["messageId"])
            return
        ids = [one["messageId"] for message in body["messages"] for one in message["destinations"]]
        self._sent += ids
        self._bulks.append(body["bulkId"])
        for reading in self._kinds.reading.values():
            if ("query", "size") in reading.parameters:
                read_pages(self._caller, reading, body["bulkId"], ids)
                self._wrong_queries(reading, body["bulkId"])

    def _refused(self, operation: Operation, sends: int) -> None:
        left = sends
        for wrong in wrong_requests(self._document, operation.name, self._plan.limits.numbers)[0]:
            left -= wrong.sends
            if left < 0:
                return
            good = whole(self._document, operation, [self._plan.limits.numbers[0]])
            body = changed(good, wrong.variant)
            rule = Rule(
                "bad-is-refused", "What breaks a rule of the document is refused.", wrong.error.pointer
            )
            answer = self._caller.call(operation.name, json_body=body)
            self._status(answer, {_BAD}, rule, f"{wrong.variant.pointer}: {wrong.variant.how}")

    def _unauthorized_sends(self, operation: Operation) -> None:
        for how, token in bad_tokens(operation).items():
            body = whole(self._document, operation, [self._plan.limits.numbers[0]])
            answer = self._caller.call(operation.name, json_body=body, token=token)
            self._status(answer, {_NO_TOKEN}, _AUTHORIZED, how)

    def _isolation(self) -> None:
        if self._other is None:
            return
        for operation, held in ((STATUS, self._sent), (PAGES, self._bulks)):
            for name in held[:1]:
                path = {self._document.operations[operation].path_names[0]: name}
                answer = self._other.call(operation, path=path)
                self._status(answer, {_NOT_FOUND}, _ISOLATED, "the id of another client")

    def _fates(self) -> None:
        if not self._sent:
            self._record.skip("fates", "nothing was taken")
            return
        single = self._document.operations[STATUS]
        follow(self._caller, single, self._sent, wait=self._wait, patience=self._patience)

    def _wrong_queries(self, operation: Operation, bulk_id: str) -> None:
        for (place, name), parameter in operation.parameters.items():
            if place != "query":
                continue
            for wrong in _wrong_values(parameter["schema"]):
                path = {operation.path_names[0]: bulk_id}
                answer = self._caller.call(operation.name, path=path, query=[(name, wrong)])
                self._status(answer, {_BAD}, _PARAMETER, f"{name}={wrong}")

    def _wrong_ids(self, operation: Operation, name: str) -> Iterator[str]:
        schema = operation.parameters["path", name]["schema"]
        yield "a" * (schema["maxLength"] + 1)
        for wrong in ("-x", "a b"):
            if not self._matches(schema, wrong):
                yield wrong

    def _matches(self, schema: dict[str, Any], value: str) -> bool:
        for pointer, held in self._document.at("/components/parameters").items():
            if held["schema"] == schema:
                return not self._document.errors(f"/components/parameters/{pointer}/schema", value)
        return True

    def _status(self, answer: Answer | None, right: set[int], rule: Rule, how: str) -> bool:
        """Note whether an answer has a right status; one that asks to wait tells of nothing else."""
        if answer is None:
            return False
        if answer.status == _TOO_MANY:
            self._record.skip(how, "the gateway asked to wait (429), and no request is repeated")
            return False
        told = f"{how}: answered {answer.status} instead of {' or '.join(map(str, sorted(right)))}"
        return self._record.check(answer.status in right, rule, told, exchange=self._caller.last)


def _wrong_values(schema: dict[str, Any]) -> Iterator[str]:
    if schema.get("type") == "integer":
        yield str(schema["minimum"] - 1)
        yield str(schema["maximum"] + 1)
        yield "x"
    elif schema.get("type") == "array" and "pattern" in schema["items"]:
        yield "-"
