"""What a gateway says of a send that it took: that it is what was sent, and that it is found afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.good_requests import PAGES, SEND, STATUS
from blackkonnect_contract.segments import parts

if TYPE_CHECKING:
    from blackkonnect_contract.caller import Caller
    from blackkonnect_contract.exchange import Answer

__all__ = ["Taken"]

_OK = 200
_SINGLE, _MANY = "/components/schemas/SimpleSmsMessageResponse", "/components/schemas/BulkSmsMessageResponse"
_FATE = "/components/schemas/SmsMessageDeliveryStatus"
_STATUS = "/components/schemas/GatewayMessageDeliveryStatus"


class Taken:
    """Checks what a gateway says of the sends of one client.

    Args:
        caller: The client.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._record = caller.record
        self._given: set[str] = set()
        self._follow = True

    def check(self, operation: str, body: dict[str, Any], answer: Answer, *, follow: bool = True) -> None:
        """Check the answer to a send, and what is told of it afterwards.

        Args:
            operation: Which send.
            body: What was sent.
            answer: The answer, 200.
            follow: Whether to ask for what was sent afterwards.
        """
        told = answer.json
        self._follow = follow
        if not isinstance(told, dict):
            return
        schema = _SINGLE if operation == SEND else _MANY
        self._holds(told.get("isSuccessful") is True, "taken-is-successful", schema, "isSuccessful", told)
        if "requestId" in body:
            same = told.get("requestId") == body["requestId"]
            self._holds(same, "request-id-is-repeated", schema, "requestId", told)
        for name in ("correlationId", "conversationId"):
            self._new(told.get(name), schema, name)
        items = told.get("items")
        count = len(items) if isinstance(items, list) else -1
        page = told.get("itemPagination")
        if isinstance(page, dict):
            right = (page.get("totalElements"), page.get("pageNumber"), page.get("offSet")) == (count, 0, 0)
            self._holds(right, "pagination-counts-the-items", schema, "itemPagination", told)
            pages, size = page.get("totalPages"), page.get("pageSize")
            fits = isinstance(pages, int) and isinstance(size, int) and pages * size >= count >= 0
            self._holds(fits, "pagination-holds-the-items", schema, "itemPagination", told)
        if operation == SEND:
            self._single(body, told, answer)
        else:
            self._bulk(body, told)

    def _single(self, body: dict[str, Any], told: dict[str, Any], answer: Answer) -> None:
        self._same(body, told.get("data"), _SINGLE, "data")
        self._same([body], told.get("items"), _SINGLE, "items")
        first = answer.json.get("deliveryStatus")
        final = self._record.document.at("/components/schemas/DeliveryStatus")["x-final-statuses"]
        self._holds(first not in final, "taken-is-not-final", _SINGLE, "deliveryStatus", told)
        given = told.get("data", {}).get("messageId") if isinstance(told.get("data"), dict) else None
        for name in filter(None, (body.get("messageId"), given, told.get("correlationId"))):
            expected = {"destination": body["destination"], "sourceAddress": body.get("sourceAddress")}
            self._found(str(name), {**expected, "messageId": body.get("messageId")})

    def _bulk(self, body: dict[str, Any], told: dict[str, Any]) -> None:
        if "bulkId" in body:
            same = told.get("bulkId") == body["bulkId"]
            self._holds(same, "bulk-id-is-the-senders", _MANY, "bulkId", told)
        else:
            self._new(told.get("bulkId"), _MANY, "bulkId")
        self._same(body["messages"], told.get("items"), _MANY, "items")
        self._same(body["messages"][0], told.get("data"), _MANY, "data")
        wanted = [(message, one) for message in body["messages"] for one in message["destinations"]]
        fates = told.get("smsMessageDeliveryStatuses")
        count = len(fates) if isinstance(fates, list) else 0
        rule = "a-fate-for-each-destination"
        if not self._holds(
            count == len(wanted), rule, _MANY, "smsMessageDeliveryStatuses", f"{count} of {len(wanted)}"
        ):
            return
        for number, ((message, one), fate) in enumerate(zip(wanted, fates or (), strict=True)):
            if not isinstance(fate, dict):
                continue
            where = f"of destination {number} of {count}"
            same = fate.get("destination") == one["destination"]
            self._holds(same, "fates-in-the-order-given", _FATE, "destination", where)
            if "messageId" in one:
                same = fate.get("messageId") == one["messageId"]
                self._holds(same, "message-id-is-the-senders", _FATE, "messageId", where)
            else:
                self._new(fate.get("messageId"), _FATE, "messageId")
            right = parts(message["text"])
            seen = f"{fate.get('smsCount')!r} for a text of {right} parts, {len(message['text'])} characters"
            self._holds(fate.get("smsCount") == right, "sms-count", _FATE, "smsCount", seen)
        bulk = told.get("bulkId")
        for number in sorted({0, count // 2, count - 1}):
            _, one = wanted[number]
            sender = one.get("sourceAddress", body.get("sourceAddress"))
            found = (fates or [])[number].get("messageId")
            expected = {"destination": one["destination"], "sourceAddress": sender, "bulkReferenceId": bulk}
            self._found(str(found), {**expected, "messageId": found})
        for name in filter(None, (bulk, told.get("correlationId")) if self._follow else ()):
            answer = self._caller.call(PAGES, path={"bulkCorrelationId": str(name)})
            if answer is not None:
                self._holds(
                    answer.status == _OK, "taken-is-found", _MANY, "bulkId", f"answered {answer.status}"
                )

    def _found(self, name: str, expected: dict[str, Any]) -> None:
        if not self._follow:
            return
        answer = self._caller.call(STATUS, path={"correlationId": name})
        if answer is None:
            return
        if not self._holds(answer.status == _OK, "taken-is-found", _STATUS, "messageId", f"{answer.status}"):
            return
        told = answer.json
        properties = self._record.document.at(_STATUS)["properties"]
        for field, value in expected.items():
            if (
                isinstance(told, dict)
                and field in properties
                and (value is not None or field == "sourceAddress")
            ):
                seen = f"{told.get(field)!r} instead of {value!r}"
                self._holds(told.get(field) == value, "status-tells-what-was-sent", _STATUS, field, seen)

    def _new(self, value: object, schema: str, name: str) -> None:
        if isinstance(value, str):
            fresh = bool(value) and f"{name}:{value}" not in self._given
            self._holds(fresh, "ids-are-given-once", schema, name, repr(value))
            self._given.add(f"{name}:{value}")

    def _same(self, sent: Any, told: Any, schema: str, name: str) -> None:  # noqa: ANN401 - JSON
        lost = _difference(sent, told, "")
        self._holds(lost is None, "told-as-sent", schema, name, f"{lost}")

    def _holds(self, holds: object, name: str, schema: str, field: str, seen: object) -> bool:
        says = f"{field} tells of a send that was taken what is so ({name.replace('-', ' ')})."
        rule = Rule(name, says, f"{schema}/properties/{field}")
        told = seen.get(field) if isinstance(seen, dict) else seen
        return self._record.check(holds, rule, f"{field}: {told}"[:300], exchange=self._caller.last)


def _difference(sent: Any, told: Any, place: str) -> str | None:  # noqa: ANN401 - JSON
    """Find the first place where what is told lacks what was sent, or tells it otherwise."""
    if isinstance(sent, dict):
        if not isinstance(told, dict):
            return f"{place or 'the whole'} is no object"
        found = (
            _difference(value, told[name], f"{place}/{name}")
            if name in told
            else f"{place}/{name} is missing"
            for name, value in sent.items()
        )
        return next(filter(None, found), None)
    if isinstance(sent, list):
        if not isinstance(told, list) or len(told) != len(sent):
            return f"{place or 'the whole'} is no list of {len(sent)}"
        found = (
            _difference(a, b, f"{place}/{number}")
            for number, (a, b) in enumerate(zip(sent, told, strict=True))
        )
        return next(filter(None, found), None)
    same = sent == told and (type(sent) is type(told) or not isinstance(sent, bool))
    return None if same else f"{place} is {told!r} instead of {sent!r}"
